#include "bind/rules_by_call.h"

#include <utility>
#include <vector>

#include "rules/rules.h"

namespace libcify {
namespace {

// `names` gives the names that a rule is for; `done` what a rule does to one, for messages.
template <typename Rule, typename Names>
Result<std::map<std::string, const Rule*>> ByName(const std::vector<Rule>& rules, const Target& target, Names names,
                                                  const std::string& done) {
  std::map<std::string, const Rule*> out;
  Errors errors;
  for (const Rule& rule : rules) {
    if (!Covers(rule.scope, target)) continue;
    for (const std::string& name : names(rule)) {
      auto [slot, is_new] = out.emplace(name, &rule);
      if (is_new) continue;
      errors.push_back(
          {.where = {rule.file},
           .what = name + " on " + target.Name() + " with " + target.libc + " is also " + done + " " + slot->second->id,
           .rule = rule.id,
           .hint = "narrow the scope of one of them"});
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace

Result<RulesByCall> RulesOf(const RuleSet& rules, const Target& target) {
  return ByName(rules.bind, target, [](const BindRule& rule) -> auto& { return rule.calls; }, "bound by");
}

Result<VersionsByFunction> VersionsOf(const RuleSet& rules, const Target& target) {
  return ByName(rules.versions, target, [](const VersionRule& rule) -> auto& { return rule.functions; }, "dated by");
}

Result<RulesByLibrary> LibrariesOf(const RuleSet& rules, const Target& target) {
  return ByName(rules.libraries, target, [](const LibraryRule& rule) -> auto& { return rule.libraries; }, "judged by");
}

}  // namespace libcify
