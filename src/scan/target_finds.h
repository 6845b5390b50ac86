// What the rules of one target see in the Go files of its tree. Private to the room.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "scan/compiled_rules.h"
#include "scan/go_scan.h"

namespace libcify::scan {

// A find and its file, as index into SourceTree::files.
template <class Find>
struct InFile {
  std::size_t file = 0;
  const Find* find = nullptr;
};

// All lists are in the order of the files, then of the text or of the rules.
struct TargetFinds {
  // `go`: beside SourceTree::files, all that the rules of any target found. Must outlive the result.
  TargetFinds(const std::vector<const GoFinds*>& go, const TargetRules& rules);

  [[nodiscard]] const std::vector<InFile<GoMatch>>& Matches(FindKind kind) const {
    return matches[static_cast<std::size_t>(kind)];
  }

  const std::vector<const GoFinds*>& files;
  std::array<std::vector<InFile<GoMatch>>, kFindKinds> matches;
  std::vector<InFile<GoToken>> tokens, declarations;
  std::vector<InFile<TableRow>> rows;
  std::vector<InFile<Linkname>> linknames;
};

}  // namespace libcify::scan
