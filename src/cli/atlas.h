// The data of the atlas (libcify report): every port's calls, what becomes of each and why, and where Go asks for them.
//
// In: a Go tree and older ones, by the rules. Out: one JSON object, {"go", "made_by", "texts": [string], "ports": […],
// "bindings": [[text]], "binding_fields": [name], "places": […], "place_fields": […], "history": […]}:
//   ports     {"name", "libc", "mechanism", "reason", "totals": {"sites": {kind: n}, "bindings": {how: n}}, "calls": [[name,
//             number or null, binding or null, [place…]]…]}; "reason": why nothing is written for the port, "" where
//             something is; the binding is null where nothing is written, and for places that are no call of their own (the
//             number is known only when the program runs, the vdso, errno)
//   bindings  what becomes of a call, as indices of texts by "binding_fields"; the last one has a line per comparison
//   places    of the Go tree, as indices of texts by "place_fields"
//   history   [{"go", "ports": {port: {"sites": n, "calls": [text…]}}}], oldest first, the tree itself last
// Every text stands once, since ports say the same of most calls.
#pragma once

#include <filesystem>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "cli/progress.h"
#include "cli/selection.h"

namespace libcify {

// `older`: Go trees for the history, in any order.
[[nodiscard]] Result<Json> AtlasData(const Selection& selection, const std::vector<std::filesystem::path>& older, int jobs,
                                     Progress& progress);

}  // namespace libcify
