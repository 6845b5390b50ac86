// The subcommands, one file each.
#pragma once

#include "cli/arguments.h"

namespace libcify {

[[nodiscard]] Command ScanCommand();      // scan.cc
[[nodiscard]] Command GenerateCommand();  // generate.cc
[[nodiscard]] Command CheckCommand();     // check.cc
[[nodiscard]] Command ExplainCommand();   // explain.cc
[[nodiscard]] Command ReportCommand();    // report_atlas.cc
[[nodiscard]] Command GorootCommand();    // goroot.cc
[[nodiscard]] Command GoCommand();        // go.cc
[[nodiscard]] Command LlgoCommand();      // llgo.cc
[[nodiscard]] Command VersionCommand();   // version.cc

}  // namespace libcify
