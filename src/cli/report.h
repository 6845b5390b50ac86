// How a run ends: its problems printed, its exit code.
#pragma once

#include <string_view>

#include "base/result.h"

namespace libcify {

// Prints all problems: to standard error, one line each, in colour on a terminal (NO_COLOR and TERM=dumb are honoured); or,
// as data, {"errors": […]} on standard output. Gives 2 where usage or environment is the matter, otherwise 1.
[[nodiscard]] int ReportErrors(const Errors& errors, bool json);

// Writes to standard output.
void Print(std::string_view text);

// Whether everything written to standard output arrived; an error (kEnvironment) where it did not.
[[nodiscard]] Result<void> FlushOutput();

}  // namespace libcify
