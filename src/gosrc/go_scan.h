// Tokens of Go, as far as brackets, separators and names go: what has to be known of a text before tree-sitter may see it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.h"

namespace libcify {

struct GoToken {
  enum class Kind { kIdentifier, kLiteral, kOperator, kSemicolon };  // a semicolon also where a newline stands for one
  Kind kind = Kind::kOperator;
  Range range;
  std::string_view text;

  [[nodiscard]] bool Is(std::string_view wanted) const { return text == wanted; }
};

struct GoScanProblem {
  std::size_t offset = 0;
  std::string what;  // "" for none
};

// All tokens of these parts of the text, in order; operators are one byte each. The first problem: a literal or comment
// without an end, or nesting that the parser could not stand: libtree-sitter 0.20 counts the children of an error in 16 bits
// and destroys the heap beyond them.
[[nodiscard]] std::vector<GoToken> ScanGo(std::string_view text, const std::vector<Range>& parts, GoScanProblem& problem);

// For a text that the grammar refuses: the same text with newer syntax put into older words, of the same length, so that
// every offset stays. Where nothing applies, the text itself.
// - new(expression): the grammar takes a type only; the name is changed, so that it parses as any call.
// - type parameters of methods are blanked.
[[nodiscard]] std::string WithOlderSyntax(std::string_view text, const std::vector<GoToken>& tokens);

}  // namespace libcify
