// The hand-written files that a dialect adds, with their insertion points filled.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "emit/emit.h"

namespace libcify {

struct AddedFile {
  std::string path;  // what the rule calls target, for this GOOS and GOARCH
  std::string text;  // begins with a line that says what made it
  std::string rule;
};

// The first line of a file that is made: what made it.
[[nodiscard]] std::string Banner(const EmitInput& input);

using Insertions = std::vector<std::pair<std::string, std::string>>;

// The dialect's closure mode on the target (rules "closures"), "" where it says none. A file that has the line
// "// libcify:insert closure-mode" gets it there, as a constant in Go and as a type of libcify/closure.h in C++.
[[nodiscard]] std::string ClosureModeOf(const EmitInput& input);

// With EmitInput.patch the rules are those of the dialect's "patch".

// Those of the dialect's "adds" that say "packages" and name this one; an insertion point may be missing. Errors are noted.
[[nodiscard]] std::vector<AddedFile> AddedToPackage(const EmitInput& input, const std::string& package,
                                                    const Insertions& insertions, Errors& errors);

// Those of the dialect's other "adds" that cover the target. A file with insertion points gets `insertions` and "identity";
// all of libcify's own headers that it includes are spliced in. Errors are noted.
[[nodiscard]] std::vector<AddedFile> AddedFiles(const EmitInput& input, Insertions insertions, Errors& errors);

}  // namespace libcify
