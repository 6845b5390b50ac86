// GOAMD64 and its kin: the level of the processor that a tree's tool chain compiles for by default, as build tags
// ("amd64.v1", "arm.5" … "arm.7") and as symbols of the assembler (GOAMD64_v1).
//
// In: TreeFacts. The default levels and which architectures have such tags come from the tree (internal/buildcfg), what a
// level implies from `go help buildconstraint`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "goroot/tree_facts.h"

namespace libcify {

[[nodiscard]] Result<std::vector<std::string>> LevelTags(const TreeFacts& facts, const std::string& goos,
                                                         const std::string& goarch);

[[nodiscard]] std::map<std::string, std::string> LevelDefines(const TreeFacts& facts, const std::string& goos,
                                                              const std::string& goarch);

}  // namespace libcify
