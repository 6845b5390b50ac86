// Running other programs without a shell.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace libcify {

struct Captured {
  int status = 0;  // exit code; 128 + number for a signal
  std::string out;
  std::string err;
};

// Runs `argv` (argv[0] a path, or found on PATH) to its end.
[[nodiscard]] Result<Captured> Capture(const std::vector<std::string>& argv);

// Where PATH has an executable of that name; a name with a slash is looked at as it is.
[[nodiscard]] std::optional<std::filesystem::path> FindProgram(const std::string& name);

// Becomes the program, so that signals and exit codes pass; returns only when that fails. `set`: NAME=VALUE added to the
// environment.
[[nodiscard]] Result<void> Become(const std::filesystem::path& program, const std::vector<std::string>& argv,
                                  const std::vector<std::string>& set);

}  // namespace libcify
