// Go files: syntax errors, names of functions, imports; queries: order, captures, refusals, use by several threads.
#include "gosrc/go_file.h"

#include <gtest/gtest.h>

#include <thread>

namespace libcify {
namespace {

GoFile Parsed(const std::string& text) {
  Result<GoFile> file = GoFile::Parse("x.go", text);
  EXPECT_TRUE(file.has_value()) << Format(file.error());
  return std::move(*file);
}

std::vector<std::string> Texts(const GoFile& file, const std::string& query, const std::string& capture) {
  std::vector<std::string> out;
  const GoQueries queries = GoQueries::Compile({{"test", "", query}}).value();
  for (const QueryMatch& match : file.Run(queries)) {
    const Capture* found = match.Find(capture);
    out.emplace_back(found == nullptr ? "-" : found->text);
  }
  return out;
}

TEST(GoFile, PackageAndPlaces) {
  const GoFile file = Parsed("// doc\npackage p\n\nimport \"os\"\nimport (\n\tu \"unsafe\"\n\t_ `embed`\n\t. \"a/b\"\n)\n");
  EXPECT_EQ(file.package_name(), "p");
  EXPECT_EQ(file.At(10), (Span{"x.go", 2, 4}));
}

TEST(GoFile, EnclosingFunction) {
  const std::string text =
      "package p\n"
      "var v = func() int { return 1 }\n"
      "func F() { x() }\n"
      "func (*FD) A() {}\n"
      "func (t T) B() {}\n"
      "func (p *P[K, V]) C() { d() }\n"
      "func (p P[_]) D() {}\n"
      "func E()\n";
  const GoFile file = Parsed(text);
  const auto at = [&](const std::string& what) { return file.EnclosingFunction(text.find(what)); };
  EXPECT_EQ(at("return"), "");
  EXPECT_EQ(at("x()"), "F");
  EXPECT_EQ(at("A()"), "(*FD).A");
  EXPECT_EQ(at("B()"), "T.B");
  EXPECT_EQ(at("d()"), "(*P[...]).C");
  EXPECT_EQ(at("D()"), "P[...].D");
  EXPECT_EQ(at("E()"), "E");
  EXPECT_EQ(file.EnclosingFunction(text.size() + 5), "");
  EXPECT_EQ(file.EnclosingFunction(0), "");
}

TEST(GoFile, Words) {
  const GoFile file = Parsed(
      "package p\n"
      "func Syscall6(num, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr)\n"
      "func now() (sec int64, nsec int32, mono int64)\n"
      "func a(string, []byte, /* c */ unsafe.Pointer, *T, error) bool\n"
      "func b(f float64, x T) T\n"
      "func c(x ...int) (_ int, _ func() T)\n");
  EXPECT_EQ(file.Words("Syscall6"), (GoWords{7, 3}));
  EXPECT_EQ(file.Words("now"), (GoWords{0, 3}));
  EXPECT_EQ(file.Words("a"), (GoWords{9, 1}));
  EXPECT_EQ(file.Words("b"), (GoWords{-1, -1}));
  EXPECT_EQ(file.Words("c"), (GoWords{-1, 2}));
  EXPECT_EQ(file.Words("none"), (GoWords{-1, -1}));
}

struct BadFile {
  std::string name, text, error;
};

class BadGoFile : public testing::TestWithParam<BadFile> {};

TEST_P(BadGoFile, IsRefused) {
  const Result<GoFile> file = GoFile::Parse("x.go", GetParam().text);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(Format(file.error()), GetParam().error);
}

const BadFile kBadFiles[] = {
    {"empty", "", "x.go:1:1: error: no package clause\n"},
    {"no_package", "func f() {}\n", "x.go:1:1: error: no package clause\n"},
    {"error_node", "package p\nfunc f() { a b }\n", "x.go:2:14: error: syntax error\n"},
    {"open_string", "package p\nvar x = \"a\n", "x.go:2:9: error: the literal is not terminated\n"},
    {"open_raw_string", "package p\nvar x = `a\n", "x.go:2:9: error: the literal is not terminated\n"},
    {"open_comment", "package p\n /* x", "x.go:2:2: error: the comment is not terminated\n"},
    {"too_deep", "package p\nvar x = " + std::string(100000, '('),
     "x.go:2:30005: error: more than 30000 tokens are open here: nested too deep\n"},
    {"nul", std::string("package p\n\n//\0\n", 15), "x.go:3:3: error: a NUL byte in a Go file\n"},
    {"latin1", "package p\n// \xe9t\xe9\n", "x.go:2:4: error: the text is not valid UTF-8\n"},
    {"overlong", "package p // \xc0\xaf", "x.go:1:14: error: the text is not valid UTF-8\n"},
    {"surrogate", "package p // \xed\xa0\x80", "x.go:1:14: error: the text is not valid UTF-8\n"},
    {"cut_in_a_character", "package p // \xe2\x82", "x.go:1:14: error: the text is not valid UTF-8\n"},
};

INSTANTIATE_TEST_SUITE_P(GoFile, BadGoFile, testing::ValuesIn(kBadFiles), [](const auto& info) { return info.param.name; });

TEST(GoFile, NewerSyntaxThanTheGrammars) {
  const std::string text =
      "package p\n\nvar a, b = new(\"x\"), new(int64(f(1)))\n\n"
      "func (r *R) N[I interface{ ~int }](n I) I {\n\treturn *new(I) + g(new(-1), new(T[int]), new([]T), new(*T), "
      "new(chan<- int))\n}\n";
  const GoFile file = Parsed(text);
  EXPECT_EQ(file.text(), text);
  EXPECT_EQ(file.EnclosingFunction(text.find("return")), "(*R).N");
  EXPECT_EQ(Texts(file, "(call_expression function: (identifier) @f arguments: (argument_list . (_) @a))", "a"),
            (std::vector<std::string>{"\"x\"", "int64(f(1))", "f(1)", "1", "I", "new(-1)", "-1", "T[int]", "[]T", "*T",
                                      "chan<- int"}));
}

TEST(GoFile, NewerSyntaxDoesNotHideErrors) {
  const Result<GoFile> file = GoFile::Parse("x.go", "package p\nvar a = new(1)\nfunc (r R) N[I any]() {}\nvar b = = 1\n");
  ASSERT_FALSE(file.has_value());
}

TEST(GoFile, TruncatedTextIsAnError) {
  const Result<GoFile> file = GoFile::Parse("x.go", "package p\nfunc f() {\n\tg(1, \"a\n");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error()[0].where, (Span{"x.go", 3, 7}));
}

TEST(GoQueries, MatchesInTheOrderOfTheText) {
  const GoFile file = Parsed("package p\nvar a = f(g(1), h(2))\nvar b = k(3)\n");
  EXPECT_EQ(Texts(file, "(call_expression function: (identifier) @f)", "f"), (std::vector<std::string>{"f", "g", "h", "k"}));
}

TEST(GoQueries, Captures) {
  const GoFile file = Parsed("package p\nvar x = Syscall(SYS_READ, uintptr(fd), 0)\n");
  const GoQueries query =
      GoQueries::Compile(
          {{"test", "", "(call_expression function: (identifier) @f arguments: (argument_list . (_) @first)) @all"}})
          .value();
  const std::vector<QueryMatch> matches = file.Run(query);
  ASSERT_EQ(matches.size(), 2U);
  EXPECT_EQ(matches[0].Find("f")->text, "Syscall");
  EXPECT_EQ(matches[0].Find("first")->text, "SYS_READ");
  EXPECT_EQ(matches[0].Find("all")->range, (Range{18, 51}));
  EXPECT_EQ(matches[0].Find("none"), nullptr);
  EXPECT_EQ(matches[1].Find("first")->text, "fd");
}

TEST(GoQueries, EachMatchTellsItsQuery) {
  const GoFile file = Parsed("package p\nvar a = f(1)\nfunc g() { h(a) }\n");
  const GoQueries queries = GoQueries::Compile({{"test", "", "(call_expression function: (_) @f)"},
                                                {"test", "", "(var_spec) @v\n(func_literal) @v"}})
                                .value();
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const QueryMatch& match : file.Run(queries)) found.emplace_back(match.query, match.captures[0].text);
  EXPECT_EQ(found, (std::vector<std::pair<std::size_t, std::string>>{{1, "a = f(1)"}, {0, "f"}, {0, "h"}}));
  // Around offsets: of query 0 the second call alone, of query 1 nothing.
  const std::vector<QueryMatch> around = file.RunAround(queries, {{file.text().find("h(a)")}, {}});
  ASSERT_EQ(around.size(), 1U);
  EXPECT_EQ(around[0].captures[0].text, "h");
}

