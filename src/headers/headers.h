// Facts from C headers: libclang over the kernel's and libc's headers, and symbol lists by version.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "model/facts.h"
#include "model/port.h"

namespace libcify {

// Where the headers and lists of one target lie. Empty paths: the host's own (/usr/include and so on); `data` has no
// default.
struct HeaderSource {
  std::filesystem::path data;     // our rules/facts: kernel/prelude.h, kernel/<goos>-<goarch>.h, libc/<goos>.json
  std::filesystem::path sysroot;  // libc's headers below usr/include, or include directories given one by one
  std::vector<std::filesystem::path> include_dirs;
  std::filesystem::path kernel_headers;  // linux-headers-*-common or the kernel's source: include/linux/syscalls.h
  std::filesystem::path kernel_arch;     // linux-headers-*-<arch>: arch/*/include/generated/asm/syscalls_*.h
  std::filesystem::path symbols;         // see symbols.h
  std::vector<std::string> defines;      // for libc's headers, beside those of libc/<goos>.json: "__GLIBC_MINOR__=36"
  std::filesystem::path go_numbers;      // BSDs: syscall/zsysnum_<goos>_<goarch>.go of a GOROOT, see bsd_calls.h
};

// Committed facts: rules/facts/<goos>-<goarch>-<libc>.json, which names the file of the kernel's side beside it
// (<goos>-<goarch>-kernel.json, the same for all libcs).
[[nodiscard]] Result<Facts> LoadFacts(const std::filesystem::path& file);

// Both files, by the names above: libc's, then the kernel's.
[[nodiscard]] std::vector<TreeEntry> WriteFacts(const Facts& facts);

// Reads the headers anew.
[[nodiscard]] Result<Facts> ReadHeaders(const Target& target, const Port& port, const HeaderSource& source);

// What differs between committed facts and those read anew, as errors that name the fact.
[[nodiscard]] Errors CompareFacts(const Facts& committed, const Facts& fresh);

}  // namespace libcify
