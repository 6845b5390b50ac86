// The instructions of one TEXT, in order, with macros expanded.
#pragma once

#include <optional>
#include <vector>

#include "gosrc/asm_file.h"

namespace libcify {

struct AsmInstruction {
  AsmStatement statement;   // with labels; of an expansion only mnemonic, operands and labels mean something
  std::size_t index = 0;    // of the file's statement from which it comes
  bool annotation = false;  // FUNCDATA and the like: counted in n(PC), but no code
};

// Labels behind the last instruction are dropped. None where a macro has no end or the function is larger than any real one.
[[nodiscard]] std::optional<std::vector<AsmInstruction>> ExpandBody(const AsmFile& file, const AsmText& text);

}  // namespace libcify
