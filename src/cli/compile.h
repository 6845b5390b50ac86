// C++ that was written, through a compiler for its target.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/target.h"

namespace libcify {

// A command that compiles C++ against the target's C library: `asked`, a program and its options, where there is such a
// program, or one that is known by its name. Empty where there is none.
[[nodiscard]] std::vector<std::string> FindCompiler(const Target& target, const std::string& asked);

// What the compiler's first error says of a text, with all warnings; nothing where it takes it.
[[nodiscard]] Result<std::optional<std::string>> Refusal(const std::vector<std::string>& compiler, const std::string& text);

}  // namespace libcify
