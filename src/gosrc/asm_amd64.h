// amd64 in Go's assembler.
#pragma once

#include "gosrc/asm_dialect.h"

namespace libcify {

[[nodiscard]] const AsmDialect& Amd64Dialect();

}  // namespace libcify
