// FindText against std::string_view::find: at every place around the edges of its blocks.
#include "scan/find_text.h"

#include <gtest/gtest.h>

#include <string>

namespace libcify::scan {
namespace {

TEST(FindText, FindsWhatFindFinds) {
  const std::string texts[] = {"", "a", "ab", "abc", "//go:linkname"};
  for (const std::string& needle : texts) {
    for (std::size_t size = 0; size < 200; ++size) {
      for (std::size_t at = 0; at + needle.size() <= size; at += 1 + at / 8) {
        std::string text(size, needle.empty() ? 'x' : needle.back());
        if (size > 3) text[size / 2] = needle.empty() ? 'y' : needle.front();  // bytes that fit, words that do not
        text.replace(at, needle.size(), needle);
        for (const std::size_t from : {std::size_t{0}, at, at + 1, size, size + 1}) {
          const std::size_t expected = std::string_view(text).find(needle, from);
          ASSERT_EQ(FindText(text, needle, from), expected) << text << " from " << from;
          ASSERT_EQ(FindTextNarrow(text, needle, from), expected) << text << " from " << from;
        }
      }
    }
  }
}

}  // namespace
}  // namespace libcify::scan
