// The kernel's side of the facts: numbers, names, contracts and the layouts behind their pointers.
//
// In: the kernel's headers (include/linux/syscalls.h, uapi headers), its system-call table, and our own rules/facts/kernel;
// kernel_folders.h finds them. Out: one Call per number of the table.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "headers/headers.h"
#include "model/facts.h"

namespace libcify {

struct KernelFacts {
  std::vector<Call> calls;                 // by number
  std::map<std::string, CRecord> records;  // that the contracts' parameters point to
  bool aligned_pairs = false;              // 32 bits: see Facts
  std::string source;                      // "linux-headers 6.12.115+deb12", "linux-source 6.12.115"
};

[[nodiscard]] Result<KernelFacts> ReadKernel(const Target& target, const Port& port, const HeaderSource& source);

// The generated table, arch/*/include/generated/asm/syscalls_64.h: number -> "sys_read". `file` is for messages.
[[nodiscard]] Result<std::map<int, std::string>> ParseCallTable(const std::string& file, std::string_view text);

// Blanks the lines of #include, so that line numbers stay.
[[nodiscard]] std::string WithoutIncludes(std::string_view text);

}  // namespace libcify
