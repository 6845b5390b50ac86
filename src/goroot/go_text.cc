#include "goroot/go_text.h"

#include <array>

#include "goroot/file_head.h"

namespace libcify {
namespace {

bool IsNameByte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

// Cuts one text into tokens.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  // False at the end or at an error, which wrong() then names.
  bool Next(GoWord& token) {
    if (!SkipSpace()) return false;
    token.offset = at_;
    const char c = text_[at_];
    if (c == '"' || c == '`' || c == '\'') return Quoted(token);
    if (IsNameByte(static_cast<unsigned char>(c))) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && IsNameByte(static_cast<unsigned char>(text_[at_]))) ++at_;
      token.kind = c >= '0' && c <= '9' ? GoTokenKind::kNumber : GoTokenKind::kName;
      token.text = text_.substr(begin, at_ - begin);
      return true;
    }
    token.kind = GoTokenKind::kOperator;
    token.text = text_.substr(at_, OperatorLength());
    at_ += token.text.size();
    return true;
  }

  [[nodiscard]] const std::optional<std::pair<std::size_t, std::string>>& wrong() const { return wrong_; }

 private:
  [[nodiscard]] std::size_t OperatorLength() const {
    static constexpr std::array<std::string_view, 10> kLong = {"&&", "||", "==", "!=", ":=", "<=", ">=", "++", "--", "..."};
    for (std::string_view op : kLong) {
      if (text_.substr(at_).starts_with(op)) return op.size();
    }
    return 1;
  }

  bool SkipSpace() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r' || rest[0] == '\n') {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t close = text_.find("*/", at_ + 2);
        if (close == std::string_view::npos) return Wrong("comment without end");
        at_ = close + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  bool Quoted(GoWord& token) {
    const char quote = text_[at_];
    const std::size_t begin = at_ + 1;
    std::size_t end = begin;
    for (; end < text_.size() && text_[end] != quote; ++end) {
      if (quote != '`' && text_[end] == '\n') return Wrong("literal without end");
      if (quote != '`' && text_[end] == '\\') ++end;
    }
    if (end >= text_.size()) return Wrong("literal without end");
    token.kind = quote == '\'' ? GoTokenKind::kNumber : GoTokenKind::kString;
    token.text = text_.substr(begin, end - begin);
    at_ = end + 1;
    return true;
  }

  bool Wrong(std::string what) {
    wrong_.emplace(at_, std::move(what));
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<std::pair<std::size_t, std::string>> wrong_;
};

}  // namespace

Result<GoText> GoText::Parse(std::string file, std::string text) {
  GoText result;
  result.file_ = std::move(file);
  result.text_ = std::make_unique<std::string>(std::move(text));
  Tokenizer tokenizer(*result.text_);
  for (GoWord token; tokenizer.Next(token);) result.tokens_.push_back(token);
  if (const auto& wrong = tokenizer.wrong()) {
    return Fail(Error{SpanAt(result.file_, *result.text_, wrong->first), wrong->second});
  }
  result.tokens_.push_back({GoTokenKind::kEnd, {}, result.text_->size()});
  return result;
}

bool GoText::Is(std::size_t index, std::string_view name_or_operator) const {
  const GoWord& token = At(index);
  return (token.kind == GoTokenKind::kName || token.kind == GoTokenKind::kOperator) && token.text == name_or_operator;
}

bool GoText::Match(std::size_t index, std::initializer_list<std::string_view> tokens) const {
  for (std::string_view token : tokens) {
    if (!Is(index++, token)) return false;
  }
  return true;
}

std::optional<std::size_t> GoText::Find(std::initializer_list<std::string_view> tokens, std::size_t from) const {
  for (std::size_t i = from; i < size(); ++i) {
    if (Match(i, tokens)) return i;
  }
  return std::nullopt;
}

std::size_t GoText::Close(std::size_t open) const {
  std::size_t depth = 0;
  for (std::size_t i = open; i < size(); ++i) {
    if (Is(i, "(") || Is(i, "[") || Is(i, "{")) ++depth;
    if (Is(i, ")") || Is(i, "]") || Is(i, "}")) {
      if (--depth == 0) return i;
    }
  }
  return size();
}

std::optional<GoText::Range> GoText::FunctionBody(std::string_view name) const {
  const auto found = Find({"func", name, "("});
  if (!found) return std::nullopt;
  std::size_t i = Close(*found + 2) + 1;
  while (i < size() && !Is(i, "{")) i = Is(i, "(") ? Close(i) + 1 : i + 1;
  if (i >= size() || Close(i) >= size()) return std::nullopt;
  return Range{i + 1, Close(i)};
}

std::optional<std::string> GoText::Constant(std::string_view name) const {
  for (auto i = Find({name, "="}); i; i = Find({name, "="}, *i + 1)) {
    const GoWord& value = At(*i + 2);
    if (value.kind == GoTokenKind::kString || value.kind == GoTokenKind::kNumber) return std::string(value.text);
  }
  return std::nullopt;
}

Error GoText::ErrorAt(std::size_t index, std::string what) const {
  return {SpanAt(file_, *text_, At(index).offset), std::move(what)};
}

}  // namespace libcify
