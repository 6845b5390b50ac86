// Extract rules from rules/extract/*.json. In: a parsed file. Out: checked ExtractRules: every regular expression compiles,
// every condition names something that the rule captures, and what a kind of find cannot use is refused rather than ignored.
#include <algorithm>
#include <initializer_list>

#include "rules/reading.h"

namespace libcify::rules {
namespace {

const std::vector<std::string> kFindNames = {"seam", "request", "entry", "vdso", "constant", "bodyless"};
const std::vector<std::string> kLanguageNames = {"go", "assembly", "lines"};
const std::vector<std::string> kRoleNames = {"enter", "vfork", "sigreturn", "unreachable", "unneeded", "errno"};
const std::vector<std::string> kResultTests = {"none", "word32", "word64", "pointer", "flag"};
const std::vector<std::string> kCases = {"", "lower", "snake"};
const std::vector<std::string> kProviders = {"assembly", "linkname", "import", "compiler", "linker", "cgo", "unused"};
// What scan knows of any find without the rule's help.
const std::vector<std::string> kAlwaysKnown = {"package", "func", "path"};
// What scan tells of an assembly statement, see model/rule.h.
const std::vector<std::string> kAssemblyCaptures = {"instruction", "text", "symbol", "library", "flags", "macro"};

// The captures that scan asks a Go or lines rule for, by kind of find.
std::vector<std::string> Needed(FindKind kind, Language language) {
  if (language == Language::kLines) return {};  // see CheckLines
  switch (kind) {
    case FindKind::kSeam:
      return {};
    case FindKind::kRequest:
      return {"call", "number"};
    case FindKind::kEntry:
      return {"func", "name"};
    case FindKind::kBodyless:
      return {"func", "name"};
    case FindKind::kVdso:
      return {"row", "symbol"};
    case FindKind::kConstant:
      return {"constant"};
  }
  return {};
}

// A row has a name in Go or a symbol of the linker, and a number, a native name or a library.
void CheckLines(const std::vector<std::string>& groups, ObjectReader& reader) {
  const auto any = [&](std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return Contains(groups, name); });
  };
  if (!any({"name", "link"})) reader.Complain("query", "has no group (?P<name>…) or (?P<link>…)");
  if (!any({"number", "symbol", "library"})) {
    reader.Complain("query", "has no group (?P<number>…), (?P<symbol>…) or (?P<library>…)");
  }
}

void CheckQuery(const ExtractRule& rule, const ReadPattern& lines, ObjectReader& reader,
                std::vector<std::string>& captures) {
  if (rule.language == Language::kAssembly) {
    Forbid(reader, "query", "assembly rules match statements by \"where\" alone");
    captures = kAssemblyCaptures;
    return;
  }
  if (rule.query.empty()) {
    const bool go = rule.language == Language::kGo;
    reader.Complain("query", "a rule needs something to match",
                    go ? "give a tree-sitter query" : "give a regular expression");
    return;
  }
  if (rule.language == Language::kLines && !lines.compiled) return;  // its error is noted already
  captures = rule.language == Language::kGo ? QueryCaptures(rule.query) : lines.compiled->GroupNames();
  for (const std::string& needed : Needed(rule.finds, rule.language)) {
    if (Contains(captures, needed)) continue;
    reader.Complain("query", "captures no @" + needed);
  }
  if (rule.language == Language::kLines) CheckLines(captures, reader);
}

void CheckWhere(const ExtractRule& rule, const Json& json, const std::vector<std::string>& captures, Errors& errors) {
  const Json* where = json.Find("where");
  for (std::size_t i = 0; i < rule.where.size(); ++i) {
    const std::string& name = rule.where[i].capture;
    if (name.empty() || Contains(captures, name) || Contains(kAlwaysKnown, name)) continue;
    const Json& item = where->items()[i];
    errors.push_back({.where = item.span(),
                      .what = item.path() + ": nothing captures " + Quoted(name),
                      .hint = "known here: " + Joined(captures) + (captures.empty() ? "" : ", ") + Joined(kAlwaysKnown)});
  }
}

void CheckRewrite(const ExtractRule& rule, const ReadPattern& match, ObjectReader& reader) {
  if (reader.Has("name_rewrite_to") != reader.Has("name_rewrite_match")) {
    reader.Complain("name_rewrite_to", "name_rewrite_match and name_rewrite_to go together");
  } else if (match.compiled) {
    if (const auto wrong = match.compiled->CheckRewrite(rule.name_rewrite_to)) reader.Complain("name_rewrite_to", *wrong);
  }
}

