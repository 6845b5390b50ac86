// The head of a source file: build constraints, package name, and whether it imports "C".
//
// In: a file's text. Out: a FileHead. As go/build/read.go does, nothing behind the import declarations of a Go file, and
// nothing behind the leading comments of another file, is looked at.
#pragma once

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

// `file` is the name for messages.
[[nodiscard]] FileHead ParseHead(const std::string& file, std::string_view text, bool is_go);

// Line and column of an offset.
[[nodiscard]] Span SpanAt(const std::string& file, std::string_view text, std::size_t offset);

}  // namespace libcify
