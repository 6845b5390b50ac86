// An output folder that is written only when something changed.
#pragma once

#include <filesystem>
#include <string>

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
};

struct Output {
  Json counts;
  bool changed = true;  // false: a stamp says that the folder is what it would be, and nothing was read
};

// Generates into options.out, or finds with stat(2) alone that there is nothing to do.
[[nodiscard]] Result<Output> MakeOutput(const OutputOptions& options);

}  // namespace libcify
