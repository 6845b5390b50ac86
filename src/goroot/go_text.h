// Go text as a list of tokens: enough to read tables, constants and simple functions of the tree's own tool chain.
//
// In: a file's text. Out: tokens with their places. Comments and newlines are dropped. The reader of shapes that are not
// understood gets an Error with file:line:column, so that a new Go release is never misread silently.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace libcify {

enum class GoTokenKind { kEnd, kName, kNumber, kString, kOperator };

struct GoWord {
  GoTokenKind kind = GoTokenKind::kEnd;
  std::string_view text;  // a string literal without its quotes; escapes are left as they are
  std::size_t offset = 0;
};

class GoText {
 public:
  // Half-open range of token indices.
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  [[nodiscard]] static Result<GoText> Parse(std::string file, std::string text);
  // The tokens are views of the text, which lives at one place for good: movable, not copyable.
  GoText(GoText&&) = default;
  GoText& operator=(GoText&&) = default;

  [[nodiscard]] const GoWord& At(std::size_t index) const {
    return tokens_[index < tokens_.size() ? index : tokens_.size() - 1];
  }
  [[nodiscard]] std::size_t size() const { return tokens_.size() - 1; }  // without the final kEnd
  [[nodiscard]] const std::string& file() const { return file_; }

  [[nodiscard]] bool Is(std::size_t index, std::string_view name_or_operator) const;
  [[nodiscard]] bool IsString(std::size_t index) const { return At(index).kind == GoTokenKind::kString; }
  // Whether the tokens from index on are these names and operators.
  [[nodiscard]] bool Match(std::size_t index, std::initializer_list<std::string_view> tokens) const;
  // Index of the first such sequence at or behind `from`.
  [[nodiscard]] std::optional<std::size_t> Find(std::initializer_list<std::string_view> tokens, std::size_t from = 0) const;
  // The bracket that closes the one at `open`; size() where there is none.
  [[nodiscard]] std::size_t Close(std::size_t open) const;
  // Tokens between the braces of the body of a top-level function.
  [[nodiscard]] std::optional<Range> FunctionBody(std::string_view name) const;
  // The literal of `NAME = literal` (string without quotes, or number).
  [[nodiscard]] std::optional<std::string> Constant(std::string_view name) const;

  [[nodiscard]] Error ErrorAt(std::size_t index, std::string what) const;

 private:
  GoText() = default;
  std::string file_;
  std::unique_ptr<std::string> text_;
  std::vector<GoWord> tokens_;
};

}  // namespace libcify
