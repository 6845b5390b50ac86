#include "bind/rules_by_call.h"

#include <utility>

#include "rules/rules.h"

namespace libcify {

Result<RulesByCall> RulesOf(const RuleSet& rules, const Target& target) {
  RulesByCall out;
  Errors errors;
  for (const BindRule& rule : rules.bind) {
    if (!Covers(rule.scope, target)) continue;
    for (const std::string& call : rule.calls) {
      auto [slot, is_new] = out.emplace(call, &rule);
      if (is_new) continue;
      errors.push_back(
          {.where = {rule.file},
           .what = call + " on " + target.Name() + " with " + target.libc + " is also bound by " + slot->second->id,
           .rule = rule.id,
           .hint = "narrow the scope of one of them"});
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
