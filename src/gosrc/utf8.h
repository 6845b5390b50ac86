// UTF-8 as Go's source must be (go.dev/ref/spec, "Source code representation"; RFC 3629).
#pragma once

#include <cstddef>
#include <string_view>

namespace libcify {

// Offset of the first byte that is not part of a well-formed sequence, or npos.
[[nodiscard]] std::size_t InvalidUtf8(std::string_view text);

}  // namespace libcify
