// manifest.json of an output (rules/schema/output/manifest.schema.json), as the commands read it that work on one.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"

namespace libcify {

struct Manifest {
  std::string text;
  std::string go, target, libc;  // "go1.27.3", "linux/amd64", "glibc-2.31"
  std::string dialect, as;       // "gc"; "tree" or "patch"
  std::string experiments;       // GOEXPERIMENT
  std::string sysroot;           // whose headers the facts are of; "": the committed ones
  // Relative to GOROOT -> relative to the output; "": the file is left out. Neither leaves its folder.
  std::map<std::string, std::string> replaced;
};

[[nodiscard]] Result<Manifest> ReadManifest(const std::filesystem::path& folder);

}  // namespace libcify
