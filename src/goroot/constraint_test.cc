#include "goroot/constraint.h"

#include <gtest/gtest.h>

#include <string>

namespace libcify {
namespace {

const TagSet kTags = {"linux", "amd64", "cgo", "go1.1", "amd64.v1", "386x", "größe"};

TEST(Constraint, GoBuildHolds) {
  const struct {
    const char* text;
    bool holds;
  } kCases[] = {
      {"linux", true},
      {"plan9", false},
      {"!linux", false},
      {"! linux", false},  // blanks are free
      {"linux&&amd64", true},
      {"linux && arm || cgo", true},  // && binds more tightly
      {"cgo || linux && arm", true},
      {"(cgo || linux) && arm", false},
      {"!(arm || plan9)", true},
      {"((((linux))))", true},
      {"go1.1 && !go1.2", true},
      {"amd64.v1", true},
      {"386x", true},   // tags may begin with digits
      {"größe", true},  // and hold any letters
      {"\tlinux\t", true},
      {"!cgo || !(linux && !arm)", false},
  };
  for (const auto& c : kCases) {
    const auto parsed = Constraint::ParseGoBuild(c.text);
    ASSERT_TRUE(parsed.has_value()) << c.text << ": " << parsed.error().what;
    EXPECT_EQ(parsed->Holds(kTags), c.holds) << c.text;
  }
}

TEST(Constraint, GoBuildErrors) {
  const struct {
    std::string text;
    std::size_t offset;
    std::string what;
  } kCases[] = {
      {"", 0, "expected a tag, found end of expression"},
      {"linux &&", 8, "expected a tag, found end of expression"},
      {"linux & cgo", 6, "expected &&"},
      {"linux |", 6, "expected ||"},
      {"linux cgo", 6, "unexpected \"cgo\""},
      {"linux, cgo", 5, "unexpected ','"},
      {"(linux", 0, "missing closing parenthesis"},
      {"a && (", 5, "missing closing parenthesis"},
      {"linux)", 5, "unexpected \")\""},
      {"()", 1, "expected a tag, found \")\""},
      {"!!linux", 1, "double negation is not allowed"},
      {"!", 1, "expected a tag, found end of expression"},
      {"&& linux", 0, "expected a tag, found \"&&\""},
      {std::string("a\0b", 3), 1, "unexpected byte 0x00"},
      {"a \xc2\xa0", 2, "unexpected \"\xc2\xa0\""},
  };
  for (const auto& c : kCases) {
    const auto parsed = Constraint::ParseGoBuild(c.text);
    ASSERT_FALSE(parsed.has_value()) << c.text;
    EXPECT_EQ(parsed.error().offset, c.offset) << c.text;
    EXPECT_EQ(parsed.error().what, c.what) << c.text;
  }
}

TEST(Constraint, NoExpressionExhaustsTheStack) {
  std::string chain = "a";
  for (int i = 1; i < 1000; ++i) chain += " || a";
  EXPECT_TRUE(Constraint::ParseGoBuild(chain).has_value());
  const auto longer = Constraint::ParseGoBuild(chain + " || a");
  ASSERT_FALSE(longer.has_value());
  EXPECT_EQ(longer.error().what, "more than 1000 terms");
  const std::string nested = std::string(999, '(') + "linux" + std::string(999, ')');
  ASSERT_TRUE(Constraint::ParseGoBuild(nested).has_value());
  EXPECT_TRUE(Constraint::ParseGoBuild(nested)->Holds(kTags));
  EXPECT_FALSE(Constraint::ParseGoBuild(std::string(1'000'000, '(')).has_value());
  // Right-nested: as many values on the stack at once as there are terms.
  std::string right;
  for (int i = 0; i < 499; ++i) right += "a || (";
  EXPECT_TRUE(Constraint::ParseGoBuild(right + "linux" + std::string(499, ')'))->Holds(kTags));
}

TEST(Constraint, PlusBuildHolds) {
  const struct {
    const char* text;
    bool holds;
  } kCases[] = {
      {"linux", true},
      {"plan9", false},
      {"!plan9", true},
      {"linux,amd64", true},
      {"linux,arm", false},
      {"linux,arm cgo", true},
      {"plan9 arm", false},
      {"!linux !amd64", false},
      {"", false},
      {"!!linux", false},  // counts as the tag "ignore"
      {"!", false},
      {"linux,", false},
      {"a-b", false},
      {"!a-b", true},  // !ignore
      {"  linux\t plan9", true},
  };
  for (const auto& c : kCases) {
    const auto parsed = Constraint::ParsePlusBuild(c.text);
    ASSERT_TRUE(parsed.has_value()) << c.text;
    EXPECT_EQ(parsed->Holds(kTags), c.holds) << c.text;
  }
}

TEST(Constraint, PlusBuildThatIsTooComplexIsNothing) {
  std::string words = "a";
  for (int i = 0; i < 100; ++i) words += " a";
  EXPECT_TRUE(Constraint::ParsePlusBuild(words).has_value());
  EXPECT_FALSE(Constraint::ParsePlusBuild(words + " a").has_value());
  EXPECT_FALSE(Constraint::ParsePlusBuild(words + ",a").has_value());
}

}  // namespace
}  // namespace libcify
