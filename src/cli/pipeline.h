// From a Go tree to all files of an output folder, in memory: scan, facts, bind, emit, and the counts that must close.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/result.h"
#include "cli/progress.h"
#include "cli/selection.h"
#include "goroot/goroot.h"
#include "model/artifact.h"
#include "model/binding.h"
#include "model/facts.h"
#include "model/rule.h"
#include "model/source.h"

namespace libcify {

// A tree read for one target.
struct Scanned {
  PortAndTarget place;
  Goroot goroot;
  RuleSet rules;
  Inventory inventory;
  std::vector<std::string> files;  // of the tree, that the target compiles, relative to src
};

// --jobs: 0 where it was not given.
[[nodiscard]] Result<int> Jobs(const Arguments& arguments);

// Every target that a selection names.
[[nodiscard]] Result<std::vector<PortAndTarget>> FindPlaces(const Selection& selection);

// Of the places those that the tree builds for; gives the ports that it builds for and no place is of.
[[nodiscard]] Result<std::vector<std::string>> KeepKnown(const Goroot& goroot, std::vector<PortAndTarget>& places);

// Why no output is made for a port; "" where one is made.
[[nodiscard]] std::string WhyNoOutput(const Selection& selection, const PortAndTarget& place);

// The one target that a selection names.
[[nodiscard]] Result<PortAndTarget> FindPlace(const Selection& selection);

[[nodiscard]] Result<Scanned> ScanOne(const Selection& selection, PortAndTarget place, int jobs, Progress& progress);

// The facts of a target: committed ones, or those of a sysroot's headers.
[[nodiscard]] Result<Facts> FindFacts(const Selection& selection, const PortAndTarget& place,
                                      const std::filesystem::path& sysroot);

// Whether Go calls functions of a library by name on this port.
[[nodiscard]] bool CallsLibrary(const Port& port);

struct Bound {
  Scanned scanned;
  std::vector<Binding> bindings;
  std::vector<Binding> process_bindings;  // of BindForProcess
};

// `sysroot` empty: the committed facts. Every number or library's function that a request or seam names has a binding.
[[nodiscard]] Result<Bound> BindOne(const Selection& selection, int jobs, const std::filesystem::path& sysroot,
                                    Progress& progress);

struct Generated {
  std::string dialect;
  Bound bound;
  std::vector<Artifact> artifacts;
  std::vector<TreeEntry> files;  // all of the output folder: the artifacts and the JSON files
};

// `dialect` empty: the port's. `out` is where the files will lie: overlay.json names it.
[[nodiscard]] Result<Generated> GenerateOne(const Selection& selection, const std::string& dialect, int jobs,
                                            const std::filesystem::path& sysroot, const std::filesystem::path& out,
                                            Progress& progress);

// The counts: {"go", "target", "libc", "seams": {…}, "requests": {…}, "bindings": {…}, "files": {…}}.
[[nodiscard]] Json Counts(const Generated& generated);
// The same as lines for people.
[[nodiscard]] std::string CountsText(const Json& counts);

}  // namespace libcify
