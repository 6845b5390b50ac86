// Rules: the repository's own load; broken ones are refused with every problem at once, whole texts compared.
#include "rules/rules.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/json.h"
#include "rules/reading.h"

namespace libcify::rules {
namespace {

namespace fs = std::filesystem;

const fs::path kRules = fs::path(LIBCIFY_SOURCE_DIR) / "rules";

// All that is wrong with a text of extract rules.
std::string ExtractErrors(const std::string& text) {
  Result<Json> json = Json::Parse("x.json", text);
  if (!json) return Format(json.error());
  Ids ids;
  std::vector<ExtractRule> out;
  Errors errors;
  ReadExtractFile(*json, ids, out, errors);
  return Format(errors);
}

std::string BindErrors(const std::string& text) {
  Result<Json> json = Json::Parse("x.json", text);
  if (!json) return Format(json.error());
  Ids ids;
  RuleSet out;
  Errors errors;
  ReadBindFile(*json, ids, out, errors);
  return Format(errors);
}

std::string DialectErrors(const std::string& text) {
  Result<Json> json = Json::Parse("x.json", text);
  if (!json) return Format(json.error());
  Ids ids;
  std::vector<DialectRules> out;
  Errors errors;
  ReadDialectFile(*json, ids, out, errors);
  return Format(errors);
}

std::string PortsErrors(const std::string& text) {
  Result<Json> json = Json::Parse("ports.json", text);
  if (!json) return Format(json.error());
  std::vector<Port> out;
  Errors errors;
  ReadPortsFile(*json, out, errors);
  return Format(errors);
}

TEST(Rules, TheRepositorysOwnLoad) {
  const Result<RuleSet> rules = LoadRules(kRules);
  ASSERT_TRUE(rules) << Format(rules.error());
  EXPECT_FALSE(rules->extract.empty());
  EXPECT_EQ(rules->fingerprint.size(), 16U);
  EXPECT_EQ(LoadRules(kRules)->fingerprint, rules->fingerprint);
}

TEST(Rules, Ports) {
  const Result<std::vector<Port>> ports = LoadPorts(kRules);
  ASSERT_TRUE(ports) << Format(ports.error());
  const Port& port = ports->front();
  EXPECT_EQ(port.Name(), "linux/amd64");
  EXPECT_EQ(port.libcs.at(port.default_libc), "2.31");
  EXPECT_EQ(port.syscall.instructions, std::vector<std::string>{"SYSCALL"});
  EXPECT_EQ(port.syscall.arguments, (std::vector<std::string>{"DI", "SI", "DX", "R10", "R8", "R9"}));
  EXPECT_EQ(port.syscall.results, (std::vector<std::string>{"AX", "DX"}));
  EXPECT_TRUE(port.syscall.word_arguments);
}

TEST(Rules, ReadsWhatIsWritten) {
  const Result<Json> json = Json::Parse("x.json", R"json({"rules": [{
    "id": "a.b", "doc": "d", "goos": ["linux"], "goarch": ["amd64"], "finds": "entry", "language": "go", "prefilter": "p",
    "path": "q", "query": "(x name: (y) @name) @func (z) @number", "where": [{"capture": "name", "matches": "m", "negated": true}],
    "name_rewrite_match": "^SYS_(.*)$", "name_rewrite_to": "\\1", "name_case": "lower", "entry_package": "syscall",
    "entry_name": "Syscall", "blocking": true, "result_test": "word64", "optional": true}]})json");
  ASSERT_TRUE(json) << Format(json.error());
  Ids ids;
  std::vector<ExtractRule> out;
  Errors errors;
  ReadExtractFile(*json, ids, out, errors);
  ASSERT_EQ(Format(errors), "");
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].file, "x.json");
  EXPECT_EQ(out[0].finds, FindKind::kEntry);
  EXPECT_EQ(out[0].where.at(0).capture, "name");
  EXPECT_TRUE(out[0].where.at(0).negated);
  EXPECT_EQ(out[0].name_rewrite_to, "\\1");
  EXPECT_EQ(out[0].result_test, ResultTest::kWord64);
  EXPECT_TRUE(out[0].blocking && out[0].optional);
  EXPECT_TRUE(Covers(out[0].scope, {"linux", "amd64", "glibc", "", ""}));
  EXPECT_FALSE(Covers(out[0].scope, {"linux", "arm64", "glibc", "", ""}));
}

