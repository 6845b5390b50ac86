#include "goroot/file_head.h"

#include <gtest/gtest.h>

#include <string>

namespace libcify {
namespace {

const TagSet kTags = {"linux", "amd64"};

FileHead Head(const std::string& text, bool is_go = true) { return ParseHead("f.go", text, is_go); }

TEST(FileHead, ConstraintsOfGoFiles) {
  const struct {
    const char* text;
    bool holds;
  } kCases[] = {
      {"package p\n", true},
      {"//go:build linux\n\npackage p\n", true},
      {"//go:build plan9\n\npackage p\n", false},
      {"//go:build plan9\npackage p\n", false},  // needs no blank line
      {"// text\n\n  //go:build plan9  \r\n\npackage p", false},
      {"/* text\n*/\n//go:build plan9\npackage p\n", false},  // behind a comment of the other kind
      {"/* text\n//go:build plan9\n*/\npackage p\n", true},   // inside one
      {"/* a */ //go:build plan9\npackage p\n", true},        // not at the begin of its line
      {"//go:buildplan9\npackage p\n", true},
      {"// go:build plan9\npackage p\n", true},
      {"package p\n//go:build plan9\n", true},               // too late
      {"\xef\xbb\xbf//go:build plan9\npackage p\n", false},  // byte order mark
      {"// +build plan9\n\npackage p\n", false},
      {"//+build plan9\n\npackage p\n", false},
      {"// +build plan9\npackage p\n", true},  // needs the blank line
      {"// +build linux\n// +build arm\n\npackage p\n", false},
      {"// +build linux\n\n// +build arm\npackage p\n", true},
      {"// +build plan9\n//go:build linux\n\npackage p\n", true},  // the new line wins
      {"/* text */\n// +build plan9\n\npackage p\n", true},        // only among // comments
      {"// +buildplan9\n\npackage p\n", true},
      {"// x +build plan9\n\npackage p\n", true},
  };
  for (const auto& c : kCases) {
    const FileHead head = Head(c.text);
    EXPECT_TRUE(head.broken.empty()) << c.text << Format(head.broken);
    EXPECT_TRUE(head.syntax.empty()) << c.text << Format(head.syntax);
    EXPECT_EQ(head.package, "p") << c.text;
    EXPECT_EQ(head.Holds(kTags), c.holds) << c.text;
  }
}

TEST(FileHead, ConstraintsOfOtherFiles) {
  const struct {
    const char* text;
    bool holds;
  } kCases[] = {
      {"", true},
      {"//go:build plan9", false},
      {"#include <a.h>\n//go:build plan9\n", true},
      {"// text\n\n//go:build !linux\n\nTEXT x\n", false},
      {"// +build plan9\n\nTEXT x\n", false},
      {"/* open\n//go:build plan9\n", true},
      {"//go:build plan9\n\n/* open\n", true},  // go/build does not judge what it cannot read
      {"//go:build plan9\n\n/ x\n", true},
      {"/x\n", true},
  };
  for (const auto& c : kCases) {
    const FileHead head = Head(c.text, false);
    EXPECT_TRUE(head.broken.empty() && head.syntax.empty()) << c.text;
    EXPECT_EQ(head.Holds(kTags), c.holds) << c.text;
  }
}

TEST(FileHead, ImportsC) {
  const struct {
    const char* text;
    bool imports_c;
  } kCases[] = {
      {"package p; import \"C\"", true},
      {"package p\nimport `C`", true},
      {"package p\nimport (\n\t\"a\"\n\t_ \"b\"; . \"c\"\n\tx /* y */ \"C\"\n)\n", true},
      {"package p\nimport ()\nimport \"C\"\n", true},
      {"package p\nimport \"C/x\"\n", false},
      {"package p\n// import \"C\"\n", false},
      {"package p\nimport \"a\\\"C\"\n", false},
      {"package p\nvar x int\nimport \"C\"\n", false},  // behind the import section
      {"package p\n\ninterface", false},
  };
  for (const auto& c : kCases) EXPECT_EQ(Head(c.text).imports_c, c.imports_c) << c.text;
}

TEST(FileHead, Errors) {
  const struct {
    std::string text;
    std::string broken, syntax;
  } kCases[] = {
      {"//go:build linux &&\n\npackage p",
       "f.go:1:20: error: bad //go:build line: expected a tag, found end of expression\n", ""},
      {"// a\n  //go:build a b\n\npackage p", "f.go:2:16: error: bad //go:build line: unexpected \"b\"\n", ""},
      {"//go:build\npackage p", "f.go:1:11: error: bad //go:build line: expected a tag, found end of expression\n", ""},
      {"//go:build a\n//go:build b\npackage p", "f.go:2:1: error: second //go:build line, expected one\n", ""},
      {"", "", "f.go:1:1: error: expected package clause\n"},
      {"// only text\n", "", "f.go:2:1: error: expected package clause\n"},
      {"/* open", "", "f.go:1:8: error: expected \"*/\"\n"},
      {"pack", "", "f.go:1:5: error: expected \"package\"\n"},
      {"package", "", "f.go:1:8: error: expected \"package\"\n"},
      {"package ", "", "f.go:1:9: error: expected package name\n"},
      {"package /x", "", "f.go:1:9: error: expected a comment behind '/'\n"},
      {"func f()", "", "f.go:1:1: error: expected \"package\"\n"},
      {"package p\nimport", "", "f.go:2:7: error: expected \"import\"\n"},
      {"package p\nimport (", "", "f.go:2:9: error: expected \")\"\n"},
      {"package p\nimport (\n\"a", "", "f.go:3:3: error: expected closing quote\n"},
      {"package p\nimport \"a\nb\"", "", "f.go:2:10: error: expected closing quote\n"},
      {"package p\nimport \"a\\", "", "f.go:2:11: error: expected closing quote\n"},
      {"package p\nimport 7", "", "f.go:2:9: error: expected import path\n"},
      {"package p\nimport (\n)x\nimport )", "", ""},  // code begins at x
      {"package p\n/ x", "", ""},
      {"package p\n/* open", "", "f.go:2:8: error: expected \"*/\"\n"},
      {std::string("package p\n\0", 11), "f.go:2:1: error: unexpected NUL byte\n", ""},
      {std::string("// a\0b\npackage p", 16), "f.go:1:5: error: unexpected NUL byte\n", ""},
      {std::string("package p\nimport \"a\0\"", 20), "f.go:2:10: error: unexpected NUL byte\n", ""},
  };
  for (const auto& c : kCases) {
    const FileHead head = Head(c.text);
    EXPECT_EQ(Format(head.broken), c.broken) << c.text;
    EXPECT_EQ(Format(head.syntax), c.syntax) << c.text;
  }
}

// As go/build does: what stands behind the imports may be anything.
TEST(FileHead, NothingBehindTheImportsCounts) {
  const std::string text =
      "// text\n/* more\n */\n//go:build linux\n\npackage p // x\n\nimport \"a\"\nimport (\n\tb \"C\"\n)\n";
  for (const char* behind : {"", "\nvar x int\n", "\n)}\n", "\n//go:build plan9\n", "\nvar s = `open"}) {
    const FileHead head = Head(text + behind);
    EXPECT_EQ(head.package, "p") << behind;
    EXPECT_TRUE(head.imports_c) << behind;
    EXPECT_EQ(head.constraints.size(), 1U) << behind;
    EXPECT_TRUE(head.syntax.empty() && head.broken.empty()) << behind;
  }
}

}  // namespace
}  // namespace libcify
