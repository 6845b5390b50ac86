// Emit: overlays, shims and reports out of what was found and bound. One file per dialect.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "emit/edit_rules.h"
#include "model/artifact.h"
#include "model/binding.h"
#include "model/port.h"
#include "model/rule.h"
#include "model/source.h"

namespace libcify {

// A file of the Go tree that a dialect may edit.
struct TreeFile {
  std::string path;  // relative to GOROOT/src
  std::string text;
};

struct EmitInput {
  const Target& target;
  const Port& port;
  const Inventory& inventory;
  const std::vector<Binding>& bindings;
  std::vector<Binding> process_bindings = {};  // of BindForProcess
  const DialectRules& dialect;
  EditRules edits = {};                   // of the dialect (its patches) and the target; null: they are compiled
  const std::vector<std::string>& files;  // of the tree, that the target compiles, relative to src
  std::string identity;                   // one line: what made this output
  int jobs = 0;                           // threads; 0: as many as there are processors
  bool patch = false;                     // for a compiler's own tree (EmitPatch)
  std::string sysroot = {};               // whose headers the bindings rest on; "": those of the committed facts
  // Text of a file of the tree (relative to src) or of a file below overlays/; the files of a folder of the tree.
  std::function<Result<std::string>(const std::string&)> read_tree;
  std::function<Result<std::string>(const std::string&)> read_overlay;
  std::function<std::vector<std::string>(const std::string&)> list_tree;
  // Told the id of each rule of the dialect that did something. May be empty.
  std::function<void(const std::string&)> rule_used = {};

  void Use(const std::string& rule) const {
    if (rule_used) rule_used(rule);
  }
};

// Whether the dialect has rules about calls of the target, as EmitLlgo and EmitPatch need them.
[[nodiscard]] bool RewritesCalls(const DialectRules& dialect, const Target& target);

// Everything of the gc dialect but the JSON files, sorted by path.
[[nodiscard]] Result<std::vector<Artifact>> EmitGc(const EmitInput& input);

// The same of the shims dialect.
[[nodiscard]] Result<std::vector<Artifact>> EmitShims(const EmitInput& input);

// The same of the llgo dialect, and calls.json: what became of each request.
[[nodiscard]] Result<std::vector<Artifact>> EmitLlgo(const EmitInput& input);

// The same for the compiler's own tree, with the Go tree left as it is, by what the dialect's "patch" says; and patch.json:
// which packages have patches, and whether the compiler applies them.
[[nodiscard]] Result<std::vector<Artifact>> EmitPatch(const EmitInput& input);

// sites.json, bindings.json, manifest.json, overlay.json. `goroot` and `out` are absolute.
[[nodiscard]] std::string SitesJson(const Target& target, const Inventory& inventory);
[[nodiscard]] std::string BindingsJson(const Target& target, const std::vector<Binding>& bindings);
[[nodiscard]] std::string ManifestJson(const EmitInput& input, const std::vector<Artifact>& artifacts);
[[nodiscard]] std::string OverlayJson(const std::vector<Artifact>& artifacts, const std::string& goroot,
                                      const std::string& out);

}  // namespace libcify
