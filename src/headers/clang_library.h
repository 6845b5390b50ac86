// libclang, loaded when the first header is parsed. A generate with committed facts never needs it: linked in the usual way
// it costs every run of libcify 10 ms and 59 MB (measured, libclang 19 with libLLVM).
#pragma once

#include <string>

#include "base/result.h"

namespace libcify {

// Loads the library once. No function of libclang may be called before this has succeeded.
[[nodiscard]] Result<void> LoadClang();

// The folder of the compiler's own headers (stddef.h, the vector types …) with all that belongs to them. Debian's libclang
// lies elsewhere than it thinks, and finds them for Linux alone. "" where there is none.
[[nodiscard]] const std::string& ClangResources();

}  // namespace libcify
