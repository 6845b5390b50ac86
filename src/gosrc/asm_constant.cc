// Evaluates constant expressions by recursive descent, with a limit on nesting.
#include "gosrc/asm_constant.h"

#include <cstdint>
#include <optional>
#include <string>

namespace libcify {
namespace {

constexpr int kMaxNesting = 200;

using Value = std::optional<std::uint64_t>;

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// Go's integer literals: 0x, 0o, 0b, a leading 0 for octal, '_' between digits (strconv.ParseUint with base 0).
Value ParseInteger(std::string_view text) {
  unsigned base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
    text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
  }
  if (text.empty()) return {};
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c == '_') continue;
    const auto digit = static_cast<unsigned>(DigitValue(c));
    if (digit >= base || value > (UINT64_MAX - digit) / base) return {};
    value = value * base + digit;
  }
  return value;
}

// 'a' and the simple escapes; other characters are in no immediate of std.
Value ParseCharacter(std::string_view text) {
  if (text.size() == 3 && static_cast<unsigned char>(text[1]) < 0x80) return static_cast<unsigned char>(text[1]);
  if (text.size() != 4 || text[1] != '\\') return {};
  constexpr std::string_view kEscapes = "abfnrtv\\'";
  constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\'";
  const std::size_t at = kEscapes.find(text[2]);
  return at == std::string_view::npos ? Value() : Value(static_cast<unsigned char>(kValues[at]));
}

class Evaluator {
 public:
  explicit Evaluator(const std::vector<AsmToken>& tokens) : tokens_(tokens) {}

  Value Whole() {
    const Value value = Sum();
    return at_ == tokens_.size() ? value : Value();
  }

 private:
  [[nodiscard]] bool Is(char c) const { return at_ < tokens_.size() && tokens_[at_].Is(c); }
  [[nodiscard]] bool Take(char c) {
    if (!Is(c)) return false;
    ++at_;
    return true;
  }
  // "<<" and ">>" are two tokens here.
  [[nodiscard]] bool TakeShift(char c) {
    if (!Is(c) || at_ + 1 >= tokens_.size() || !tokens_[at_ + 1].Is(c)) return false;
    at_ += 2;
    return true;
  }

  Value Sum() {
    Value value = Product();
    while (value) {
      const char op = Take('+') ? '+' : Take('-') ? '-' : Take('|') ? '|' : Take('^') ? '^' : '\0';
      if (op == '\0') break;
      const Value right = Product();
      if (!right) return {};
      value = op == '+' ? *value + *right : op == '-' ? *value - *right : op == '|' ? *value | *right : *value ^ *right;
    }
    return value;
  }

  Value Product() {
    Value value = Factor();
    while (value) {
      const char op = Take('*')        ? '*'
                      : Take('/')      ? '/'
                      : Take('%')      ? '%'
                      : Take('&')      ? '&'
                      : TakeShift('<') ? '<'
                      : TakeShift('>') ? '>'
                                       : '\0';
      if (op == '\0') break;
      const Value right = Factor();
      if (!right) return {};
      value = Combine(op, *value, *right);
    }
    return value;
  }

  // cmd/asm refuses to divide or to shift right what looks negative, and to divide by zero.
  static Value Combine(char op, std::uint64_t left, std::uint64_t right) {
    const bool negative = (left >> 63) != 0;
    switch (op) {
      case '*':
        return left * right;
      case '&':
        return left & right;
      case '<':
        return right >= 64 ? 0 : left << right;
      case '>':
        return negative ? Value() : Value(right >= 64 ? 0 : left >> right);
      default:
        if (right == 0 || negative) return {};
        return op == '/' ? left / right : left % right;
    }
  }

  Value Factor() {
    if (at_ >= tokens_.size() || ++nesting_ > kMaxNesting) return {};
    Value value;
    if (Take('+')) {
      value = Factor();
    } else if (Take('-')) {
      value = Factor();
      if (value) value = 0 - *value;
    } else if (Take('~')) {
      value = Factor();
      if (value) value = ~*value;
    } else if (Take('(')) {
      value = Sum();
      if (!Take(')')) return {};
    } else {
      const AsmToken& token = tokens_[at_++];
      if (token.kind == AsmTokenKind::kNumber) value = ParseInteger(token.text);
      if (token.kind == AsmTokenKind::kChar) value = ParseCharacter(token.text);
    }
    --nesting_;
    return value;
  }

  const std::vector<AsmToken>& tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
};

}  // namespace

std::vector<long long> EvaluateAsmConstant(const std::vector<AsmToken>& tokens) {
  const Value value = Evaluator(tokens).Whole();
  if (!value) return {};
  return {static_cast<long long>(*value)};
}

}  // namespace libcify
