// Trees as diff compares them: read from a GOROOT for many ports at once, or from inventories.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/pipeline.h"
#include "cli/selection.h"
#include "upgrade/compare.h"

namespace libcify {

// Of the ports that have no record, one that several share once.
[[nodiscard]] Errors UnreadErrors(const Tree& tree);

// Every place of the sources, in all dialects and forms.
[[nodiscard]] Tree ReadTree(const Sources& sources, int jobs, Progress& progress);

// A GOROOT for selection.target; errors of single ports are in the tree.
[[nodiscard]] Result<Tree> ReadGoroot(const Selection& selection, int jobs, Progress& progress);

// Inventories: a file of one or several, or a folder of such files. `target`: "all", or the only one that counts.
[[nodiscard]] Result<Tree> ReadInventoryFiles(const std::filesystem::path& path, const std::string& target);

}  // namespace libcify
