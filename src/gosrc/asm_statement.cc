// Reads statements from tokens, with cmd/asm/internal/asm's rules for labels, suffixes and operands.
#include "gosrc/asm_statement.h"

#include <utility>

namespace libcify {
namespace {

bool Opens(const AsmToken& token) { return token.Is('(') || token.Is('['); }
bool Closes(const AsmToken& token) { return token.Is(')') || token.Is(']'); }

}  // namespace

bool AsmStatementReader::Next(AsmRawStatement& statement) {
  statement = {};
  ReadLabels();
  if (AtEnd()) return false;
  const AsmToken* const begin = at_;
  statement.labels = std::exchange(labels_, {});
  statement.range = begin->range;
  if (!begin->IsIdentifier()) {
    statement.problem = "expected an instruction, found '" + std::string(begin->text) + "'";
    statement.problem_offset = begin->range.begin;
    while (!AtEnd() && !at_->EndsStatement()) ++at_;
    statement.range.end = at_[-1].range.end;
    return true;
  }
  statement.mnemonic = begin->text;
  ++at_;
  while (end_ - at_ >= 2 && at_->Is('.') && at_[1].IsIdentifier()) {
    statement.mnemonic += "." + std::string(at_[1].text);
    at_ += 2;
  }
  if (!ReadMacroUse(statement)) ReadOperands(statement);
  statement.range.end = at_[-1].range.end;
  return true;
}

// Passes separators and labels; a label may stand on a line of its own.
void AsmStatementReader::ReadLabels() {
  while (!AtEnd()) {
    if (at_->EndsStatement()) {
      ++at_;
    } else if (at_->IsIdentifier() && end_ - at_ >= 2 && at_[1].Is(':')) {
      labels_.emplace_back(at_->text);
      at_ += 2;
    } else {
      return;
    }
  }
}

// "NAME(a, b)": the operands are the arguments. The next statement may follow without a separator, because the macro's body
// may end with one.
bool AsmStatementReader::ReadMacroUse(AsmRawStatement& statement) {
  if (AtEnd() || !at_->Is('(')) return false;
  if (at_->range.begin != at_[-1].range.end && !is_function_like_(statement.mnemonic)) return false;
  const AsmToken* close = at_;
  int nesting = 0;
  for (; close != end_ && close->kind != AsmTokenKind::kNewline; ++close) {
    if (close->Is('(')) ++nesting;
    if (close->Is(')') && --nesting == 0) break;
  }
  if (close == end_ || close->kind == AsmTokenKind::kNewline) {
    statement.problem = "the arguments of " + statement.mnemonic + " are not closed on their line";
    statement.problem_offset = at_->range.begin;
    at_ = close;
    return true;
  }
  const AsmToken* const behind = close + 1;
  if (behind != end_ && !behind->EndsStatement() && !behind->IsIdentifier()) return false;
  nesting = 0;
  const AsmToken* begin = at_ + 1;
  for (const AsmToken* token = begin; token != close; ++token) {
    if (token->Is('(')) ++nesting;
    if (token->Is(')')) --nesting;
    if (token->Is(',') && nesting == 0) {
      AddOperand(statement, begin, token);
      begin = token + 1;
    }
  }
  if (begin != close || !statement.operands.empty()) AddOperand(statement, begin, close);
  at_ = behind;
  return true;
}

void AsmStatementReader::ReadOperands(AsmRawStatement& statement) {
  int nesting = 0;
  const AsmToken* begin = at_;
  const AsmToken* comma = nullptr;
  for (;; ++at_) {
    const bool ends = AtEnd() || at_->EndsStatement();
    if (!ends && Opens(*at_)) ++nesting;
    if (!ends && Closes(*at_)) --nesting;
    if (!ends && !(nesting <= 0 && at_->Is(','))) continue;
    if (begin != at_) {
      AddOperand(statement, begin, at_);
    } else if (comma != nullptr || !ends) {
      statement.problem = "missing operand";
      statement.problem_offset = (comma != nullptr ? comma : at_)->range.begin;
    }
    if (ends) return;
    comma = at_;
    begin = at_ + 1;
  }
}

void AsmStatementReader::AddOperand(AsmRawStatement& statement, const AsmToken* begin, const AsmToken* end) {
  statement.operands.push_back(JoinAsm(begin, end));
  statement.operand_ranges.push_back(begin == end ? Range{} : Range{begin->range.begin, end[-1].range.end});
}

}  // namespace libcify
