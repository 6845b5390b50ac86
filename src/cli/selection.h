// Which tree and which target a command works on: options, completed by what the go command says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"
#include "model/port.h"
#include "model/target.h"

namespace libcify {

struct Selection {
  std::filesystem::path data;    // holds rules/ and overlays/
  std::filesystem::path goroot;  // absolute, as the go command spells it
  std::string target;            // "linux/amd64", or "all"
  std::string libc;              // "", "musl" or "glibc-2.36"
  std::string experiments;       // GOEXPERIMENT
};

// --goroot, --target, --libc and --data, which are the same for all commands.
[[nodiscard]] std::vector<OptionSpec> SelectionOptions();
// One of them.
[[nodiscard]] OptionSpec SelectionOption(const std::string& name);
[[nodiscard]] OptionSpec DialectOption();
[[nodiscard]] OptionSpec FormOption();  // --as
[[nodiscard]] OptionSpec FormatOption();

[[nodiscard]] Result<Selection> Select(const Arguments& arguments);

// --goroot alone, or what go env says.
[[nodiscard]] Result<std::filesystem::path> SelectGoroot(const std::string& given);

struct PortAndTarget {
  Port port;
  Target target;
};

// The row of ports.json for GOOS/GOARCH ("all": every row), with the libc asked for and its baseline. Usage errors list what
// there is.
[[nodiscard]] Result<std::vector<PortAndTarget>> FindTargets(const Selection& selection, const std::vector<Port>& ports);

}  // namespace libcify
