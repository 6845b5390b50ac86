// Macro expansion over tokens, as cmd/asm/internal/lex does it.
#pragma once

#include <map>
#include <vector>

#include "gosrc/asm_file.h"
#include "gosrc/asm_token.h"

namespace libcify {

// Borrows the file, into whose macros the resulting tokens point.
class AsmExpander {
 public:
  explicit AsmExpander(const AsmFile& file) : file_(file) {}

  // Appends `tokens` with every macro that is in force at `offset` expanded. Fails for endless recursion, a wrong number of
  // arguments, and results that are larger than any real macro's.
  [[nodiscard]] bool Expand(const std::vector<AsmToken>& tokens, std::size_t offset, std::vector<AsmToken>& out) {
    return Expand(tokens, offset, 0, out);
  }

 private:
  [[nodiscard]] bool Expand(const std::vector<AsmToken>& tokens, std::size_t offset, int depth, std::vector<AsmToken>& out);
  const std::vector<AsmToken>& BodyOf(const AsmMacro& macro);

  const AsmFile& file_;
  std::map<const AsmMacro*, std::vector<AsmToken>> bodies_;
  std::size_t steps_ = 0;
};

}  // namespace libcify
