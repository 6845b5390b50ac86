// Which number a system-call instruction is given. Private to the room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gosrc/asm_dialect.h"
#include "gosrc/asm_file.h"

namespace libcify::scan {

struct AsmConstant {
  long long value = 0;
  std::string operand;  // as the last move wrote it: "$SYS_read"
};

// The value of `register_name` before each statement of the TEXT at `text`, where every path to it agrees on one constant.
// Index 0 is statement text.first. A statement that the dialect does not know may change the register and go anywhere.
[[nodiscard]] std::vector<std::optional<AsmConstant>> ConstantsBefore(const AsmFile& file, const AsmText& text,
                                                                      const AsmDialect& dialect,
                                                                      const std::string& register_name);

}  // namespace libcify::scan