TEST(Rules, AllProblemsOfAFileAtOnce) {
  EXPECT_EQ(ExtractErrors(R"json({
  "rules": [
    {"id": "go.one", "doc": "", "finds": "request", "language": "go", "color": 1},
    {"id": "go.one", "doc": "d", "finds": "sea", "language": "go", "prefilter": "(x", "query": "(a) @b"},
    {"id": "Bad", "doc": "d", "finds": "seam", "language": "assembly", "role": "unreachable", "query": "q"}
  ]
})json"),
            R"text(x.json:3:29: error: $.rules[0].doc: must be a string that is not empty [go.one]
x.json:3:5: error: $.rules[0]: key "prefilter" is missing; without it every Go file would be parsed [go.one]
x.json:3:5: error: $.rules[0]: a rule needs something to match; give a tree-sitter query [go.one]
x.json:3:80: error: $.rules[0]: unknown key "color"; known keys: block, blocking, contains, counts_arguments, doc, entry_name, entry_package, file_contains, finds, goarch, goos, id, language, libc, library, must_explain, name_case, name_rewrite_match, name_rewrite_to, not_ending, number_match, number_to, optional, path, prefilter, provided_by, query, reason, reference, result_test, role, through, where [go.one]
x.json:4:12: error: $.rules[1].id: this id is taken by the rule at x.json:3:12 [go.one]
x.json:4:43: error: $.rules[1].finds: expected one of seam, request, entry, vdso, constant, bodyless, found "sea" [go.one]
x.json:4:81: error: $.rules[1].prefilter: bad regular expression at offset 0: missing ): (x [go.one]
x.json:4:62: error: $.rules[1].language: seams are found in assembly, and nothing else is [go.one]
x.json:5:12: error: $.rules[2].id: expected lower-case words joined by dots, such as "linux.seam.vfork" [Bad]
x.json:5:104: error: $.rules[2].query: must be absent; assembly rules match statements by "where" alone [Bad]
x.json:5:5: error: $.rules[2]: key "reason" is missing; a rule whose claim scan cannot check says why it is true [Bad]
x.json:5:5: error: $.rules[2]: key "reference" is missing; a rule whose claim scan cannot check says where to read it [Bad]
)text");
}

TEST(Rules, KindsRefuseWhatTheyCannotUse) {
  EXPECT_EQ(ExtractErrors(R"json({"rules": [
    {"id": "a.b", "doc": "d", "finds": "bodyless", "language": "go", "prefilter": "x", "query": "(a) @name", "provided_by": "compiler"},
    {"id": "a.c", "doc": "d", "finds": "constant", "language": "lines", "query": "(?P<name>x)", "name_rewrite_match": "x"},
    {"id": "a.d", "doc": "d", "finds": "constant", "language": "go", "prefilter": "x", "query": "(a) @constant",
     "where": [{"capture": "nothing", "matches": ""}]},
    {"id": "a.e", "doc": "d", "finds": "entry", "language": "go", "prefilter": "x", "query": "(a) @func (b) @name (c) @number",
     "entry_package": "p", "entry_name": "f", "number_match": "x", "reason": "it panics"}
  ]})json"),
            R"text(x.json:2:97: error: $.rules[0].query: captures no @func [a.b]
x.json:2:5: error: $.rules[0]: key "reason" is missing; a rule whose claim scan cannot check says why it is true [a.b]
x.json:2:5: error: $.rules[0]: key "reference" is missing; a rule whose claim scan cannot check says where to read it [a.b]
x.json:3:82: error: $.rules[1].query: has no group (?P<number>…), (?P<symbol>…) or (?P<library>…) [a.c]
x.json:3:5: error: $.rules[1]: name_rewrite_match and name_rewrite_to go together [a.c]
x.json:3:5: error: $.rules[1]: key "reason" is missing; a rule whose claim scan cannot check says why it is true [a.c]
x.json:3:5: error: $.rules[1]: key "reference" is missing; a rule whose claim scan cannot check says where to read it [a.c]
x.json:5:50: error: $.rules[2].where[0].matches: must be a regular expression that is not empty [a.d]
x.json:5:16: error: $.rules[2].where[0]: nothing captures "nothing"; known here: constant, package, func, path [a.d]
x.json:4:5: error: $.rules[2]: key "reason" is missing; a rule whose claim scan cannot check says why it is true [a.d]
x.json:4:5: error: $.rules[2]: key "reference" is missing; a rule whose claim scan cannot check says where to read it [a.d]
x.json:6:5: error: $.rules[3]: number_match and number_to go together [a.e]
x.json:6:5: error: $.rules[3]: key "reference" is missing; that this entry leads to no seam must be read somewhere [a.e]
)text");
}

