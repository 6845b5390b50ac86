// Output folders that are written only when something changed.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "cli/selection.h"

namespace libcify {

struct OutputOptions {
  Selection selection;
  std::string dialect;
  std::filesystem::path out;  // absolute
  int jobs = 0;
  std::filesystem::path sysroot;
  std::string as = "tree";  // or "patch"
};

struct Output {
  Json counts;
  bool changed = true;  // false: a stamp says that the folder is what it would be, and nothing was read
};

// Generates into options.out, or finds with stat(2) alone that there is nothing to do.
[[nodiscard]] Result<Output> MakeOutput(const OutputOptions& options);

// An output that the cache keeps for the tree and target of a go command.
struct KeptOutput {
  Selection selection;
  std::filesystem::path home;  // holds "overlay"
  bool changed = true;
};

// `go_env` has GOROOT, GOOS, GOARCH and GOEXPERIMENT, the C library is LIBCIFY_LIBC's. `salt`: what else tells two of them
// apart.
[[nodiscard]] Result<KeptOutput> KeepOutput(const std::filesystem::path& data, const std::filesystem::path& cache,
                                            const std::map<std::string, std::string>& go_env, const std::string& dialect,
                                            const std::string& salt);

struct AllOutputs {
  // Of each port the counts, with "out" and "changed"; or {"target", "reason"} where it has no output. Those that failed
  // are left out.
  std::vector<Json> ports;
  Errors errors;
};

// The same for every port of the tree, each into a folder of its own below options.out. One that fails does not hold up the
// others. The error is what keeps all of them from being made.
[[nodiscard]] Result<AllOutputs> MakeAllOutputs(const OutputOptions& options);

}  // namespace libcify