struct BadQuery {
  std::string name, text, error;
};

class BadGoQueries : public testing::TestWithParam<BadQuery> {};

TEST_P(BadGoQueries, IsRefused) {
  // Beside a good one, whose error it is must be found.
  const Result<GoQueries> query =
      GoQueries::Compile({{"rules/b.json", "b", "(identifier)"}, {"rules/a.json", "", GetParam().text}});
  ASSERT_FALSE(query.has_value());
  EXPECT_EQ(Format(query.error()), GetParam().error);
}

const BadQuery kBadQueries[] = {
    {"syntax", "(identifier", "rules/a.json: error: syntax error at byte 11 (line 1, column 12) of the query\n"},
    {"node", "(identifier)\n(nothing)",
     "rules/a.json: error: Go's grammar has no such node at byte 14 (line 2, column 2) of the query\n"},
    {"field", "(call_expression nothing: (_))",
     "rules/a.json: error: Go's grammar has no such field at byte 17 (line 1, column 18) of the query\n"},
    {"empty", " ; only a comment", "rules/a.json: error: the query holds no pattern\n"},
    {"predicate", "(type_identifier)\n((identifier) @x (#eq? @x \"y\"))",
     "rules/a.json: error: a #predicate in the pattern at byte 18 (line 2, column 1) of the query; predicates are not "
     "evaluated "
     "inside a query: write them as RE2 predicates of the rule\n"},
};

