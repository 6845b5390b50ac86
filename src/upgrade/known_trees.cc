#include "upgrade/known_trees.h"

#include <utility>
#include <vector>

#include "base/json.h"

namespace libcify {
namespace {

// "[\n    ROW,\n    ROW\n  ]" and the like.
std::string Rows(const std::vector<std::string>& rows, const std::string& indent, const char* brackets) {
  std::string out(1, brackets[0]);
  for (std::size_t i = 0; i < rows.size(); ++i) out += (i == 0 ? "\n" : ",\n") + indent + " " + rows[i];
  return out + (rows.empty() ? "" : "\n" + indent) + brackets[1];
}

std::string Row(const std::string& key, const std::string& value) { return Json::String(key).Compact() + ": " + value; }

}  // namespace

Result<KnownTrees> ReadKnownTrees(const std::string& file, const std::string& text) {
  const Result<Json> json = Json::Parse(file, text);
  if (!json) return Fail(json.error());
  Errors errors;
  KnownTrees out;
  ObjectReader root(*json, errors);
  root.Ignore("$schema");
  const auto wrong = [&](const Json& value, const char* wanted) {
    errors.push_back({.where = value.span(), .what = value.path() + ": expected " + wanted});
  };
  const Json* outputs = root.Object("outputs");
  const Json* rules = root.Object("rules");
  root.Finish();
  static const Json kNone = Json::Object();
  for (const auto& [go, ports] : (outputs == nullptr ? kNone : *outputs).members()) {
    if (ports.kind() != Json::Kind::kObject) wrong(ports, "an object");
    for (const auto& [target, forms] : ports.members()) {
      if (forms.kind() != Json::Kind::kObject) wrong(forms, "an object");
      for (const auto& [form, fingerprint] : forms.members()) {
        if (fingerprint.kind() != Json::Kind::kString) wrong(fingerprint, "a string");
        out.outputs[go][target][form] = fingerprint.string();
      }
    }
  }
  for (const auto& [rule, versions] : (rules == nullptr ? kNone : *rules).members()) {
    if (versions.kind() != Json::Kind::kArray) wrong(versions, "an array");
    for (const Json& version : versions.items()) {
      if (version.kind() != Json::Kind::kString) wrong(version, "a string");
      out.rules[rule].insert(version.string());
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

std::string KnownTreesText(const KnownTrees& trees) {
  std::vector<std::string> versions, rules;
  for (const auto& [go, ports] : trees.outputs) {
    std::vector<std::string> rows;
    for (const auto& [target, forms] : ports) {
      Json row = Json::Object();
      for (const auto& [form, fingerprint] : forms) row.Add(form, Json::String(fingerprint));
      rows.push_back(Row(target, row.Compact()));
    }
    versions.push_back(Row(go, Rows(rows, "  ", "{}")));
  }
  for (const auto& [rule, of] : trees.rules) {
    Json row = Json::Array();
    for (const std::string& version : of) row.Add(Json::String(version));
    rules.push_back(Row(rule, row.Compact()));
  }
  return "{\n \"$schema\": \"schema/trees.schema.json\",\n \"outputs\": " + Rows(versions, " ", "{}") +
         ",\n \"rules\": " + Rows(rules, " ", "{}") + "\n}\n";
}

}  // namespace libcify
