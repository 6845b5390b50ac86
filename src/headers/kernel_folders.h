// Where the kernel's headers and its system-call table lie, for one target.
//
// Two forms are read. Debian's linux-headers packages: -common, and that of one architecture with the generated table and
// the generated uapi headers. Or the kernel's source, in which the tables are those that the kernel's own build generates
// from (arch/*/…/syscall*.tbl, scripts/syscall.tbl); what the build would generate besides is given to libclang as virtual
// files. rules/facts/kernel/ports.json says what the source cannot: which table, which rows, and what Kconfig chooses.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "headers/clang_unit.h"
#include "headers/headers.h"

namespace libcify {

inline constexpr const char* kKernelPrototypes = "include/linux/syscalls.h";

// One row of rules/facts/kernel/ports.json.
struct KernelPort {
  std::string goarch;
  std::string arch;               // the kernel's folder below arch/
  std::string table;              // relative to the source: "arch/arm64/tools/syscall_64.tbl"
  std::vector<std::string> abis;  // second column of the rows that count
  // Of rows whose numbers another ABI of the same kernel has: here they answer ENOSYS, but Go's arm has names for oabi's.
  std::vector<std::string> other_abis;
  int base = 0;                     // added to the numbers of the table
  bool aligned_pairs = false;       // 32 bits: a 64-bit argument begins at an even argument word
  std::vector<std::string> config;  // CONFIG_… that the headers ask for
  std::string prototypes;           // file beside ports.json: prototypes of the architecture's own calls
};

[[nodiscard]] Result<std::vector<KernelPort>> ParseKernelPorts(const std::string& file, std::string_view text);

struct KernelFolders {
  std::filesystem::path common;
  std::filesystem::path arch;  // of linux-headers-*-<arch>; empty where `common` is the kernel's source
  std::string name;            // the kernel's own name of the architecture: "x86"
  KernelPort port;
  std::string version;  // "linux-headers 6.12.115+deb12" as the package says, "linux-source 6.12.115" as the Makefile does

  [[nodiscard]] bool IsSource() const { return arch.empty(); }
};

[[nodiscard]] Result<KernelFolders> FindKernelFolders(const Target& target, const HeaderSource& source);

// -isystem for the uapi headers, and the virtual files that stand for generated or missing ones.
[[nodiscard]] std::vector<std::string> KernelIncludes(const KernelFolders& folders);
[[nodiscard]] std::vector<VirtualFile> KernelVirtualFiles(const KernelFolders& folders);

// A row of a table: what the kernel calls the number, and the function that serves it.
struct CallRow {
  std::string name;   // "" where the table does not say it
  std::string entry;  // "sys_read"; "" without one

  friend bool operator==(const CallRow&, const CallRow&) = default;
};

// The source's table, "25 64 fcntl sys_fcntl" (scripts/syscalltbl.sh). `file` is for messages.
[[nodiscard]] Result<std::map<int, CallRow>> ParseSourceTable(const std::string& file, std::string_view text,
                                                              const KernelPort& port);

}  // namespace libcify
