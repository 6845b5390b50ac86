// Binding rules and tolerances from rules/bind/*.json. Everything that is not direct must say why and where to read it.
#include <algorithm>

#include "rules/reading.h"

namespace libcify::rules {
namespace {

const std::vector<std::string> kHowNames = {"direct", "variadic", "adapted", "demultiplexed", "fallback", "kept"};
const std::vector<std::string> kErrorRules = {"errno",       "errno-pointer", "never",    "adapter",    "errno-null",
                                              "errno-value", "errno-nonzero", "returned", "errno-told", "status"};
const std::vector<std::string> kPlaces = {"parameter", "pair", "result", "record", "go-record"};

// None that is empty.
std::vector<std::string> ReadNames(ObjectReader& reader, const std::string& key, const std::string& what) {
  std::vector<std::string> names = reader.Strings(key);
  for (const std::string& name : names) {
    if (name.empty()) reader.Complain(key, "the name of a " + what + " must not be empty");
  }
  return names;
}

std::vector<std::string> ReadSomeNames(ObjectReader& reader, const std::string& key, const std::string& what) {
  std::vector<std::string> names = ReadNames(reader, key, what);
  if (names.empty()) reader.Complain(key, "must name at least one " + what);
  return names;
}

BindRule ReadBindRule(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  BindRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  rule.calls = ReadSomeNames(reader, "calls", "call");
  rule.how = static_cast<How>(reader.OneOf("how", kHowNames));
  rule.function = reader.String("function", "");
  rule.adapter = reader.String("adapter", "");
  rule.since = reader.String("since", "");
  if (rule.how == How::kAdapted || rule.how == How::kDemultiplexed) {
    Demand(reader, "adapter", "an adapted call names its adapter in overlays/include/libcify");
  } else {
    Forbid(reader, "adapter", "only adapted and demultiplexed calls have one");
  }
  if (reader.Has("error_rule")) rule.error_rule = static_cast<ErrorRule>(reader.OneOf("error_rule", kErrorRules));
  reader.Ignore("error_rule");
  rule.of_thread = reader.Bool("of_thread", false);
  if (rule.how != How::kDirect || reader.Has("reason")) rule.reason = ReadText(reader, "reason");
  if (rule.how != How::kDirect || reader.Has("reference")) rule.reference = ReadText(reader, "reference");
  for (const char* key : {"reason", "reference"}) reader.Ignore(key);
  reader.Finish();
  return rule;
}

ToleranceRule ReadTolerance(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  ToleranceRule rule;
  if (json.kind() != Json::Kind::kObject) return rule;
  rule.id = ids.Read(json, reader, errors);
  rule.doc = ReadText(reader, "doc");
  rule.scope = {.goos = reader.Strings("goos"), .goarch = reader.Strings("goarch"), .libc = {}};
  rule.where = kPlaces[reader.OneOf("where", kPlaces)];
  for (const char* key : {"contract", "libc"}) Demand(reader, key, "a tolerance names both sides");
  rule.contract = ReadRegex(json, reader, "contract", errors);
  rule.libc = ReadRegex(json, reader, "libc", errors);
  rule.calls = ReadNames(reader, "calls", "call");
  rule.reason = ReadText(reader, "reason");
  rule.reference = ReadText(reader, "reference");
  reader.Finish();
  return rule;
}

VersionRule ReadVersion(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  VersionRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  rule.since = ReadText(reader, "since");
  rule.functions = ReadSomeNames(reader, "functions", "function");
  rule.reference = ReadText(reader, "reference");
  reader.Finish();
  return rule;
}

LibraryRule ReadLibrary(const Json& json, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  LibraryRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  rule.libraries = ReadSomeNames(reader, "libraries", "library");
  rule.how = ReadImportHow(reader);
  rule.reason = ReadText(reader, "reason");
  rule.reference = ReadText(reader, "reference");
  reader.Finish();
  return rule;
}

// `earlier` are those that stand before it: what comes after a habit stands after it.
HabitRule ReadHabit(const Json& json, const std::vector<HabitRule>& earlier, Ids& ids, Errors& errors) {
  const RuleErrors stamp(errors, json);
  ObjectReader reader(json, errors);
  HabitRule rule;
  if (!ReadHead(json, reader, ids, errors, rule)) return rule;
  rule.calls = ReadSomeNames(reader, "calls", "call");
  Demand(reader, "traced", "a habit shows in a trace");
  Demand(reader, "becomes", "a call that is not made becomes []");
  const ReadPattern traced = ReadCompiled(json, reader, "traced", errors);
  rule.traced = traced.text;
  rule.becomes = reader.Strings("becomes");
  for (const std::string& line : rule.becomes) {
    if (!traced.compiled) break;
    if (const auto wrong = traced.compiled->CheckRewrite(line)) reader.Complain("becomes", *wrong);
  }
  rule.after = reader.String("after", "");
  const auto is_after = [&](const HabitRule& other) { return other.id == rule.after; };
  if (reader.Has("after") && std::none_of(earlier.begin(), earlier.end(), is_after)) {
    reader.Complain("after", "no habit before this one has the id " + Quoted(rule.after));
  }
  if (reader.Has("when")) rule.when = ReadText(reader, "when");
  rule.reason = ReadText(reader, "reason");
  rule.reference = ReadText(reader, "reference");
  reader.Ignore("when");
  reader.Finish();
  return rule;
}

}  // namespace

void ReadBindFile(const Json& root, Ids& ids, RuleSet& out, Errors& errors) {
  ObjectReader reader(root, errors);
  reader.Ignore("$schema");
  for (const Json& json : reader.ArrayOrEmpty("rules")) out.bind.push_back(ReadBindRule(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("tolerances")) out.tolerances.push_back(ReadTolerance(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("versions")) out.versions.push_back(ReadVersion(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("libraries")) out.libraries.push_back(ReadLibrary(json, ids, errors));
  for (const Json& json : reader.ArrayOrEmpty("habits")) out.habits.push_back(ReadHabit(json, out.habits, ids, errors));
  reader.Finish();
}

}  // namespace libcify::rules
