// Our own prototypes of an architecture's calls (rules/facts/kernel/linux-*.h), against the kernel's source.
//
// In: such a text, whose #line directives name the kernel's files. Out: C that declares the same functions again, with the
// parameters of the SYSCALL_DEFINEs in those files, so that libclang refuses a prototype that says something else. A
// function without SYSCALL_DEFINE (assembly, a header) must at least occur in its file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace libcify {

struct OwnPrototype {
  std::string function;  // "sys_ia32_truncate64"
  std::string file;      // "arch/x86/kernel/sys_ia32.c"

  friend bool operator==(const OwnPrototype&, const OwnPrototype&) = default;
};

[[nodiscard]] std::vector<OwnPrototype> OwnPrototypes(std::string_view text);

// The arguments of the function's SYSCALL_DEFINE in `source`, with their count in front: "2(arch_prctl, int, option, …)";
// "" without one.
[[nodiscard]] std::string DefinitionOf(const std::string& function, std::string_view source);

[[nodiscard]] Result<std::string> DeclarationsFromSource(std::string_view text, const std::filesystem::path& root);

}  // namespace libcify
