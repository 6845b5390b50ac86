// The text of facts: one JSON file for a kernel's side, one for a libc's. rules/facts/README.md describes the format.
//
// A prototype, a type and a record are one string each, so that a file has one line per fact and loads in milliseconds.
// Writing then reading gives equal facts; any text is safe to read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/facts.h"

namespace libcify {

// Each reads its side into `facts`. `kernel_file` gets the name of the other file, as libc's file says.
[[nodiscard]] Result<void> ParseLibcFacts(const std::string& file, std::string_view text, Facts& facts,
                                          std::string& kernel_file);
[[nodiscard]] Result<void> ParseKernelFacts(const std::string& file, std::string_view text, Facts& facts);

[[nodiscard]] std::string LibcFactsName(const Target& target);    // "linux-amd64-glibc.json"
[[nodiscard]] std::string KernelFactsName(const Target& target);  // "linux-amd64-kernel.json"

}  // namespace libcify
