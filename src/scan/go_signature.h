// Parameters and results of a Go function, and their machine words. Private to the room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gosrc/asm_dialect.h"

namespace libcify::scan {

struct GoParameter {
  std::string name, type;  // name: "" where only the type stands there
};

struct GoSignature {
  std::vector<GoParameter> parameters, results;
};

// Of a declaration, with its body or without: "func (h Handle) Read(p []byte) (n int, err error)". A receiver comes first
// among the parameters. Nothing for what is no declaration.
[[nodiscard]] std::optional<GoSignature> ReadSignature(std::string_view declaration);

// Of a declaration without a body: "func Syscall6(num, a1 uintptr) (r1, errno uintptr)" has 2 and 2. -1 where a type is
// none of those whose words are plain: integers, bool, pointers and strings (go.dev/src/cmd/compile/abi-internal.md).
[[nodiscard]] AsmSignature SignatureOf(std::string_view declaration);

// Splits at the commas that stand outside of brackets and strings; pieces are trimmed, comments removed.
[[nodiscard]] std::vector<std::string> SplitArguments(std::string_view text);

}  // namespace libcify::scan
