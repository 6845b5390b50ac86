// Edit rules of a dialect, compiled. That takes as long as reading the facts of a target does, and needs only the rules:
// it is done beside the scan, and once for all targets that the same rules cover.
#pragma once

#include <memory>
#include <vector>

#include "base/memo.h"
#include "base/result.h"
#include "model/rule.h"
#include "model/source.h"

namespace libcify {

struct CompiledEdits;  // emit/go_edits.cc
using EditRules = std::shared_ptr<const CompiledEdits>;

// Those that cover the target. `rules` must outlive the result.
[[nodiscard]] Result<EditRules> CompileEdits(const std::vector<EditRule>& rules, const Target& target);

// Compiles each set of rules that covers a target once. For any number of threads.
class EditRulesOfTargets {
 public:
  [[nodiscard]] Result<EditRules> For(const std::vector<EditRule>& rules, const Target& target);

 private:
  Memo<std::vector<const EditRule*>, Result<EditRules>> known_;
};

}  // namespace libcify
