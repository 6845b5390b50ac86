// The kernel's side of the facts: numbers, names, contracts and the layouts behind their pointers.
//
// In: Debian's linux-headers-*-common (include/linux/syscalls.h, uapi headers) and linux-headers-*-<arch> (the generated
// system-call table and uapi headers), and our own rules/facts/kernel. Out: one Call per number of asm/unistd.h.
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
  std::string version;                     // "6.12.115+deb12", as the package is called
};

[[nodiscard]] Result<KernelFacts> ReadKernel(const Target& target, const Port& port, const HeaderSource& source);

// The generated table, arch/*/include/generated/asm/syscalls_64.h: number -> "sys_read". `file` is for messages.
[[nodiscard]] Result<std::map<int, std::string>> ParseCallTable(const std::string& file, std::string_view text);

// Blanks the lines of #include, so that line numbers stay.
[[nodiscard]] std::string WithoutIncludes(std::string_view text);

}  // namespace libcify
