// In: a text and a needle. Out: where the needle first stands. See find_text.h.
#include "scan/find_text.h"

#include <cstring>
#include <experimental/simd>

namespace libcify::scan {
namespace {

namespace simd = std::experimental;
using Bytes = simd::native_simd<char>;

constexpr std::size_t kAtOnce = 4;  // vectors between two branches
constexpr std::size_t kBlock = kAtOnce * Bytes::size();

// Which bytes are `first` and have `last` behind them at that distance.
Bytes::mask_type Candidates(const char* text, std::size_t distance, char first, char last) {
  const Bytes begin(text, simd::element_aligned);
  const Bytes end(text + distance, simd::element_aligned);
  return begin == first && end == last;
}

}  // namespace

std::size_t FindText(std::string_view text, std::string_view needle, std::size_t from) {
  if (needle.empty() || from >= text.size() || text.size() - from < needle.size()) return text.find(needle, from);
  const std::size_t distance = needle.size() - 1;
  const std::size_t ends = text.size() - distance;  // where no needle can begin
  std::size_t at = from;
  for (; at + kBlock <= ends; at += kBlock) {
    Bytes::mask_type masks[kAtOnce];
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      masks[i] = Candidates(text.data() + at + i * Bytes::size(), distance, needle.front(), needle.back());
    }
    if (simd::none_of((masks[0] || masks[1]) || (masks[2] || masks[3]))) continue;
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      for (Bytes::mask_type rest = masks[i]; simd::any_of(rest);) {
        const auto in_vector = static_cast<std::size_t>(simd::find_first_set(rest));
        const std::size_t found = at + i * Bytes::size() + in_vector;
        if (std::memcmp(text.data() + found, needle.data(), needle.size()) == 0) return found;
        rest[in_vector] = false;
      }
    }
  }
  return text.find(needle, at);
}

}  // namespace libcify::scan
