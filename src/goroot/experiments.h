// GOEXPERIMENT: which experiments a tree's tool chain has switched on for a port when nobody asks for anything.
//
// In: internal/buildcfg/exp.go and internal/goexperiment/flags.go of the tree. Out: lower-case names, in the order of the
// flags. The function ParseGOEXPERIMENT is carried out, statement by statement, as far as its shapes are known (variables,
// switch, if, assignments, struct literals, boolean expressions); anything else is an error with its place.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "goroot/go_text.h"

namespace libcify {

// Fields of the struct Flags, as written: "RegabiWrappers".
[[nodiscard]] Result<std::vector<std::string>> ExperimentFields(const GoText& flags);

// `built_in` is the tree's default GOEXPERIMENT ("" in the usual release).
[[nodiscard]] Result<std::vector<std::string>> EnabledExperiments(const GoText& experiments, const GoText& flags,
                                                                  const std::string& goos, const std::string& goarch,
                                                                  const std::string& built_in);

}  // namespace libcify
