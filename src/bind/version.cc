#include "bind/version.h"

#include <cstddef>

namespace libcify {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

long TakePart(std::string_view& text) {
  while (!text.empty() && !IsDigit(text.front())) text.remove_prefix(1);
  long value = 0;
  for (std::size_t digits = 0; !text.empty() && IsDigit(text.front()); ++digits) {
    if (digits < 9) value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  return value;
}

}  // namespace

bool IsNewer(std::string_view version, std::string_view than) {
  while (!version.empty() || !than.empty()) {
    const long a = TakePart(version), b = TakePart(than);
    if (a != b) return a > b;
  }
  return false;
}

}  // namespace libcify
