// Zig's list of musl's symbols for all architectures: assembly with conditions (see symbols.h).
//
// A symbol is a line `.globl name`, `.weak name`, or one of two macros that stand for either of them (WEAK64, WEAKTIME64).
// Conditions are `#ifdef NAME` and `#if !defined(NAME) && …`; the names are those of ziglang/zig src/libs/musl.zig.
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "headers/symbols.h"

namespace libcify {
namespace {

// By clang's name of the architecture, without byte order: what the list calls it and its family.
struct MuslArch {
  std::string_view clang, arch, family;
  bool wide;    // 64-bit pointers
  bool time32;  // had 32-bit times before musl 1.2
};
constexpr std::array<MuslArch, 11> kArches = {{
    {"x86_64", "x86_64", "x86", true, false},
    {"i386", "i386", "x86", false, true},
    {"aarch64", "aarch64", "aarch64", true, false},
    {"arm", "arm", "arm", false, true},
    {"riscv64", "riscv64", "riscv", true, false},
    {"loongarch64", "loongarch64", "loongarch", true, false},
    {"s390x", "s390x", "s390x", true, false},
    {"powerpc64", "powerpc64", "powerpc", true, false},
    {"mips", "mips", "mips", false, true},
    {"mips64", "mips64", "mips", true, false},
    {"powerpc", "powerpc", "powerpc", false, true},
}};

const MuslArch* FindArch(const std::string& triple) {
  std::string arch = triple.substr(0, triple.find('-'));
  for (const char* little : {"le", "el"}) {
    if (arch.ends_with(little)) arch.resize(arch.size() - 2);
  }
  if (arch.size() == 4 && arch[0] == 'i' && arch.ends_with("86")) arch = "i386";
  for (const MuslArch& row : kArches) {
    if (row.clang == arch) return &row;
  }
  return nullptr;
}

std::string_view NextLine(std::string_view& text) {
  std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// True, false, or -1 for a condition of another form.
int Holds(std::string_view condition, const std::set<std::string>& defined) {
  constexpr std::string_view kIfdef = "#ifdef ", kIf = "#if ", kNot = "!defined(";
  if (condition.starts_with(kIfdef)) return defined.contains(std::string(condition.substr(kIfdef.size()))) ? 1 : 0;
  if (!condition.starts_with(kIf)) return -1;
  condition.remove_prefix(kIf.size());
  bool all = true;
  while (true) {
    std::size_t close = condition.find(')');
    if (!condition.starts_with(kNot) || close == condition.npos) return -1;
    all = all && !defined.contains(std::string(condition.substr(kNot.size(), close - kNot.size())));
    condition.remove_prefix(close + 1);
    if (condition.empty()) return all ? 1 : 0;
    if (!condition.starts_with(" && ")) return -1;
    condition.remove_prefix(4);
  }
}

std::string_view SymbolOf(std::string_view line) {
  for (std::string_view word : {".globl ", ".weak ", "WEAK64 ", "WEAKTIME64 "}) {
    if (line.starts_with(word)) return line.substr(word.size());
  }
  return {};
}

}  // namespace

Result<SymbolList> ParseMuslStubs(const std::string& file, std::string_view text, const std::string& triple) {
  const MuslArch* arch = FindArch(triple);
  if (arch == nullptr) {
    return Fail(Error{.where = {file}, .what = "the list has no target " + triple, .cls = ErrorClass::kEnvironment});
  }
  std::set<std::string> defined = {"ARCH_" + std::string(arch->arch), "FAMILY_" + std::string(arch->family)};
  if (arch->wide) defined.insert("PTR64");
  if (arch->time32) defined.insert("TIME32");
  SymbolList out;
  std::vector<bool> active = {true};  // innermost last; each includes those around it
  Errors errors;
  int number = 0;
  while (!text.empty()) {
    std::string_view line = NextLine(text);
    ++number;
    auto complain = [&](const char* what) {
      errors.push_back({.where = {file, number}, .what = what, .cls = ErrorClass::kEnvironment});
    };
    if (line.starts_with("#if")) {
      int holds = Holds(line, defined);
      if (holds < 0) complain("unknown condition; expected #ifdef NAME or #if !defined(NAME) && …");
      active.push_back(active.back() && holds == 1);
    } else if (line.starts_with("#else") || line.starts_with("#endif")) {
      if (active.size() < 2) {
        complain("no #if before it");
      } else if (line.starts_with("#else")) {
        active.back() = active[active.size() - 2] && !active.back();
      } else {
        active.pop_back();
      }
    } else if (std::string_view symbol = SymbolOf(line); !symbol.empty() && active.back()) {
      out.symbols[std::string(symbol)] = {.since = "", .library = "libc.so"};
    }
  }
  if (active.size() > 1)
    errors.push_back({.where = {file, number}, .what = "an #if without #endif", .cls = ErrorClass::kEnvironment});
  if (out.symbols.empty() && errors.empty()) {
    errors.push_back({.where = {file}, .what = "no symbol for " + triple, .cls = ErrorClass::kEnvironment});
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