TEST(Rules, RepeatedKeysAndOtherJson) {
  EXPECT_EQ(ExtractErrors(R"({"rules": [], "rules": []})"), R"text(x.json:1:15: error: $: key "rules" is repeated
)text");
  EXPECT_EQ(ExtractErrors("[]"), R"text(x.json:1:1: error: $: expected an object, found an array
)text");
  EXPECT_EQ(ExtractErrors(R"({"rules": [7]})"), R"text(x.json:1:12: error: $.rules[0]: expected an object, found an integer
)text");
}

TEST(Rules, Binding) {
  EXPECT_EQ(
      BindErrors(R"json({"rules": [
    {"id": "a.b", "doc": "d", "calls": ["getcwd"], "how": "adapted"},
    {"id": "a.c", "doc": "d", "calls": [], "how": "direct", "adapter": "x"}
  ], "tolerances": [{"id": "a.b", "doc": "d", "where": "somewhere", "contract": "[", "libc": "int", "reason": "r"}]})json"),
      R"text(x.json:2:5: error: $.rules[0]: key "adapter" is missing; an adapted call names its adapter in overlays/include/libcify [a.b]
x.json:2:5: error: $.rules[0]: key "reason" is missing; it must be a string [a.b]
x.json:2:5: error: $.rules[0]: key "reference" is missing; it must be a string [a.b]
x.json:3:40: error: $.rules[1].calls: must name at least one call [a.c]
x.json:3:72: error: $.rules[1].adapter: must be absent; only adapted and demultiplexed calls have one [a.c]
x.json:4:28: error: $.tolerances[0].id: this id is taken by the rule at x.json:2:12 [a.b]
x.json:4:56: error: $.tolerances[0].where: expected one of parameter, pair, result, record, go-record, found "somewhere" [a.b]
x.json:4:81: error: $.tolerances[0].contract: bad regular expression at offset 0: missing ]: [ [a.b]
x.json:4:21: error: $.tolerances[0]: key "reference" is missing; it must be a string [a.b]
)text");
  EXPECT_EQ(BindErrors(R"json({"rules": [{"id": "a.b", "doc": "d", "calls": ["getcwd"], "how": "direct"}]})json"), "");
}

TEST(Rules, Dialects) {
  EXPECT_EQ(DialectErrors(R"json({"name": "gc", "edits": [
    {"id": "a.b", "doc": "d", "path": "x", "query": "(a) @b", "replacement": "$b $c $$", "min_matches": 3, "max_matches": 2}],
    "adds": [{"id": "a.c", "source": "/abs", "target": "a/../b"}],
    "seam_edits": [{"enter": "CALL x", "vfork": "CALL y", "unreachable": ""}]})json"),
            R"text(x.json:2:53: error: $.edits[0].query: captures no @edit [a.b]
x.json:2:78: error: $.edits[0].replacement: nothing captures $c [a.b]
x.json:2:123: error: $.edits[0].max_matches: is less than min_matches [a.b]
x.json:3:38: error: $.adds[0].source: expected a relative path with '/' and without ".." [a.c]
x.json:3:56: error: $.adds[0].target: expected a relative path with '/' and without ".." [a.c]
x.json:4:74: error: $.seam_edits[0].unreachable: must be a string that is not empty
)text");
}

TEST(Rules, DialectsOfTypedCalls) {
  EXPECT_EQ(
      DialectErrors(
          R"json({"name": "llgo", "calls": [{"id": "a.b", "doc": "d", "entries": [], "function": ["func {name}()"]}],
    "keeps": [{"id": "a.c", "reason": "r", "reference": ""}],
    "removes": [{"id": "a.d", "doc": "d", "packages": "^x$", "provided": ["("]}],
    "adds": [{"id": "a.e", "source": "s", "target": "t", "packages": "^"}, {"id": "a.f", "source": "s", "target": "{package}/t"}]})json"),
      R"text(x.json:4:53: error: $.adds[0].target: "{package}" stands in the target where "packages" says which, and only there [a.e]
x.json:4:115: error: $.adds[1].target: "{package}" stands in the target where "packages" says which, and only there [a.f]
x.json:1:65: error: $.calls[0].entries: must name at least one entry [a.b]
x.json:1:81: error: $.calls[0].function: does not say {words} [a.b]
x.json:2:15: error: $.keeps[0]: key "packages" is missing; it says whose calls stay [a.c]
x.json:2:57: error: $.keeps[0].reference: must be a string that is not empty [a.c]
x.json:3:17: error: bad regular expression at offset 0: missing ): ( [a.d]
x.json:3:17: error: $.removes[0]: key "reference" is missing; it says where the functions are provided [a.d]
)text");
}

