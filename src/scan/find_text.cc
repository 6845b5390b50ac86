// In: a text and a needle. Out: where the needle first stands. See find_text.h.
#include "scan/find_text.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <experimental/simd>
#ifdef __x86_64__
#include <immintrin.h>
#endif

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

#ifdef __x86_64__
// As Candidates: a bit for each byte.
[[gnu::target("avx2")]] std::uint64_t WideCandidates(const char* text, std::size_t distance, __m256i first, __m256i last) {
  const __m256i begin = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  const __m256i end = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + distance));
  const __m256i both = _mm256_and_si256(_mm256_cmpeq_epi8(begin, first), _mm256_cmpeq_epi8(end, last));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(both));
}

// FindTextNarrow with the vectors of AVX2, twice as wide as those that every amd64 has. The needle fits in the text.
[[gnu::target("avx2")]] std::size_t FindWide(std::string_view text, std::string_view needle, std::size_t at) {
  constexpr std::size_t kSize = sizeof(__m256i);
  const std::size_t distance = needle.size() - 1;
  const std::size_t ends = text.size() - distance;
  const __m256i first = _mm256_set1_epi8(needle.front());
  const __m256i last = _mm256_set1_epi8(needle.back());
  for (; at + 2 * kSize <= ends; at += 2 * kSize) {
    const char* here = text.data() + at;
    std::uint64_t rest = WideCandidates(here, distance, first, last) | WideCandidates(here + kSize, distance, first, last)
                                                                           << kSize;
    for (; rest != 0; rest &= rest - 1) {
      const std::size_t found = at + static_cast<std::size_t>(std::countr_zero(rest));
      if (std::memcmp(text.data() + found, needle.data(), needle.size()) == 0) return found;
    }
  }
  return text.find(needle, at);
}
#endif

bool Fits(std::string_view text, std::string_view needle, std::size_t from) {
  return !needle.empty() && from < text.size() && text.size() - from >= needle.size();
}

}  // namespace

std::size_t FindTextNarrow(std::string_view text, std::string_view needle, std::size_t from) {
  if (!Fits(text, needle, from)) return text.find(needle, from);
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

std::size_t FindText(std::string_view text, std::string_view needle, std::size_t from) {
#ifdef __x86_64__
  static const bool has_wide = __builtin_cpu_supports("avx2") != 0;
  if (has_wide && Fits(text, needle, from)) return FindWide(text, needle, from);
#endif
  return FindTextNarrow(text, needle, from);
}

}  // namespace libcify::scan
