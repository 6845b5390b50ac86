// Splits tokens of Go assembly into statements: {label:} MNEMONIC[.suffix] [operand {, operand}] (';' | newline).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gosrc/asm_token.h"

namespace libcify {

struct AsmRawStatement {
  std::vector<std::string> labels;
  std::string mnemonic;
  std::vector<std::string> operands;
  std::vector<Range> operand_ranges;
  Range range;
  std::string problem;  // "" for a well-formed statement
  std::size_t problem_offset = 0;
};

class AsmStatementReader {
 public:
  // `is_function_like` tells whether a name is a function-like macro: "NAME (a, b)" is then a use, not an instruction with
  // one operand. A name with the parenthesis directly behind it always is one (macros of included files).
  using IsMacro = std::function<bool(std::string_view)>;

  AsmStatementReader(const AsmToken* begin, const AsmToken* end, IsMacro is_function_like)
      : at_(begin), end_(end), is_function_like_(std::move(is_function_like)) {}

  // The next statement. Labels without a statement before the end of the tokens are given by pending_labels().
  [[nodiscard]] bool Next(AsmRawStatement& statement);
  [[nodiscard]] std::vector<std::string>& pending_labels() { return labels_; }

 private:
  [[nodiscard]] bool AtEnd() const { return at_ == end_; }
  void ReadLabels();
  [[nodiscard]] bool ReadMacroUse(AsmRawStatement& statement);
  void ReadOperands(AsmRawStatement& statement);
  void AddOperand(AsmRawStatement& statement, const AsmToken* begin, const AsmToken* end);

  const AsmToken* at_;
  const AsmToken* end_;
  IsMacro is_function_like_;
  std::vector<std::string> labels_;
};

}  // namespace libcify
