// What was written earlier and must be what libcify makes now: inventories, the fingerprints of rules/trees.json, outputs of
// generate.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/forms.h"
#include "cli/manifest.h"
#include "upgrade/known_trees.h"

namespace libcify {

struct Currency {
  std::string said;
  Errors errors;
};

// rules/trees.json of the selection's data; none is no error.
[[nodiscard]] Result<KnownTrees> LoadKnownTrees(const Selection& selection);

// Writes what the tree is found to be, of all ports and libraries: into `known` and its file, and, unless it is older than
// theirs, to the inventories.
[[nodiscard]] Result<void> Update(const Sources& sources, const AllForms& all, KnownTrees& known);

// rules/inventory, where it is of the tree's version. `whole`: of all ports and libraries, so none may be missing.
[[nodiscard]] Result<Currency> CompareInventories(const Sources& sources, const AllForms& all, bool whole);

// rules/trees.json, where it knows the tree's version.
[[nodiscard]] Currency CompareForms(const Sources& sources, const AllForms& all, const KnownTrees& known, bool whole);

struct CheckedOutput {
  std::filesystem::path folder;  // absolute
  Manifest manifest;
};

// The output in a folder, or those of --target all in its subfolders. None of "".
[[nodiscard]] Result<std::vector<CheckedOutput>> FindOutputs(const std::string& folder);

[[nodiscard]] Currency CompareOutputs(const Sources& sources, const std::vector<CheckedOutput>& outputs, int jobs,
                                      Progress& progress);

}  // namespace libcify
