// From a Go tree to all files of an output folder, in memory: scan, facts, bind, emit, and the counts that must close.
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/result.h"
#include "cli/progress.h"
#include "cli/selection.h"
#include "emit/edit_rules.h"
#include "goroot/goroot.h"
#include "model/artifact.h"
#include "model/binding.h"
#include "model/facts.h"
#include "model/rule.h"
#include "model/source.h"
#include "scan/scan.h"

namespace libcify {

// --jobs: 0 where it was not given.
[[nodiscard]] Result<int> Jobs(const Arguments& arguments);

// The one target that a selection names.
[[nodiscard]] Result<PortAndTarget> FindPlace(const Selection& selection);

// Why no output is made for a port; "" where one is made.
[[nodiscard]] std::string WhyNoOutput(const Selection& selection, const PortAndTarget& place);

// What a selection names: its rules are being read, of the tree nothing is yet.
struct Named {
  std::future<Result<RuleSet>> rules;
  Goroot goroot;
  std::vector<PortAndTarget> places;  // with --target all, those of the tree
  std::vector<std::string> unread;    // with --target all, ports of the tree that no row describes
};
[[nodiscard]] Result<Named> FindNamed(const Selection& selection);

// What all its places share.
struct Sources {
  Selection selection;
  Goroot goroot;
  std::vector<PortAndTarget> places;
  Scanner scanner;                                   // of the places
  std::unique_ptr<EditRulesOfTargets> edits;         // filled as it is asked
  std::shared_future<Result<std::string>> overlays;  // the fingerprint of the hand-written glue, on its way
};
[[nodiscard]] Result<Sources> OpenSources(const Selection& selection, Named named, int jobs, Progress& progress);
// Of the one target that a selection names. Fails where no output is made for it.
[[nodiscard]] Result<Sources> OpenSources(const Selection& selection, int jobs, Progress& progress);

// A tree read for one target.
struct Scanned {
  const Sources* sources = nullptr;
  PortAndTarget place;
  Inventory inventory;
  std::vector<std::string> files;  // of the tree, that the target compiles, relative to src

  [[nodiscard]] const RuleSet& rules() const { return sources->scanner.rules(); }
};

// The facts of a target: committed ones, or those of a sysroot's headers.
[[nodiscard]] Result<Facts> FindFacts(const Selection& selection, const PortAndTarget& place,
                                      const std::filesystem::path& sysroot);

// Whether Go calls functions of a library by name on this port.
[[nodiscard]] bool CallsLibrary(const Port& port);

struct Bound {
  Scanned scanned;
  std::vector<Binding> bindings;
  std::vector<Binding> process_bindings;  // of BindForProcess
  std::string dialect;
};

// How the places of some sources are bound and written. The sources must outlive what is made.
struct MakeOptions {
  std::string dialect;            // "": the port's
  std::filesystem::path sysroot;  // "": the committed facts
  std::filesystem::path out;      // where the files will lie: overlay.json names it
  int jobs = 0;
  std::string as = "tree";  // or "patch": files of the compiler's own tree
};

// The dialect that a place asks for: `asked`, which must fit the port, or, where that is "", the port's own.
[[nodiscard]] Result<std::string> DialectFor(const PortAndTarget& place, const RuleSet& rules, const std::string& asked);

// Every number or library's function that a request or seam of the place names has a binding.
[[nodiscard]] Result<Bound> BindOne(const Sources& sources, std::size_t place, const MakeOptions& options,
                                    Progress& progress);

struct Generated {
  Bound bound;
  std::vector<Artifact> artifacts;
  std::vector<TreeEntry> files;  // all of the output folder: the artifacts and the JSON files
  std::set<std::string> rules;   // of the dialect, that did something
  std::string identity;          // one line that says what made it; some of the files hold it
};

[[nodiscard]] Result<Generated> GenerateOne(const Sources& sources, std::size_t place, const MakeOptions& options,
                                            Progress& progress);

// The counts: {"go", "target", "libc", "seams": {…}, "requests": {…}, "bound": "numbers", "bindings": {…}, "files": {…}}.
[[nodiscard]] Json Counts(const Generated& generated);
// The same as lines for people.
[[nodiscard]] std::string CountsText(const Json& counts);

}  // namespace libcify
