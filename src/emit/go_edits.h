// Edits of Go text by rule: one query and one replacement each.
#pragma once

#include "base/result.h"
#include "emit/emit.h"
#include "emit/tree_edits.h"

namespace libcify {

// Applies every edit rule of the dialect, or of its patches, that covers the target. A rule that matches fewer or more
// places than it says is an error that names the rule and, for too many, the places.
[[nodiscard]] Errors EditGoFiles(const EmitInput& input, TreeEdits& edits);

}  // namespace libcify
