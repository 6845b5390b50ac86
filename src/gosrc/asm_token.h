// Tokens of Go's assembler: text/scanner with comments dropped and newlines kept, as cmd/asm/internal/lex uses it. Middle
// dot and division slash are letters there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.h"

namespace libcify {

enum class AsmTokenKind {
  kIdentifier,
  kNumber,
  kString,   // with its quotes
  kChar,     // with its quotes
  kPunct,    // one byte
  kNewline,  // also a backslash in front of a newline, which is where a line of a #define's body ends
};

struct AsmToken {
  AsmTokenKind kind = AsmTokenKind::kNewline;
  bool continues = false;  // a newline behind a backslash: it ends a statement, but not a #define
  Range range;
  std::string_view text;  // into the scanned text

  [[nodiscard]] bool Is(char punct) const { return kind == AsmTokenKind::kPunct && text[0] == punct; }
  [[nodiscard]] bool IsIdentifier() const { return kind == AsmTokenKind::kIdentifier; }
  [[nodiscard]] bool EndsStatement() const { return kind == AsmTokenKind::kNewline || Is(';'); }
};

struct AsmScanProblem {
  std::size_t offset = 0;
  std::string what;
};

// All tokens, the last of which is always a newline (an empty one at the end where the text has none). Problems are noted
// and scanning goes on, so that the tokens cover the whole text whatever it holds.
[[nodiscard]] std::vector<AsmToken> ScanAsm(std::string_view text, std::vector<AsmScanProblem>& problems);

// The text of tokens as the source writes it, with comments dropped and blanks folded.
[[nodiscard]] std::string JoinAsm(const AsmToken* begin, const AsmToken* end);

}  // namespace libcify
