// See symbols.h. Here: the choice by content, and the order of versions. elf.cc and abilists.cc hold the two readers.
#include "headers/symbols.h"

#include <charconv>

#include "base/file.h"

namespace libcify {

bool VersionLess(std::string_view a, std::string_view b) {
  auto next = [](std::string_view& text) {
    int value = -1;  // a version that ends is older than one that goes on
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.empty()) text.remove_prefix(1);  // the dot
    return value;
  };
  while (!a.empty() || !b.empty()) {
    int x = next(a), y = next(b);
    if (x != y) return x < y;
  }
  return false;
}

Result<SymbolList> ReadSymbols(const std::filesystem::path& file, const std::string& triple) {
  Result<std::string> bytes = ReadFile(file);
  if (!bytes) return Fail(bytes.error());
  if (bytes->starts_with("\177ELF")) return ParseElfSymbols(file.string(), *bytes);
  if (file.extension() == ".S") return ParseMuslStubs(file.string(), *bytes, triple);
  if (file.extension() == ".c") return ParseWasiImports(file.string(), *bytes);
  if (file.extension() == ".tbd") return ParseTapi(file.string(), *bytes, triple);
  return ParseAbilists(file.string(), *bytes, triple);
}

}  // namespace libcify
