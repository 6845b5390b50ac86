// All rules of a set by name, whatever they are about.
#include "rules/rules.h"

namespace libcify {
namespace {

std::string FileOf(const auto& rule, const std::string& otherwise) {
  if constexpr (requires { rule.file; }) return rule.file;
  return otherwise;
}

}  // namespace

std::vector<RuleName> RuleNames(const RuleSet& rules) {
  std::vector<RuleName> out;
  const auto add = [&out](const auto& list, const std::string& file) {
    for (const auto& rule : list) out.push_back({rule.id, FileOf(rule, file), &rule.scope});
  };
  add(rules.extract, "");
  add(rules.bind, "");
  add(rules.tolerances, "rules/bind");
  add(rules.versions, "");
  add(rules.libraries, "");
  for (const DialectRules& dialect : rules.dialects) {
    const std::string file = "rules/dialects/" + dialect.name + ".json";
    add(dialect.closures, file);
    add(dialect.edits, file);
    add(dialect.adds, file);
    add(dialect.calls, file);
    add(dialect.imports, file);
    add(dialect.keeps, file);
    add(dialect.removes, file);
    add(dialect.statement_edits, file);
    add(dialect.request_edits, file);
    add(dialect.patch.edits, file);
    add(dialect.patch.adds, file);
  }
  return out;
}

}  // namespace libcify
