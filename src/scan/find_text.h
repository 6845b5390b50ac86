// Searches for a literal text in a long one. Private to the room.
//
// memmem of glibc reads about 1 GB/s for short texts; this compares the first and the last byte of the needle in vectors of
// bytes, several times faster where both seldom stand at that distance.
#pragma once

#include <cstddef>
#include <string_view>

namespace libcify::scan {

// As text.find(needle, from).
[[nodiscard]] std::size_t FindText(std::string_view text, std::string_view needle, std::size_t from = 0);
// The same on a processor without AVX2; apart for the test.
[[nodiscard]] std::size_t FindTextNarrow(std::string_view text, std::string_view needle, std::size_t from);

}  // namespace libcify::scan
