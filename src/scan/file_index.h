// What the text of a file holds, as far as words and lines tell: read when it is first asked for, and once for all ports
// that share the file. Private to the room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "model/source.h"

namespace libcify::scan {

// A word that is looked for in many files.
struct HashedWord {
  explicit HashedWord(std::string_view word);

  std::string_view text;
  std::uint32_t hash;
};

// A line that declares a function, as gofmt writes it.
struct FuncLine {
  HashedWord name;
  std::string_view receiver;  // "(t *rtype", "" for a function
  std::size_t begin = 0;      // in the file
};

class FileIndex {
 public:
  // The text must outlive the index.
  explicit FileIndex(std::string_view text) : text_(text) {}

  // Where a whole word stands: identifiers of ASCII.
  [[nodiscard]] std::vector<Range> Words(const HashedWord& word) const;
  // The lines that declare a function, or a method, of that name.
  [[nodiscard]] std::span<const FuncLine> FuncLines(const HashedWord& name) const;
  // False where the text does not hold the word; true may be wrong.
  [[nodiscard]] bool MayHold(const HashedWord& word) const;

 private:
  void NoteWords() const;
  void NoteFuncLines() const;

  std::string_view text_;
  mutable std::once_flag words_noted_, func_lines_noted_;
  mutable std::vector<std::uint64_t> bits_;   // a word's hash, modulo their number, is set; a power of two
  mutable std::vector<FuncLine> func_lines_;  // by hash and name, then in the order of the text
};

}  // namespace libcify::scan
