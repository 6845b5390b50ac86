// Bind: for every number of the target's kernel the libc function that does the job, proved by contract against prototype.
#pragma once

#include "base/result.h"
#include "model/binding.h"
#include "model/facts.h"
#include "model/port.h"
#include "model/rule.h"

namespace libcify {

// One Binding per Call of the facts, sorted by number. `target.libc_version` is the baseline.
[[nodiscard]] Result<std::vector<Binding>> Bind(const Facts& facts, const Target& target, const Port& port,
                                                const RuleSet& rules);

// The same of those calls alone that a rule binds otherwise where they change one thread ("of_thread"): for callers that
// mean the whole process, as AllThreadsSyscall does.
[[nodiscard]] Result<std::vector<Binding>> BindForProcess(const Facts& facts, const Target& target, const Port& port,
                                                          const RuleSet& rules);

}  // namespace libcify
