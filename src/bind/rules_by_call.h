// The binding rules of a target, by call.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "model/rule.h"
#include "model/target.h"

namespace libcify {

using RulesByCall = std::map<std::string, const BindRule*>;

// The rules that cover the target; they live as long as `rules`. Two rules for one call would leave it to their order, and
// are an error.
[[nodiscard]] Result<RulesByCall> RulesOf(const RuleSet& rules, const Target& target);

}  // namespace libcify
