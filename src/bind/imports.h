// Imports: which functions of libraries the linker binds, where a tree would look them up while it runs.
//
// In: a tree's requests, the facts of the target, and the rules that say since which version of the system a function is
// there and which libraries a program may be linked to by name. Out: one Binding per function: imported, or kept (the tree
// goes on looking it up) with the reason. A program whose table of imports names what its system lacks does not start, so
// nothing is imported that no rule dates.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/binding.h"
#include "model/facts.h"
#include "model/rule.h"
#include "model/source.h"

namespace libcify {

// Beside CallsOf(inventory). Every request of a function must be one that a request edit of the dialect covers.
[[nodiscard]] Result<std::vector<Binding>> BindImports(const Facts& facts, const Target& target, const RuleSet& rules,
                                                       const DialectRules& dialect, const Inventory& inventory);

// For calls that name the function: what BindLibrary says, but where the target has rules about its libraries, a function
// that the linker may not bind is kept, with the reason.
[[nodiscard]] Result<std::vector<Binding>> BindLinked(const Facts& facts, const Target& target, const RuleSet& rules,
                                                      const Inventory& inventory);

}  // namespace libcify
