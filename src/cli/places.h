// Where things are: our rules and overlays, the user's cache, the go command and what it says of itself.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace libcify {

// The value of an environment variable, "" where it is not set.
[[nodiscard]] std::string EnvironmentValue(const char* name);

// A folder of the command line: absolute, without a slash at its end; links are left as they are. As it is where there is no
// current folder any more.
[[nodiscard]] std::filesystem::path AbsoluteFolder(const std::filesystem::path& word);

// What the machine lacks, and what to do; `file` is where, "" for nowhere.
[[nodiscard]] Error EnvironmentError(const std::string& file, const std::string& what, const std::string& hint);

// The folder that holds rules/ and overlays/: `given` (--data), else $LIBCIFY_DATA, else ../share/libcify of the executable
// (installed), else the source tree that it was built from.
[[nodiscard]] Result<std::filesystem::path> DataFolder(const std::string& given);

// $LIBCIFY_CACHE, else $XDG_CACHE_HOME/libcify, else $HOME/.cache/libcify.
[[nodiscard]] Result<std::filesystem::path> CacheFolder();

// The executable that runs now.
[[nodiscard]] std::filesystem::path ThisExecutable();

// The go command: $GO, else the one on PATH.
[[nodiscard]] Result<std::filesystem::path> FindGo();

// What `go env` says; `folder` as for its -C, "" for the current one. So a go.mod there chooses the toolchain, as it would
// for go build.
[[nodiscard]] Result<std::map<std::string, std::string>> GoEnv(const std::filesystem::path& go,
                                                               const std::vector<std::string>& names,
                                                               const std::string& folder);

}  // namespace libcify
