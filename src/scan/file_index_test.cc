// Words and function lines of small texts.
#include "scan/file_index.h"

#include <gtest/gtest.h>

#include <string>

namespace libcify::scan {
namespace {

TEST(FileIndex, FindsWholeWordsOnly) {
  const std::string text = "read = reads + _read + read_ + \u00b7read(SB) + x.read // read";
  const FileIndex index(text);
  std::vector<std::size_t> places;
  for (const Range& range : index.Words(HashedWord("read"))) {
    EXPECT_EQ(text.substr(range.begin, range.size()), "read");
    places.push_back(range.begin);
  }
  const std::size_t dotted = text.find("\u00b7read") + std::string_view("\u00b7").size();
  EXPECT_EQ(places, (std::vector<std::size_t>{0, dotted, text.find("x.read") + 2, text.rfind("read")}));
  EXPECT_TRUE(index.Words(HashedWord("rea")).empty());
  EXPECT_TRUE(index.Words(HashedWord("")).empty());
  EXPECT_TRUE(FileIndex("").Words(HashedWord("read")).empty());
}

TEST(FileIndex, MayHoldIsRightWhereItSaysNo) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "word" + std::to_string(i) + ' ';
  const FileIndex index(text);
  int wrong = 0;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(index.MayHold(HashedWord("word" + std::to_string(i))));
    wrong += index.MayHold(HashedWord("other" + std::to_string(i))) ? 1 : 0;
  }
  EXPECT_LT(wrong, 500);  // or it would be of no use
}

TEST(FileIndex, FunctionLinesByName) {
  const std::string text =
      "package p\n\nfunc Len()\nfunc (t *rtype) Len() int {\n}\nfunc Len2[T any](x T) {}\n\tfunc Len() // none\n"
      "func (broken\nfunc nothing\n";
  const FileIndex index(text);
  std::string found;
  for (const FuncLine& line : index.FuncLines(HashedWord("Len"))) {
    found += std::string(line.receiver) + "|" + text.substr(line.begin, text.find('\n', line.begin) - line.begin) + ";";
  }
  EXPECT_EQ(found, "|func Len();(t *rtype|func (t *rtype) Len() int {;");
  EXPECT_EQ(index.FuncLines(HashedWord("Len2")).size(), 1U);
  EXPECT_TRUE(index.FuncLines(HashedWord("nothing")).empty());
}

}  // namespace
}  // namespace libcify::scan
