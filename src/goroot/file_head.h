// The head of a source file: build constraints, package name, and whether it imports "C".
//
// In: the beginning of a file's text. Out: a FileHead, or a demand for more text. As go/build/read.go does, nothing behind
// the import declarations of a Go file, and nothing behind the leading comments of another file, is looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goroot/constraint.h"

namespace libcify {

struct FileHead {
  std::vector<Constraint> constraints;  // all must hold
  Errors broken;                        // nobody can tell whether the file counts: always reported
  Errors syntax;                        // reported where the constraints hold
  std::string package;                  // Go files only, "" after a syntax error
  Span package_at;
  bool imports_c = false;

  [[nodiscard]] bool Holds(const TagSet& tags) const {
    for (const Constraint& constraint : constraints) {
      if (!constraint.Holds(tags)) return false;
    }
    return true;
  }
};

// `file` is the name for messages. `whole` says that the text is the complete file; without it, nothing means that the head
// does not end within the text and the caller must come back with more.
[[nodiscard]] std::optional<FileHead> ParseHead(const std::string& file, std::string_view text, bool whole, bool is_go);

// Reads as much of the file as its head needs. Never blocks and never throws; a file that cannot be read is `broken`.
[[nodiscard]] FileHead ReadHead(const std::string& path, bool is_go);

// The whole of a regular file, which must not be larger than `limit`.
[[nodiscard]] Result<std::string> ReadWhole(const std::string& path, std::size_t limit);

// Line and column of an offset.
[[nodiscard]] Span SpanAt(const std::string& file, std::string_view text, std::size_t offset);

}  // namespace libcify
