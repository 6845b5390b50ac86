// amd64 and 386 in Go's assembler.
#pragma once

#include "gosrc/asm_dialect.h"

namespace libcify {

[[nodiscard]] const AsmDialect& Amd64Dialect();
[[nodiscard]] const AsmDialect& I386Dialect();

}  // namespace libcify
