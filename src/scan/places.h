// Places in the tree's files. Private to the room.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "base/result.h"
#include "scan/tree.h"

namespace libcify::scan {

// Line and column of an offset, counted from the start of the text: for errors, of which there are few.
[[nodiscard]] inline Span PlaceOf(const SourceFile& file, std::size_t offset) {
  const std::string_view before = file.text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {file.path, static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(before.size() - line_start) + 1};
}

}  // namespace libcify::scan
