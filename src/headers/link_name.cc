#include "headers/link_name.h"

namespace libcify {

std::string_view WithoutArgumentSize(std::string_view name) {
  std::size_t at = name.rfind('@');
  bool counted = at != name.npos && at + 1 < name.size() && name.find_first_not_of("0123456789", at + 1) == name.npos;
  return counted ? name.substr(0, at) : name;
}

std::string PlainSymbol(std::string symbol, bool underscore) {
  if (symbol.starts_with('\1')) symbol.erase(0, 1);
  if (!underscore || !symbol.starts_with('_')) return symbol;
  return std::string(WithoutArgumentSize(std::string_view(symbol).substr(1)));
}

bool HasUnderscore(const std::string& triple) {
  bool is_386 = triple.starts_with('i') && triple.substr(0, triple.find('-')).ends_with("86");
  return triple.find("-apple-") != std::string::npos || (is_386 && triple.find("-windows-") != std::string::npos);
}

}  // namespace libcify
