// Scans Go assembly into tokens, in one pass over the text.
#include "gosrc/asm_token.h"

#include <algorithm>
#include <utility>

namespace libcify {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Bytes over 0x7f belong to letters (middle dot, division slash, other scripts), so they need no decoding.
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

class Scanner {
 public:
  Scanner(std::string_view text, std::vector<AsmScanProblem>& problems) : text_(text), problems_(problems) {}

  std::vector<AsmToken> Scan() {
    tokens_.reserve(text_.size() / 4);
    while (at_ < text_.size()) Step();
    if (tokens_.empty() || tokens_.back().kind != AsmTokenKind::kNewline || tokens_.back().continues) {
      Add(AsmTokenKind::kNewline, text_.size());
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char Peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void Add(AsmTokenKind kind, std::size_t end, bool continues = false) {
    tokens_.push_back({kind, continues, {at_, end}, text_.substr(at_, end - at_)});
    at_ = end;
  }

  void Step() {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '\n') {
      Newline();
    } else if (c == '/' && Peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '/' && Peek(1) == '*') {
      BlockComment();
    } else if (IsLetter(c)) {
      std::size_t end = at_;
      while (end < text_.size() && (IsLetter(text_[end]) || IsDigit(text_[end]))) ++end;
      Add(AsmTokenKind::kIdentifier, end);
    } else if (IsDigit(c)) {
      Number();
    } else if (c == '"' || c == '\'') {
      Quoted(c);
    } else {
      if (c == '\0') problems_.push_back({at_, "a NUL byte"});
      Add(AsmTokenKind::kPunct, at_ + 1);
    }
  }

  // A backslash continues a line also when blanks or a comment stand behind it: cmd/asm drops both before it looks.
  void Newline() {
    if (tokens_.empty() || !tokens_.back().Is('\\')) return Add(AsmTokenKind::kNewline, at_ + 1);
    const std::size_t begin = tokens_.back().range.begin;
    ++at_;
    tokens_.back() = {AsmTokenKind::kNewline, true, {begin, at_}, text_.substr(begin, at_ - begin)};
  }

  // A comment over several lines does not end a statement.
  void BlockComment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) problems_.push_back({at_, "the comment is not terminated"});
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
  }

  // Integers in every base, with '_', and floating point ("1.5e-3"): all letters and digits, and what belongs to an
  // exponent.
  void Number() {
    const bool hex = Peek(0) == '0' && (Peek(1) == 'x' || Peek(1) == 'X');
    std::size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      const char before = end > at_ ? text_[end - 1] : '\0';
      const bool exponent = hex ? (before == 'p' || before == 'P') : (before == 'e' || before == 'E');
      if (!IsDigit(c) && !(IsLetter(c) && static_cast<unsigned char>(c) < 0x80) && c != '.' &&
          !((c == '+' || c == '-') && exponent)) {
        break;
      }
      ++end;
    }
    Add(AsmTokenKind::kNumber, end);
  }

  void Quoted(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n' ? 2 : 1;
    }
    const bool closed = end < text_.size() && text_[end] == quote;
    if (!closed) problems_.push_back({at_, "the literal is not terminated"});
    Add(quote == '"' ? AsmTokenKind::kString : AsmTokenKind::kChar, closed ? end + 1 : end);
  }

  std::string_view text_;
  std::vector<AsmScanProblem>& problems_;
  std::vector<AsmToken> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<AsmToken> ScanAsm(std::string_view text, std::vector<AsmScanProblem>& problems) {
  return Scanner(text, problems).Scan();
}

std::string JoinAsm(const AsmToken* begin, const AsmToken* end) {
  std::string out;
  for (const AsmToken* token = begin; token != end; ++token) {
    if (token != begin && token->range.begin > token[-1].range.end) out += ' ';
    out += token->text;
  }
  return out;
}

}  // namespace libcify
