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

const GoQueries& Calls() {
  static const GoQueries kCalls = GoQueries::Compile({{"test", "", "(call_expression function: (_) @function)"}}).value();
  return kCalls;
}

TEST(GoLayout, FindsDeclarationsOutsideOfLiteralsAndComments) {
  const GoLayout layout = LayoutOf(kText);
  std::vector<std::string> found;
  for (const Range& range : layout.declarations) found.push_back(kText.substr(range.begin, range.size()));
  EXPECT_EQ(found, (std::vector<std::string>{"package p\n", "import \"fmt\"\n",
                                             "func first() { fmt.Println(\"func not a declaration\") }\n",
                                             "func second() {\n\tthird()\n}\n", "var raw = `\nfunc inside a literal\n`\n"}));
  EXPECT_FALSE(layout.open);
  EXPECT_TRUE(LayoutOf("package p\nfunc f() {\n").open);
}

TEST(GoLayout, CodeOfLeavesOutComments) {
  const GoLayout layout = LayoutOf(kText);
  const std::size_t comment = kText.find("func commented"), code = kText.find("third");
  EXPECT_EQ(layout.CodeOf({{comment, comment + 4}, {code, code + 5}}), (std::vector<std::size_t>{code, code + 4}));
}

TEST(ImportsOf, NamesAndPaths) {
  const std::string text =
      "// import \"no\"\npackage p\n\nimport \"os\"\nimport(\n\tu \"unsafe\" // not \"this\"\n\n\t_ `embed`; . "
      "\"a/b\"\n\t\"c/d\"\n)\n"
      "import\t\"e\"\n\nvar s = \"none\"\n";
  std::string all;
  for (const GoImport& import : ImportsOf(text, LayoutOf(text))) all += import.name + "=" + import.path + ";";
  EXPECT_EQ(all, "=os;u=unsafe;_=embed;.=a/b;=c/d;=e;");
  EXPECT_EQ(PathOf(ImportsOf(text, LayoutOf(text)), "d"), "c/d");
  EXPECT_TRUE(ImportsOf("import \"", LayoutOf("import \"")).empty());
}

TEST(ParseAround, KeepsOffsetsAndLeavesOutTheRest) {
  const std::size_t at = kText.find("third");
  const Result<GoFile> file = ParseAround("p.go", kText, LayoutOf(kText), {at});
  ASSERT_TRUE(file);
  const std::vector<QueryMatch> calls = file->Run(Calls());
  ASSERT_EQ(calls.size(), 1U);  // not the one in first
  EXPECT_EQ(calls[0].captures[0].range.begin, at);
  EXPECT_EQ(calls[0].captures[0].text, "third");
  EXPECT_EQ(file->EnclosingFunction(at), "second");
  EXPECT_EQ(file->At(at).line, 9);
}

TEST(ParseAround, CommentsBetweenDeclarationsAreLeftOut) {
  const std::string text = "// head\npackage p\n\nfunc f() {} // here\n\n// behind\n\nvar v = 1 /* a\nb */\nfunc g() {}\n";
  std::vector<std::string> found;
  for (const Range& range : LayoutOf(text).declarations) found.push_back(text.substr(range.begin, range.size()));
  EXPECT_EQ(found, (std::vector<std::string>{"package p\n", "func f() {} // here\n", "var v = 1 /* a\n", "func g() {}\n"}));
  // The comment that is cut in two does not parse: the whole is.
  EXPECT_TRUE(ParseAround("p.go", text, LayoutOf(text), {text.find("v = 1")}));
}

TEST(ParseAround, RunAroundSeesOnlyTheDeclarationsOfItsOffsets) {
  const std::string text = "package p\n\nfunc f() { a() }\n\nfunc g() { b(); c() }\n\nfunc h() { d() }\n";
  const std::size_t b = text.find("b()"), d = text.find("d()");
  const Result<GoFile> file = ParseAround("p.go", text, LayoutOf(text), {b, d});
  ASSERT_TRUE(file);
  std::vector<std::string> found;
  for (const QueryMatch& match : file->RunAround(Calls(), {{b, text.find("c()")}}))
    found.emplace_back(match.captures[0].text);
  EXPECT_EQ(found, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(file->Run(Calls()).size(), 3U);
  EXPECT_TRUE(file->RunAround(Calls(), {{}}).empty());
}

TEST(ParseAround, ParsesTheWholeWhereACutIsWrong) {
  GoLayout layout = LayoutOf(kText);
  layout.declarations.back().end = kText.find("inside");  // in the middle of the literal
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
