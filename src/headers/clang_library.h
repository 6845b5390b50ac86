// libclang, loaded when the first header is parsed. A generate with committed facts never needs it: linked in the usual way
// it costs every run of libcify 10 ms and 59 MB (measured, libclang 19 with libLLVM).
#pragma once

#include "base/result.h"

namespace libcify {

// Loads the library once. No function of libclang may be called before this has succeeded.
[[nodiscard]] Result<void> LoadClang();

}  // namespace libcify
