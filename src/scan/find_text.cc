// In: a text and a needle. Out: where the needle first stands. See find_text.h.
#include "scan/find_text.h"

#include <cstring>

namespace libcify::scan {
namespace {

constexpr std::size_t kBlock = 64;

// Whether `first` and `last` stand `distance` apart anywhere in the block: a loop without branches, for the vectoriser.
bool MayHold(const char* block, std::size_t distance, char first, char last) {
  unsigned char any = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    any |= static_cast<unsigned char>(static_cast<unsigned>(block[i] == first) &
                                      static_cast<unsigned>(block[i + distance] == last));
  }
  return any != 0;
}

}  // namespace

std::size_t FindText(std::string_view text, std::string_view needle, std::size_t from) {
  if (needle.empty() || from >= text.size() || text.size() - from < needle.size()) return text.find(needle, from);
  const std::size_t distance = needle.size() - 1;
  const std::size_t ends = text.size() - distance;  // where no needle can begin
  const auto in = [&](std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      if (text[at] == needle.front() && std::memcmp(text.data() + at, needle.data(), needle.size()) == 0) return at;
    }
    return std::string_view::npos;
  };
  std::size_t at = from;
  for (; at + kBlock <= ends; at += kBlock) {
    if (!MayHold(text.data() + at, distance, needle.front(), needle.back())) continue;
    if (const std::size_t found = in(at, at + kBlock); found != std::string_view::npos) return found;
  }
  return in(at, ends);
}

}  // namespace libcify::scan
