// Constant expressions of Go's assembler.
#pragma once

#include <vector>

#include "gosrc/asm_token.h"

namespace libcify {

// Value of tokens without macros: integers, characters, + - ~, parentheses, * / % << >> & over + - | ^, in 64 bits without
// sign, as cmd/asm/internal/asm computes them. Empty for anything else.
[[nodiscard]] std::vector<long long> EvaluateAsmConstant(const std::vector<AsmToken>& tokens);

}  // namespace libcify
