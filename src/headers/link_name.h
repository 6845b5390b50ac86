// Symbols as a program names them, whatever the object format.
#pragma once

#include <string>

namespace libcify {

// The symbol without what the object format adds to it: the underscore of Mach-O and of 386 Windows, there also "@8" behind
// a stdcall function, and the byte that tells clang to leave a label alone.
[[nodiscard]] std::string PlainSymbol(std::string symbol, bool underscore);

[[nodiscard]] bool HasUnderscore(const std::string& triple);

}  // namespace libcify
