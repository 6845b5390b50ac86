// Calls of functions that a tree would look up while it runs become calls of what the linker binds.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "emit/emit.h"
#include "emit/tree_edits.h"
#include "rules/request_edits.h"

namespace libcify {

// What a package needs for what its calls name now.
struct PackageImports {
  std::string package;  // "internal/syscall/windows"
  std::string declarations;
};

// Edits each request of an imported function whose request edit has a replacement. Out: the packages of those, sorted.
[[nodiscard]] std::vector<PackageImports> EditRequests(const EmitInput& input, const RequestEdits& rules, TreeEdits& edits,
                                                       Errors& errors);

}  // namespace libcify
