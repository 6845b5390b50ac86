// One Go source file and tree-sitter queries over it.
//
// In: the text of a .go file. Out: matches of queries, with byte ranges into that text. The file owns its text; every
// string_view that it gives points into it and lives as long as the GoFile.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/source.h"

namespace libcify {

// A tree-sitter query over Go's grammar, as written.
struct QueryText {
  std::string file, rule;  // where it stands, for messages
  std::string text;
};

// Tree-sitter queries over Go's grammar, compiled together: what takes long is done once for all of them, compiling and the
// walk over a tree. Immutable, may be used from several threads.
class GoQueries {
 public:
  // Errors of all texts; they name the offset inside the text.
  [[nodiscard]] static Result<GoQueries> Compile(const std::vector<QueryText>& texts);
  [[nodiscard]] std::size_t size() const;  // how many texts
  GoQueries(GoQueries&&) noexcept;
  GoQueries& operator=(GoQueries&&) noexcept;
  ~GoQueries();

 private:
  friend class GoFile;
  struct Impl;
  explicit GoQueries(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct Capture {
  std::string_view name;  // without '@'; of the queries, which must outlive it
  Range range;
  std::string_view text;
};

struct QueryMatch {
  std::size_t query = 0;          // which of the texts, by its place among them
  std::vector<Capture> captures;  // in the order of the text

  // First capture of that name, or nullptr.
  [[nodiscard]] const Capture* Find(std::string_view name) const;
};

struct GoWords {
  int arguments = -1;
  int results = -1;

  friend bool operator==(const GoWords&, const GoWords&) = default;
};

class GoFile {
 public:
  // Fails with file:line:column of the first syntax error, and for text that is not UTF-8 or over 64 MiB.
  // `parts`, where given, is all of the text that is parsed: whole lines, in order, apart from each other.
  [[nodiscard]] static Result<GoFile> Parse(std::string path, std::string text, const std::vector<Range>& parts = {});
  // The same for a text of declarations without a package clause.
  [[nodiscard]] static Result<GoFile> ParseDeclarations(std::string path, std::string text);
  GoFile(GoFile&&) noexcept;
  GoFile& operator=(GoFile&&) noexcept;
  ~GoFile();

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] std::string package_name() const;
  // Matches in the order of the text. They name captures by the queries, which must outlive them.
  [[nodiscard]] std::vector<QueryMatch> Run(const GoQueries& queries) const;
  std::vector<QueryMatch> Run(GoQueries&&) const = delete;
  // Of query i the matches that lie inside of a top-level node that holds one of offsets[i].
  [[nodiscard]] std::vector<QueryMatch> RunAround(const GoQueries& queries,
                                                  const std::vector<std::vector<std::size_t>>& offsets) const;
  std::vector<QueryMatch> RunAround(GoQueries&&, const std::vector<std::vector<std::size_t>>&) const = delete;
  // The function around an offset as Go writes it, "RawSyscall6" or "(*FD).Read"; "" at file level.
  [[nodiscard]] std::string EnclosingFunction(std::size_t offset) const;
  [[nodiscard]] Span At(std::size_t offset) const;
  // Machine words of a top-level function's arguments and results ("Syscall6"), for AsmSignature; -1 where a type is not one
  // of the predeclared ones, a pointer, slice, map, channel or function. -1, -1 for a function that the file does not
  // declare.
  [[nodiscard]] GoWords Words(std::string_view function) const;

 private:
  struct Impl;
  explicit GoFile(std::unique_ptr<Impl> impl);
  static Result<GoFile> ParseText(std::string path, std::string text, const std::vector<Range>& parts);
  std::unique_ptr<Impl> impl_;
};

}  // namespace libcify
