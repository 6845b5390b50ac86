// Finds the names of imports before "(SB)", see asm_imports.h.
#include "scan/asm_imports.h"

#include <cctype>

#include "scan/asm_symbols.h"
#include "scan/find_text.h"

namespace libcify::scan {
namespace {

// Letters of a symbol; those beyond ASCII stand for dot and slash.
bool IsSymbolByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '.' || byte >= 0x80;
}

const NamedNumber* Lookup(std::string_view written, const std::string& package, const Numbers& numbers) {
  if (written.empty()) return nullptr;
  const std::string linker = LinkerName(std::string(written), package);
  return numbers.Import(linker.empty() ? std::string(written) : linker);
}

// The symbol that ends at `end`: "libc_read" of "$libc_read(SB)".
std::string_view SymbolBefore(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && IsSymbolByte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

}  // namespace

bool NamesImport(std::string_view text, const std::string& package, const Numbers& numbers) {
  if (!numbers.HasImports()) return false;
  for (std::size_t at = FindText(text, "(SB)"); at != std::string_view::npos; at = FindText(text, "(SB)", at + 1)) {
    if (Lookup(SymbolBefore(text, at), package, numbers) != nullptr) return true;
  }
  return false;
}

const NamedNumber* ImportOf(const AsmStatement& statement, const std::string& package, const Numbers& numbers) {
  if (!numbers.HasImports() || statement.mnemonic == "TEXT") return nullptr;
  for (const std::string& operand : statement.operands) {
    const std::size_t at = operand.find("(SB)");
    if (at == std::string::npos) continue;
    if (const NamedNumber* found = Lookup(SymbolBefore(operand, at), package, numbers)) return found;
  }
  return nullptr;
}

}  // namespace libcify::scan
