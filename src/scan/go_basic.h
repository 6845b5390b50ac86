// Go's predeclared integers. Private to the room.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace libcify::scan {

struct GoBasic {
  std::string_view name;
  int bits;  // 0: of a word
  bool is_signed;
};

// Null for other names. A bool is a byte.
[[nodiscard]] inline const GoBasic* FindBasic(std::string_view name) {
  static constexpr std::array<GoBasic, 14> kBasic = {{{"bool", 8, false},
                                                      {"byte", 8, false},
                                                      {"int", 0, true},
                                                      {"int16", 16, true},
                                                      {"int32", 32, true},
                                                      {"int64", 64, true},
                                                      {"int8", 8, true},
                                                      {"rune", 32, true},
                                                      {"uint", 0, false},
                                                      {"uint16", 16, false},
                                                      {"uint32", 32, false},
                                                      {"uint64", 64, false},
                                                      {"uint8", 8, false},
                                                      {"uintptr", 0, false}}};
  const auto* const found =
      std::find_if(kBasic.begin(), kBasic.end(), [&](const GoBasic& basic) { return basic.name == name; });
  return found == kBasic.end() ? nullptr : found;
}

}  // namespace libcify::scan