INSTANTIATE_TEST_SUITE_P(GoQueries, BadGoQueries, testing::ValuesIn(kBadQueries),
                         [](const auto& info) { return info.param.name; });

TEST(GoQueries, IsSharedByThreads) {
  const GoQueries query = GoQueries::Compile({{"test", "", "(call_expression function: (identifier) @f)"}}).value();
  const GoFile file = Parsed("package p\nvar a = f(g(1), h(2))\n");
  std::vector<std::size_t> counts(8);
  std::vector<std::thread> threads;
  for (std::size_t& count : counts) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) count += file.Run(query).size();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counts, std::vector<std::size_t>(8, 600));
}

TEST(GoFile, DeepNestingAndLongLinesEnd) {
  const std::string deep = "package p\nvar x = " + std::string(20000, '(') + "1" + std::string(20000, ')') + "\n";
  EXPECT_TRUE(GoFile::Parse("x.go", deep).has_value());
  std::string line = "package p\nvar x = []int{";
  for (int i = 0; i < 100000; ++i) line += "1,";
  EXPECT_TRUE(GoFile::Parse("x.go", line + "}\n").has_value());
}

// Time must grow with the length: no recovery from each, and no search for the closing bracket of each.
TEST(GoFile, ManyNewExpressionsEnd) {
  std::string many = "package p\nfunc f() {\n";
  for (int i = 0; i < 100000; ++i) many += "new(1);";
  EXPECT_TRUE(GoFile::Parse("x.go", many + "}\n").has_value());
  std::string nested = "package p\nvar x = ";
  for (int i = 0; i < 10000; ++i) nested += "new(";
  EXPECT_TRUE(GoFile::Parse("x.go", nested + "1" + std::string(10000, ')') + "\n").has_value());
}

}  // namespace
}  // namespace libcify