TEST(Rules, WhatIsImportedSaysWhy) {
  EXPECT_EQ(DialectErrors(R"json({"name": "gc", "request_edits": [
  {"id": "a.b", "doc": "d", "callee": "(", "replacement": "r", "declaration": "d"},
  {"id": "a.c", "doc": "d", "replacement": "r", "how": "kept"},
  {"id": "a.d", "doc": "d", "declaration": "x", "how": "direct"}]})json"),
            R"text(x.json:2:39: error: $.request_edits[0].callee: bad regular expression at offset 0: missing ): ( [a.b]
x.json:3:3: error: $.request_edits[1]: key "declaration" is missing; it declares what the replacement names [a.c]
x.json:3:56: error: $.request_edits[1].how: must be absent; rules/bind decides for each function [a.c]
x.json:4:44: error: $.request_edits[2].declaration: must be absent; there is no replacement that names it [a.d]
x.json:4:56: error: $.request_edits[2].how: expected one of imported, kept, found "direct" [a.d]
x.json:4:3: error: $.request_edits[2]: key "reason" is missing; it must be a string [a.d]
x.json:4:3: error: $.request_edits[2]: key "reference" is missing; it must be a string [a.d]
)text");
  EXPECT_EQ(BindErrors(R"json({"versions": [{"id": "a.b", "doc": "d", "since": "", "functions": [], "reference": "r"}],
  "libraries": [{"id": "a.c", "doc": "d", "libraries": ["a.dll", ""], "how": "imported", "reference": "r"}]})json"),
            R"text(x.json:1:50: error: $.versions[0].since: must be a string that is not empty [a.b]
x.json:1:67: error: $.versions[0].functions: must name at least one function [a.b]
x.json:2:56: error: $.libraries[0].libraries: the name of a library must not be empty [a.c]
x.json:2:17: error: $.libraries[0]: key "reason" is missing; it must be a string [a.c]
)text");
}

TEST(Rules, Habits) {
  EXPECT_EQ(BindErrors(R"json({"habits": [
  {"id": "a.b", "doc": "d", "calls": ["open"], "traced": "open\\((.*)", "becomes": ["openat(\\1"], "reason": "r", "reference": "r"},
  {"id": "a.c", "doc": "d", "calls": ["open"], "traced": "o", "becomes": [], "after": "a.b", "when": "w", "reason": "r",
   "reference": "r"}]})json"),
            "");
  EXPECT_EQ(BindErrors(R"json({"habits": [
  {"id": "a.b", "doc": "d", "calls": [], "traced": "open(", "becomes": ["openat"], "reason": "r", "reference": ""},
  {"id": "a.c", "doc": "d", "calls": ["open"], "traced": "open", "becomes": ["\\1"], "after": "a.d", "when": "", "reason": "r"},
  {"id": "a.d", "doc": "d", "calls": ["open"], "added": "o", "reason": "r", "reference": "r"}]})json"),
            R"text(x.json:2:38: error: $.habits[0].calls: must name at least one call [a.b]
x.json:2:52: error: $.habits[0].traced: bad regular expression at offset 0: missing ): open( [a.b]
x.json:2:112: error: $.habits[0].reference: must be a string that is not empty [a.b]
x.json:3:77: error: $.habits[1].becomes: Rewrite schema requests 1 matches, but the regexp only has 0 parenthesized subexpressions. [a.c]
x.json:3:95: error: $.habits[1].after: no habit before this one has the id "a.d" [a.c]
x.json:3:110: error: $.habits[1].when: must be a string that is not empty [a.c]
x.json:3:3: error: $.habits[1]: key "reference" is missing; it must be a string [a.c]
x.json:4:3: error: $.habits[2]: key "traced" is missing; a habit shows in a trace [a.d]
x.json:4:3: error: $.habits[2]: key "becomes" is missing; a call that is not made becomes [] [a.d]
x.json:4:57: error: $.habits[2]: unknown key "added"; known keys: after, becomes, calls, doc, goarch, goos, id, libc, reason, reference, traced, when [a.d]
)text");
}

TEST(Rules, ClosureModes) {
  EXPECT_EQ(
      DialectErrors(R"json({"name": "gc", "closures": [
  {"id": "a.b", "doc": "d", "mode": "go", "reference": "r"},
  {"id": "a.c", "doc": "d", "reference": ""}]})json"),
      R"text(x.json:2:37: error: $.closures[0].mode: expected one of stub, register, gc, llgo, variable, found "go" [a.b]
