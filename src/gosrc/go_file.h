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

// A compiled tree-sitter query over Go's grammar. Immutable, may be used from several threads.
class GoQuery {
 public:
  // `origin` is where the query stands (rule file), for messages. Errors name the offset inside the query.
  [[nodiscard]] static Result<GoQuery> Compile(const std::string& origin, const std::string& pattern);
  GoQuery(GoQuery&&) noexcept;
  GoQuery& operator=(GoQuery&&) noexcept;
  ~GoQuery();

 private:
  friend class GoFile;
  struct Impl;
  explicit GoQuery(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct Capture {
  std::string name;  // without '@'
  Range range;
  std::string_view text;
};

struct QueryMatch {
  std::vector<Capture> captures;  // in the order of the text

  // First capture of that name, or nullptr.
  [[nodiscard]] const Capture* Find(std::string_view name) const;
};

struct GoImport {
  std::string name;  // local name, "" if none is written
  std::string path;
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
  GoFile(GoFile&&) noexcept;
  GoFile& operator=(GoFile&&) noexcept;
  ~GoFile();

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] std::string package_name() const;
  [[nodiscard]] std::vector<GoImport> imports() const;
  // Matches in the order of the text.
  [[nodiscard]] std::vector<QueryMatch> Run(const GoQuery& query) const;
  // Those inside of the top-level nodes that hold one of these offsets.
  [[nodiscard]] std::vector<QueryMatch> RunAround(const GoQuery& query, const std::vector<std::size_t>& offsets) const;
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
  std::unique_ptr<Impl> impl_;
};

}  // namespace libcify
