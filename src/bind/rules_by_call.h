// The binding rules of a target, by call, by function and by library.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "model/rule.h"
#include "model/target.h"

namespace libcify {

using RulesByCall = std::map<std::string, const BindRule*>;
using VersionsByFunction = std::map<std::string, const VersionRule*>;
using RulesByLibrary = std::map<std::string, const LibraryRule*>;

// The rules that cover the target; they live as long as `rules`. Two rules for one name would leave it to their order, and
// are an error.
[[nodiscard]] Result<RulesByCall> RulesOf(const RuleSet& rules, const Target& target);
[[nodiscard]] Result<VersionsByFunction> VersionsOf(const RuleSet& rules, const Target& target);
[[nodiscard]] Result<RulesByLibrary> LibrariesOf(const RuleSet& rules, const Target& target);

}  // namespace libcify
