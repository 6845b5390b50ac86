// Symbol lists of a C library: which names it exports, since which version of it, from which shared object.
//
// In: a shared object (ELF, of any class and byte order), the `abilists` file of Zig's glibc, which covers every version and
// architecture of glibc in 250 KB (format: github.com/ziglang/glibc-abi-tool, README; read by ziglang/zig
// src/libs/glibc.zig), or those for the BSDs (src/libs/freebsd.zig and so on), the assembly file from which Zig makes musl's
// stub library for any architecture, Apple's text form of a library's exports (*.tbd), the preprocessed module-definition
// files of mingw-w64, or the imports of wasi-libc. Out: one row per name that a program
// can link to. Any bytes are safe to read.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "headers/asked.h"

namespace libcify {

struct Symbol {
  std::string since;    // "2.2.5"; "" where the library has no versions
  std::string library;  // "libc.so.6"

  friend bool operator==(const Symbol&, const Symbol&) = default;
};

struct SymbolList {
  std::string newest;         // newest version of the list, "" without versions
  bool all_versions = false;  // a list of every version up to the newest, not one library
  std::map<std::string, Symbol> symbols;
};

// By content and name: ELF, stubs (*.S), *.tbd, wasi-libc (*.c) or abilists. `triple` picks the target of a list for many
// ("aarch64-linux-gnu").
[[nodiscard]] Result<SymbolList> ReadSymbols(const std::filesystem::path& file, const std::string& triple);

[[nodiscard]] Result<SymbolList> ParseElfSymbols(const std::string& file, std::string_view bytes);
[[nodiscard]] Result<SymbolList> ParseAbilists(const std::string& file, std::string_view bytes, const std::string& triple);
[[nodiscard]] Result<SymbolList> ParseMuslStubs(const std::string& file, std::string_view text, const std::string& triple);
[[nodiscard]] Result<SymbolList> ParseTapi(const std::string& file, std::string_view text, const std::string& triple);
[[nodiscard]] Result<SymbolList> ParseWasiImports(const std::string& file, std::string_view text);

// The exports of one library.
[[nodiscard]] Result<std::set<std::string>> ParseDefFile(const std::string& file, std::string_view text);
// One file for each library that Go asks: kernel32.def for kernel32.dll. A name belongs to the library that it is asked of.
[[nodiscard]] Result<SymbolList> ReadDefFiles(const std::filesystem::path& folder, const AskedNames& asked);

// "2.2.5" before "2.10": numeric, part by part.
[[nodiscard]] bool VersionLess(std::string_view a, std::string_view b);

}  // namespace libcify
