// Dialects from rules/dialects/*.json: edits of Go text, files that join a package, and what a seam becomes.
#include <algorithm>
#include <cctype>

#include "rules/reading.h"

namespace libcify::rules {
namespace {

// Names that a replacement uses: "$name" inserts a capture, "$$" is a dollar.
std::vector<std::string> UsedNames(const std::string& replacement) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i + 1 < replacement.size(); ++i) {
    if (replacement[i] != '$') continue;
    std::size_t end = ++i;
    while (end < replacement.size() &&
           (std::isalnum(static_cast<unsigned char>(replacement[end])) != 0 || replacement[end] == '_')) {
      ++end;
    }
    if (end > i) out.push_back(replacement.substr(i, end - i));
  }
  return out;
}

void CheckEdit(const EditRule& rule, const Json& json, ObjectReader& reader, Errors& errors) {
  const std::vector<std::string> captures = QueryCaptures(rule.query);
  if (!rule.query.empty() && !Contains(captures, "edit")) reader.Complain("query", "captures no @edit");
  for (const std::string& name : UsedNames(rule.replacement)) {
    if (!Contains(captures, name)) reader.Complain("replacement", "nothing captures $" + name);
  }
  for (std::size_t i = 0; i < rule.where.size(); ++i) {
    const std::string& name = rule.where[i].capture;
    if (name.empty() || Contains(captures, name)) continue;
    const Json& item = json.Find("where")->items()[i];
    errors.push_back({.where = item.span(),
                      .what = item.path() + ": nothing captures " + Quoted(name),
                      .hint = "known here: " + Joined(captures)});
  }
  if (rule.min_matches < 1) reader.Complain("min_matches", "must be at least 1", "\"optional\" allows none at all");
  if (rule.max_matches < rule.min_matches) reader.Complain("max_matches", "is less than min_matches");
}

EditRule ReadEdit(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  EditRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  Demand(reader, "path", "an edit names the files it may touch");
  rule.path = ReadRegex(json, reader, "path", errors);
  rule.prefilter = ReadRegex(json, reader, "prefilter", errors);
  rule.query = ReadText(reader, "query");
  rule.where = ReadWhere(reader, errors);
  rule.replacement = reader.String("replacement");
  constexpr std::int64_t kMost = 1'000'000;  // of matches; keeps the numbers in range
  rule.min_matches = static_cast<int>(std::clamp<std::int64_t>(reader.Integer("min_matches", 1), 0, kMost));
  rule.max_matches = static_cast<int>(std::clamp<std::int64_t>(reader.Integer("max_matches", rule.min_matches), 0, kMost));
  rule.optional = reader.Bool("optional", false);
  CheckEdit(rule, json, reader, errors);
  reader.Finish();
  return rule;
}

// A path below a folder: relative, no "." or ".." parts.
void CheckPath(ObjectReader& reader, std::string_view key, const std::string& path) {
  const std::string inside = "/" + path + "/";
  if (path.empty() || path.front() == '/' || inside.find("/../") != std::string::npos ||
      inside.find("/./") != std::string::npos || path.find('\\') != std::string::npos) {
    reader.Complain(key, "expected a relative path with '/' and without \"..\"");
  }
}

AddRule ReadAdd(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  AddRule rule;
  if (json.kind() != Json::Kind::kObject) return rule;
  rule.id = ids.Read(json, reader, errors);
  reader.Ignore("doc");
  rule.scope = ReadScope(reader);
  rule.source = reader.String("source");
  rule.target = reader.String("target");
  rule.packages = ReadRegex(json, reader, "packages", errors);
  if (rule.packages.empty() == (rule.target.find("{package}") != std::string::npos)) {
    reader.Complain("target", "\"{package}\" stands in the target where \"packages\" says which, and only there");
  }
  if (reader.Has("source")) CheckPath(reader, "source", rule.source);
  if (reader.Has("target")) CheckPath(reader, "target", rule.target);
  reader.Finish();
  return rule;
}

std::pair<Scope, SeamEdit> ReadSeamEdit(const Json& json, Errors& errors) {
  ObjectReader reader(json, errors);
  if (json.kind() != Json::Kind::kObject) return {};
  reader.Ignore("doc");
  Scope scope = ReadScope(reader);
  SeamEdit edit{.enter = ReadText(reader, "enter"),
                .enter_full = reader.String("enter_full", ""),
                .enter_dynamic = reader.String("enter_dynamic", ""),
                .vfork = reader.String("vfork", ""),
                .sigreturn = reader.String("sigreturn", ""),
                .unreachable = ReadText(reader, "unreachable"),
                .unneeded = reader.String("unneeded", ""),
                .stack_words = reader.String("stack_words", "")};
  reader.Finish();
  return {std::move(scope), std::move(edit)};
}

StatementEdit ReadStatementEdit(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  StatementEdit edit;
  if (!ReadHead(json, reader, ids, errors, edit)) return edit;
  for (const char* key : {"path", "text", "statement"}) Demand(reader, key, "it names the statement");
  edit.path = ReadRegex(json, reader, "path", errors);
  edit.text = ReadRegex(json, reader, "text", errors);
  edit.statement = ReadRegex(json, reader, "statement", errors);
  edit.replacement = ReadText(reader, "replacement");
  edit.optional = reader.Bool("optional", false);
  reader.Finish();
  return edit;
}

