// Checks UTF-8: shortest forms only, no surrogates, nothing over U+10FFFF.
#include "gosrc/utf8.h"

#include <cstdint>
#include <cstring>

namespace libcify {
namespace {

// Length of the well-formed sequence at `at`, 0 where there is none. RFC 3629, section 4, gives the ranges of the second
// byte.
std::size_t SequenceLength(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(at);
  const unsigned second = byte(at + 1);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return is_tail(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (lead == 0xE0 && second < 0xA0) return 0;
    if (lead == 0xED && second > 0x9F) return 0;
    return is_tail(at + 1) && is_tail(at + 2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (lead == 0xF0 && second < 0x90) return 0;
    if (lead == 0xF4 && second > 0x8F) return 0;
    return is_tail(at + 1) && is_tail(at + 2) && is_tail(at + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t InvalidUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    // Nearly all of Go is ASCII: eight bytes at a time.
    std::uint64_t eight = 0;
    if (text.size() - at >= sizeof eight) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080U) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const std::size_t length = SequenceLength(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace libcify
