// Offsets of the line starts of one text, for turning a byte offset into line and column.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace libcify {

class TextLines {
 public:
  TextLines() = default;
  explicit TextLines(std::string_view text) {
    starts_.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
      starts_.push_back(at + 1);
  }

  // Line of an offset, from 1. An offset behind the end belongs to the last line.
  [[nodiscard]] int LineOf(std::size_t offset) const {
    return static_cast<int>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin());
  }
  [[nodiscard]] std::size_t StartOf(int line) const { return starts_[static_cast<std::size_t>(line) - 1]; }
  [[nodiscard]] Span At(const std::string& file, std::size_t offset) const {
    const int line = LineOf(offset);
    return {file, line, static_cast<int>(offset - StartOf(line)) + 1};
  }

 private:
  std::vector<std::size_t> starts_;
};

}  // namespace libcify
