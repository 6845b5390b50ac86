#include "gosrc/go_layout.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

const std::string kText =
    "package p\n"
    "\n"
    "import \"fmt\"\n"
    "\n"
    "func first() { fmt.Println(\"func not a declaration\") }\n"
    "\n"
    "// func commented out\n"
    "func second() {\n"
    "\tthird()\n"
    "}\n"
    "\n"
    "var raw = `\nfunc inside a literal\n`\n";

GoQuery Calls() {
  Result<GoQuery> query = GoQuery::Compile("test", "(call_expression function: (_) @function)");
  return std::move(*query);
}

TEST(GoLayout, FindsDeclarationsOutsideOfLiteralsAndComments) {
  const GoLayout layout = LayoutOf(kText);
  std::vector<std::string> found;
  for (const std::size_t at : layout.declarations) found.push_back(kText.substr(at, 11));
  EXPECT_EQ(found, (std::vector<std::string>{"import \"fmt", "func first(", "func second", "var raw = `"}));
  EXPECT_FALSE(layout.open);
  EXPECT_TRUE(LayoutOf("package p\nfunc f() {\n").open);
}

TEST(GoLayout, CodeOfLeavesOutComments) {
  const GoLayout layout = LayoutOf(kText);
  const std::size_t comment = kText.find("func commented"), code = kText.find("third");
  EXPECT_EQ(layout.CodeOf({{comment, comment + 4}, {code, code + 5}}), (std::vector<std::size_t>{code, code + 4}));
}

TEST(ParseAround, KeepsOffsetsAndImportsAndLeavesOutTheRest) {
  const std::size_t at = kText.find("third");
  const Result<GoFile> file = ParseAround("p.go", kText, LayoutOf(kText), {at});
  ASSERT_TRUE(file);
  ASSERT_EQ(file->imports().size(), 1U);
  EXPECT_EQ(file->imports()[0].path, "fmt");
  const std::vector<QueryMatch> calls = file->Run(Calls());
  ASSERT_EQ(calls.size(), 1U);  // not the one in first
  EXPECT_EQ(calls[0].captures[0].range.begin, at);
  EXPECT_EQ(calls[0].captures[0].text, "third");
  EXPECT_EQ(file->EnclosingFunction(at), "second");
  EXPECT_EQ(file->At(at).line, 9);
}

TEST(ParseAround, ParsesTheWholeWhereACutIsWrong) {
  GoLayout layout = LayoutOf(kText);
  layout.declarations.push_back(kText.find("inside"));  // in the middle of the literal
  const Result<GoFile> file = ParseAround("p.go", kText, layout, {kText.find("raw")});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->Run(Calls()).size(), 2U);
}

TEST(ParseAround, ErrorsHaveThePlaceOfTheWholeText) {
  const std::string text = "package p\n\nfunc f() {}\n\nfunc g() { ( }\n";
  const Result<GoFile> file = ParseAround("p.go", text, LayoutOf(text), {text.find("g()")});
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error()[0].where.line, 5);
}

}  // namespace
}  // namespace libcify
