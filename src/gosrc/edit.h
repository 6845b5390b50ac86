// Byte-exact edits of one text: what is not edited stays byte for byte.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/source.h"

namespace libcify {

// How positions of the original are kept where an edit changes the number of lines.
enum class LineDirective {
  kNone,      // the edits must not change the number of lines; it is an error if they do
  kGo,        // "//line FILE:N" before the next whole line
  kAssembly,  // "#line N \"FILE\""
};

class Editor {
 public:
  Editor(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}

  void Replace(Range range, std::string replacement) { edits_.push_back({range, std::move(replacement)}); }
  void Insert(std::size_t offset, std::string text) { Replace({offset, offset}, std::move(text)); }
  [[nodiscard]] bool empty() const { return edits_.empty(); }
  [[nodiscard]] bool Touches(Range range) const;

  // The new text. Fails where edits overlap or lie outside the text. `shown_path` is what a line directive names.
  [[nodiscard]] Result<std::string> Apply(LineDirective directive, const std::string& shown_path) const;

 private:
  struct Edit {
    Range range;
    std::string replacement;
  };
  std::string path_, text_;
  std::vector<Edit> edits_;
};

}  // namespace libcify
