#include "headers/link_name.h"

namespace libcify {

std::string PlainSymbol(std::string symbol, bool underscore) {
  if (symbol.starts_with('\1')) symbol.erase(0, 1);
  if (!underscore || !symbol.starts_with('_')) return symbol;
  symbol.erase(0, 1);
  std::size_t at = symbol.rfind('@');
  bool counted = at != std::string::npos && at + 1 < symbol.size() &&
                 symbol.find_first_not_of("0123456789", at + 1) == std::string::npos;
  return counted ? symbol.substr(0, at) : symbol;
}

bool HasUnderscore(const std::string& triple) {
  bool is_386 = triple.starts_with('i') && triple.substr(0, triple.find('-')).ends_with("86");
  return triple.find("-apple-") != std::string::npos || (is_386 && triple.find("-windows-") != std::string::npos);
}

}  // namespace libcify
