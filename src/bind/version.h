// Versions of libraries: "2.2.5" is before "2.31".
#pragma once

#include <string_view>

namespace libcify {

// Numeric, part by part; a missing part counts as 0. What is no digit separates.
[[nodiscard]] bool IsNewer(std::string_view version, std::string_view than);

}  // namespace libcify