x.json:3:3: error: $.closures[1]: key "mode" is missing; it must be a string [a.c]
x.json:3:42: error: $.closures[1].reference: must be a string that is not empty [a.c]
)text");
  // What these compilers do is what scripts/test/closures and scripts/test/llgo run.
  const Result<RuleSet> rules = LoadRules(kRules);
  ASSERT_TRUE(rules) << Format(rules.error());
  for (const DialectRules& dialect : rules->dialects) {
    if (dialect.name == "shims") continue;
    ASSERT_EQ(dialect.closures.size(), 1U) << dialect.name;
    EXPECT_EQ(dialect.closures[0].mode, dialect.name);
  }
}

TEST(Rules, BadPorts) {
  EXPECT_EQ(PortsErrors(R"json({"ports": [{"goos": "linux", "goarch": "z", "triple": "z-linux", "word_bits": 16,
    "libcs": [{"name": "glibc", "baseline": "2.31", "source": "s"}], "default_libc": "musl", "mechanism": "instruction",
    "syscall": {"source": "s", "instructions": [], "encodings": ["0F5"], "number": "AX", "results": ["AX"],
                "c_clobbers": ["AX"], "trampoline_keeps": ["DX"]}}]})json"),
            R"text(ports.json:1:79: error: $.ports[0].word_bits: must be 32 or 64
ports.json:2:86: error: $.ports[0].default_libc: "musl" is not one of libcs
ports.json:3:48: error: $.ports[0].syscall.instructions: must name at least one statement
ports.json:3:65: error: $.ports[0].syscall.encodings: expected whole bytes in lower-case hex, such as "0f05"
ports.json:4:59: error: $.ports[0].syscall.trampoline_keeps: "DX" is not one of c_clobbers
)text");
}

TEST(Rules, MissingFolderIsTheEnvironments) {
  const Result<RuleSet> rules = LoadRules("/no/such/folder");
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().front().cls, ErrorClass::kEnvironment);
  EXPECT_EQ(Format(rules.error().front()),
            "/no/such/folder/bind: error: cannot read this folder of rules: No such file or directory");
}

TEST(Rules, FingerprintSeesNamesAndTexts) {
  const fs::path root = fs::temp_directory_path() / ("libcify-rules-" + std::to_string(::getpid()));
  for (const char* folder : {"bind", "dialects", "extract"}) fs::create_directories(root / folder);
  std::ofstream(root / "ports.json") << R"({"ports": []})";
  std::set<std::string> seen;
  const auto note = [&] {
    const Result<RuleSet> rules = LoadRules(root);
    ASSERT_TRUE(rules) << Format(rules.error());
    EXPECT_TRUE(seen.insert(rules->fingerprint).second);
  };
  note();
  std::ofstream(root / "extract/a.json") << R"({"rules": []})";
  note();
  fs::rename(root / "extract/a.json", root / "extract/b.json");
  note();
  std::ofstream(root / "ports.json") << R"({"ports": [] })";
  note();
  fs::remove_all(root);
}

TEST(Pattern, ErrorsNameTheOffset) {
  const Result<Pattern> bad = Pattern::Compile({"x.json", 3, 4}, "abc(*d)");
  ASSERT_FALSE(bad);
  EXPECT_EQ(Format(bad.error()),
            "x.json:3:4: error: bad regular expression at offset 4: no argument for repetition operator: *\n");
}

TEST(Pattern, FindsAllAndRewrites) {
  const Result<Pattern> pattern = Pattern::Compile({}, "(?P<name>[a-z]+)=(?P<number>\\d+)?");
  ASSERT_TRUE(pattern);
  const std::vector<Pattern::Match> found = pattern->FindAll("a=1 bc= d=22");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].groups.size(), 2U);
  EXPECT_EQ(found[1].groups.size(), 1U);  // the second group took no part
  EXPECT_EQ(found[2].groups[1].second, (Range{10, 12}));
  EXPECT_EQ(Pattern::Compile({}, "^SYS_(.*)$")->Rewrite("SYS_read", "\\1"), "read");
  EXPECT_EQ(Pattern::Compile({}, "x*")->FindAll("ab").size(), 3U);  // empty matches do not stand still
  EXPECT_TRUE(Pattern::Compile({}, "b")->Search("abc"));
  EXPECT_FALSE(Pattern::Compile({}, "b")->FullMatch("abc"));
}

TEST(Query, CaptureNames) {
  EXPECT_EQ(QueryCaptures("((a) @x (b \"@no\") @y.z) @x ; @comment\n(c) @w"), (std::vector<std::string>{"w", "x", "y.z"}));
}

}  // namespace
}  // namespace libcify::rules