// What only one kind of find can use.
void CheckKind(const ExtractRule& rule, const std::vector<std::string>& captures, ObjectReader& reader) {
  const bool seam = rule.finds == FindKind::kSeam;
  if (seam != (rule.language == Language::kAssembly)) {
    reader.Complain("language", "seams are found in assembly, and nothing else is");
  }
  if (rule.language == Language::kLines && rule.finds != FindKind::kConstant) {
    reader.Complain("language", "a lines rule reads number tables: it finds constants");
  }
  if (!seam) Forbid(reader, "role", "only seams have a role");
  if (rule.finds == FindKind::kEntry) {
    Demand(reader, "entry_package", "an entry is named by package and function");
    Demand(reader, "entry_name", "an entry is named by package and function");
  } else {
    for (const char* key : {"entry_package", "entry_name", "through"}) Forbid(reader, key, "only entries have it");
    for (const char* key : {"blocking", "block", "result_test", "counts_arguments"})
      Forbid(reader, key, "a request takes it from its entry");
  }
  if (rule.finds == FindKind::kBodyless) {
    Demand(reader, "provided_by", "it says where the body is");
  } else {
    Forbid(reader, "provided_by", "only body-less functions have it");
  }
  // assembly, linkname and unused are checked against the tree; for the rest the rule's word is all there is.
  const std::vector<std::string> checked = {"assembly", "linkname", "import", "unused"};
  const bool unchecked = rule.finds == FindKind::kBodyless && !Contains(checked, rule.provided_by);
  // A constant without a number is declared to be no system call.
  const bool no_call = rule.finds == FindKind::kConstant && !captures.empty() && !Contains(captures, "number") &&
                       !Contains(captures, "symbol") && !Contains(captures, "library");
  if (unchecked || no_call || (seam && (rule.role == SeamRole::kUnreachable || rule.role == SeamRole::kUnneeded))) {
    Demand(reader, "reason", "a rule whose claim scan cannot check says why it is true");
    Demand(reader, "reference", "a rule whose claim scan cannot check says where to read it");
  }
  if (rule.finds == FindKind::kEntry && !rule.reason.empty()) {
    Demand(reader, "reference", "that this entry leads to no seam must be read somewhere");
  }
}

// Plain texts, one of which is looked for.
std::vector<std::string> ReadTexts(ObjectReader& reader, const char* key) {
  std::vector<std::string> texts = reader.Strings(key);
  if (Contains(texts, "")) reader.Complain(key, "holds an empty text, which every file contains");
  return texts;
}

ExtractRule ReadRule(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  ExtractRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  rule.finds = static_cast<FindKind>(reader.OneOf("finds", kFindNames));
  rule.language = static_cast<Language>(reader.OneOf("language", kLanguageNames));
  rule.file_contains = ReadTexts(reader, "file_contains");
  rule.contains = ReadTexts(reader, "contains");
  rule.not_ending = reader.String("not_ending", "");
  if (rule.contains.empty()) Forbid(reader, "not_ending", "it is about the lines that \"contains\" chooses");
  if (rule.language == Language::kAssembly) Forbid(reader, "file_contains", "only rules for Go text have it");
  if (rule.language != Language::kGo) Forbid(reader, "contains", "only rules for Go have it");
  rule.prefilter = ReadRegex(json, reader, "prefilter", errors);
  if (rule.language == Language::kGo) Demand(reader, "prefilter", "without it every Go file would be parsed");
  rule.path = ReadRegex(json, reader, "path", errors);
  ReadPattern lines;
  if (rule.language == Language::kLines) {
    lines = ReadCompiled(json, reader, "query", errors);
    rule.query = lines.text;
  } else {
    rule.query = reader.String("query", "");
  }
  rule.where = ReadWhere(reader, errors);
  const ReadPattern rewrite = ReadCompiled(json, reader, "name_rewrite_match", errors);
  rule.name_rewrite_match = rewrite.text;
  rule.name_rewrite_to = reader.String("name_rewrite_to", "");
  const ReadPattern number = ReadCompiled(json, reader, "number_match", errors);
  rule.number_match = number.text;
  rule.number_to = reader.String("number_to", "");
  if (reader.Has("number_to") != reader.Has("number_match")) {
    reader.Complain("number_to", "number_match and number_to go together");
  } else if (number.compiled) {
    if (const auto wrong = number.compiled->CheckRewrite(rule.number_to)) reader.Complain("number_to", *wrong);
  }
  rule.must_explain = ReadRegex(json, reader, "must_explain", errors);
  rule.through = reader.Strings("through");
  rule.library = reader.String("library", "");
  rule.name_case = kCases[reader.OneOf("name_case", kCases, 0)];
  rule.role = static_cast<SeamRole>(reader.OneOf("role", kRoleNames, 0));
  rule.entry_package = ReadRegex(json, reader, "entry_package", errors);
  rule.entry_name = ReadRegex(json, reader, "entry_name", errors);
  rule.blocking = reader.Bool("blocking", false);
  rule.counts_arguments = reader.Bool("counts_arguments", false);
  rule.block = reader.Bool("block", false);
  rule.result_test = static_cast<ResultTest>(reader.OneOf("result_test", kResultTests, 0));
  if (reader.Has("provided_by")) rule.provided_by = kProviders[reader.OneOf("provided_by", kProviders)];
  rule.reason = reader.Has("reason") ? ReadText(reader, "reason") : "";
  rule.reference = reader.Has("reference") ? ReadText(reader, "reference") : "";
  rule.optional = reader.Bool("optional", false);
  std::vector<std::string> captures;
  CheckQuery(rule, lines, reader, captures);
  CheckWhere(rule, json, captures, errors);
  CheckRewrite(rule, rewrite, reader);
  CheckKind(rule, captures, reader);
  for (const char* key : {"provided_by", "reason", "reference"}) reader.Ignore(key);
  reader.Finish();
  return rule;
}

}  // namespace

void ReadExtractFile(const Json& root, Ids& ids, std::vector<ExtractRule>& out, Errors& errors) {
  ObjectReader reader(root, errors);
  reader.Ignore("$schema");
  for (const Json& json : reader.Array("rules")) out.push_back(ReadRule(json, ids, errors));
  reader.Finish();
}

}  // namespace libcify::rules