CallRule ReadCall(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  CallRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  rule.entries = reader.Strings("entries");
  if (rule.entries.empty()) reader.Complain("entries", "must name at least one entry");
  for (const std::string& line : reader.Strings("function")) rule.function += line + "\n";
  for (const char* mark : {"{name}", "{words}"}) {
    if (!rule.function.empty() && rule.function.find(mark) == std::string::npos) {
      reader.Complain("function", std::string("does not say ") + mark);
    }
  }
  rule.process_wide = reader.Bool("process_wide", false);
  reader.Finish();
  return rule;
}

ImportRule ReadImport(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  ImportRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  Demand(reader, "directive", "it names what is replaced");
  rule.directive = ReadRegex(json, reader, "directive", errors);
  rule.replacement = ReadText(reader, "replacement");
  reader.Finish();
  return rule;
}

KeepRule ReadKeep(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  KeepRule rule;
  if (json.kind() != Json::Kind::kObject) return rule;
  rule.id = ids.Read(json, reader, errors);
  reader.Ignore("doc");
  rule.scope = ReadScope(reader);
  Demand(reader, "packages", "it says whose calls stay");
  rule.packages = ReadRegex(json, reader, "packages", errors);
  rule.reason = ReadText(reader, "reason");
  rule.reference = ReadText(reader, "reference");
  reader.Finish();
  return rule;
}

RemoveRule ReadRemove(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  RemoveRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  Demand(reader, "packages", "it says whose assembly");
  rule.packages = ReadRegex(json, reader, "packages", errors);
  rule.provided = reader.Strings("provided");
  for (const std::string& name : rule.provided) {
    if (Result<void> good = Pattern::Check(json.span(), name); !good) Append(errors, std::move(good.error()));
  }
  rule.compiler = reader.Strings("compiler");
  rule.reference = reader.String("reference", "");
  if (!rule.provided.empty()) Demand(reader, "reference", "it says where the functions are provided");
  reader.Finish();
  return rule;
}

RequestEdit ReadRequestEdit(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  RequestEdit edit;
  if (!ReadHead(json, reader, ids, errors, edit)) return edit;
  edit.callee = ReadRegex(json, reader, "callee", errors);
  edit.library = ReadRegex(json, reader, "library", errors);
  edit.replacement = reader.String("replacement", "");
  edit.declaration = reader.String("declaration", "");
  if (!edit.replacement.empty()) {
    Demand(reader, "declaration", "it declares what the replacement names");
    for (const char* key : {"how", "reason", "reference"}) {
      Forbid(reader, key, "rules/bind decides for each function");
      reader.Ignore(key);
    }
  } else {
    Forbid(reader, "declaration", "there is no replacement that names it");
    edit.how = ReadImportHow(reader);
    edit.reason = ReadText(reader, "reason");
    edit.reference = ReadText(reader, "reference");
  }
  reader.Finish();
  return edit;
}

ClosureRule ReadClosure(const Json& json, Ids& ids, Errors& errors) {
  static const std::vector<std::string> kModes = {"stub", "register", "gc", "llgo", "variable"};
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  ClosureRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  rule.mode = kModes[reader.OneOf("mode", kModes)];
  rule.reference = ReadText(reader, "reference");
  reader.Finish();
  return rule;
}

PatchRules ReadPatch(const Json& json, Ids& ids, Errors& errors) {
  ObjectReader reader(json, errors);
  PatchRules rules;
  if (json.kind() != Json::Kind::kObject) return rules;
  rules.packages = reader.Strings("packages");
  rules.reason = ReadText(reader, "reason");
  rules.reference = ReadText(reader, "reference");
  rules.folder = ReadText(reader, "folder");
  CheckPath(reader, "folder", rules.folder);
  for (const Json& edit : reader.ArrayOrEmpty("edits")) rules.edits.push_back(ReadEdit(edit, ids, errors));
  for (const Json& add : reader.Array("adds")) rules.adds.push_back(ReadAdd(add, ids, errors));
  reader.Finish();
  return rules;
}

}  // namespace

void ReadDialectFile(const Json& root, Ids& ids, std::vector<DialectRules>& out, Errors& errors) {
  ObjectReader reader(root, errors);
  if (root.kind() != Json::Kind::kObject) return;
  reader.Ignore("$schema");
  DialectRules rules;
  rules.name = ReadText(reader, "name");
  for (const DialectRules& other : out) {
    if (other.name == rules.name) reader.Complain("name", "there is another dialect of this name");
  }
  for (const Json& json : reader.ArrayOrEmpty("closures")) rules.closures.push_back(ReadClosure(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("edits")) rules.edits.push_back(ReadEdit(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("adds")) rules.adds.push_back(ReadAdd(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("calls")) rules.calls.push_back(ReadCall(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("imports")) rules.imports.push_back(ReadImport(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("keeps")) rules.keeps.push_back(ReadKeep(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("removes")) rules.removes.push_back(ReadRemove(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("seam_edits")) rules.seam_edits.push_back(ReadSeamEdit(json, errors));
  for (const Json& json : reader.ArrayOrEmpty("statement_edits")) {
    rules.statement_edits.push_back(ReadStatementEdit(json, ids, errors));
  }
  for (const Json& json : reader.ArrayOrEmpty("request_edits")) {
    rules.request_edits.push_back(ReadRequestEdit(json, ids, errors));
  }
  if (const Json* patch = reader.Any("patch")) rules.patch = ReadPatch(*patch, ids, errors);
  reader.Finish();
  out.push_back(std::move(rules));
}

}  // namespace libcify::rules
