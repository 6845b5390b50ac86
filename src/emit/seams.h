// Seams become calls of the bridge's trampolines, or traps.
#pragma once

#include "base/result.h"
#include "emit/emit.h"
#include "emit/tree_edits.h"

namespace libcify {

// The dialect's words for this target, or an error when it has none.
[[nodiscard]] Result<SeamEdit> FindSeamEdit(const EmitInput& input);

// One edit per seam of the inventory, and on machines with a link register those of the function around it (seam_edits and
// statement_edits of the dialect, docs/bridge.md, "Other architectures"). All that cannot be edited safely is an error: a
// seam whose vector registers or flags are read afterwards, a function that cannot hold a call, a jump that counts
// instructions.
[[nodiscard]] Errors EditSeams(const EmitInput& input, TreeEdits& edits);

}  // namespace libcify
