// The subcommands, one file each.
#pragma once

#include <vector>

#include "cli/arguments.h"

namespace libcify {

[[nodiscard]] Command ScanCommand();      // scan.cc
[[nodiscard]] Command GenerateCommand();  // generate.cc
[[nodiscard]] Command CheckCommand();     // check.cc
[[nodiscard]] Command DiffCommand();      // diff.cc
[[nodiscard]] Command ExplainCommand();   // explain.cc
[[nodiscard]] Command ReportCommand();    // report_atlas.cc
[[nodiscard]] Command GorootCommand();    // goroot.cc
[[nodiscard]] Command GoCommand();        // go.cc
[[nodiscard]] Command LlgoCommand();      // llgo.cc
[[nodiscard]] Command VersionCommand();   // version.cc

[[nodiscard]] Command CompletionCommand();         // completion.cc
[[nodiscard]] std::vector<Command> AllCommands();  // cli.cc; as the help lists them

}  // namespace libcify
