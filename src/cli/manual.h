// What is said of all commands together: the overview of libcify help, and the man page, from the tables that the help of
// each command is made of.
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"

namespace libcify {

[[nodiscard]] std::string Overview(const std::vector<Command>& commands);

// The man page in mdoc(7), which man of Linux, the BSDs and macOS show.
[[nodiscard]] std::string ManPage(const std::vector<Command>& commands);

}  // namespace libcify
