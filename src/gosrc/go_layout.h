// A light lexer for Go: which bytes of a file are code, and where its top-level declarations are.
//
// It exists for speed: of a file of 200 KB often one declaration matters, and the parser is a hundred times slower than
// this. Nothing is decided by it alone: a text that it cuts wrongly does not parse, and is then parsed whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gosrc/go_file.h"
#include "model/source.h"

namespace libcify {

// Whether an identifier of ASCII may hold it.
[[nodiscard]] constexpr bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

struct GoLayout {
  std::vector<Range> comments;  // in the order of the text
  std::vector<Range> strings;   // string and rune literals with their quotes
  // The package clause and all that begins with func, var, const, type or import at file level, each to the end of the line
  // of its last code: comments between declarations are in none.
  std::vector<Range> declarations;
  std::optional<std::size_t> open;  // the outermost bracket, comment or raw string that the text does not close

  [[nodiscard]] bool InComment(std::size_t offset) const;
  [[nodiscard]] bool InString(std::size_t offset) const;
  // Where a prefilter's hits touch code: their first and last bytes that lie in no comment. (A hit may begin in the line
  // before the declaration that it means.)
  [[nodiscard]] std::vector<std::size_t> CodeOf(const std::vector<Range>& hits) const;
  // The declarations that begin before these offsets, each the last one to do so, in the order of the text.
  [[nodiscard]] std::vector<Range> DeclarationsAt(const std::vector<std::size_t>& offsets) const;
};

[[nodiscard]] GoLayout LayoutOf(std::string_view text);

struct GoImport {
  std::string name;  // local name, "" if none is written
  std::string path;
};

[[nodiscard]] std::vector<GoImport> ImportsOf(std::string_view text, const GoLayout& layout);
// Import path of a local name, "" if it is none.
[[nodiscard]] std::string PathOf(const std::vector<GoImport>& imports, std::string_view local);

// Parses a file of which only the declarations around these offsets matter, and the package clause. All others are left out;
// offsets and lines stay those of the whole text.
[[nodiscard]] Result<GoFile> ParseAround(const std::string& path, std::string_view text, const GoLayout& layout,
                                         const std::vector<std::size_t>& offsets);

}  // namespace libcify
