// Helpers shared by the readers of rule files. Private to the room.
//
// In: one JSON value. Out: a typed rule, and every problem with it in `errors`, carrying the rule's id.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/rule.h"
#include "rules/rules.h"

namespace libcify::rules {

// Stamps the id on all errors that were noted while it lived, so that a message names its rule.
class RuleErrors {
 public:
  RuleErrors(Errors& errors, const Json& rule);
  ~RuleErrors();
  RuleErrors(const RuleErrors&) = delete;
  RuleErrors& operator=(const RuleErrors&) = delete;

 private:
  Errors& errors_;
  std::size_t first_;
  std::string id_;
};

// Notes ids and finds those that are used twice, over all files of a run.
class Ids {
 public:
  // Reads "id"; it must be lower-case words joined by dots and be new.
  [[nodiscard]] std::string Read(const Json& rule, ObjectReader& reader, Errors& errors);

 private:
  std::vector<std::pair<std::string, Span>> seen_;
};

[[nodiscard]] Scope ReadScope(ObjectReader& reader);
[[nodiscard]] std::vector<Predicate> ReadWhere(ObjectReader& reader, Errors& errors);

// A string that must be there and not be empty.
[[nodiscard]] std::string ReadText(ObjectReader& reader, std::string_view key);
// A regular expression, its syntax checked; "" where absent.
[[nodiscard]] std::string ReadRegex(const Json& object, ObjectReader& reader, std::string_view key, Errors& errors);
// The same where more is asked of it. Compiled is nullopt where absent or bad.
struct ReadPattern {
  std::string text;
  std::optional<Pattern> compiled;
};
[[nodiscard]] ReadPattern ReadCompiled(const Json& object, ObjectReader& reader, std::string_view key, Errors& errors);
// What rules begin with: "id", "doc", the keys of their scope. False where the rule is no object, which is told elsewhere.
template <class Rule>
[[nodiscard]] bool ReadHead(const Json& json, ObjectReader& reader, Ids& ids, Errors& errors, Rule& rule) {
  if (json.kind() != Json::Kind::kObject) return false;
  rule.id = ids.Read(json, reader, errors);
  std::string doc = ReadText(reader, "doc");
  if constexpr (requires { rule.doc; }) rule.doc = std::move(doc);
  if constexpr (requires { rule.file; }) rule.file = json.span().file;
  rule.scope = ReadScope(reader);
  return true;
}
// "how" of what may stand in a table of imports: kImported or kKept.
[[nodiscard]] How ReadImportHow(ObjectReader& reader);
// Demands that a key is there (and not empty) or is absent.
void Demand(ObjectReader& reader, std::string_view key, std::string_view why);
void Forbid(ObjectReader& reader, std::string_view key, std::string_view why);

// The capture names (without '@') of a tree-sitter query, sorted: strings and comments of the query do not count.
[[nodiscard]] std::vector<std::string> QueryCaptures(std::string_view query);
[[nodiscard]] bool Contains(const std::vector<std::string>& list, std::string_view item);
[[nodiscard]] std::string Quoted(std::string_view text);
[[nodiscard]] std::string Joined(const std::vector<std::string>& names);

// One file each. What they read is valid only if no error was added.
void ReadExtractFile(const Json& root, Ids& ids, std::vector<ExtractRule>& out, Errors& errors);
void ReadBindFile(const Json& root, Ids& ids, RuleSet& out, Errors& errors);
void ReadDialectFile(const Json& root, Ids& ids, std::vector<DialectRules>& out, Errors& errors);
void ReadPortsFile(const Json& root, std::vector<Port>& out, Errors& errors);

}  // namespace libcify::rules
