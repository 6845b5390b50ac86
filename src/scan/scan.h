// Scan: all places where a Go tree reaches the operating system, each explained by a rule; what no rule explains is an
// error.
#pragma once

#include "base/result.h"
#include "goroot/goroot.h"
#include "model/port.h"
#include "model/rule.h"
#include "model/source.h"

namespace libcify {

struct ScanOptions {
  int jobs = 0;  // 0: as many as there are processors; the result does not depend on it
};

// Reads the files that the target compiles of every package of std. Fails with all unexplained places at once.
[[nodiscard]] Result<Inventory> Scan(const Goroot& goroot, const Target& target, const Port& port, const RuleSet& rules,
                                     const ScanOptions& options);

}  // namespace libcify
