// Symbols as a program names them, whatever the object format.
#pragma once

#include <string>
#include <string_view>

namespace libcify {

// The symbol without what the object format adds to it: the underscore of Mach-O and of 386 Windows, there also "@8" behind
// a stdcall function, and the byte that tells clang to leave a label alone.
[[nodiscard]] std::string PlainSymbol(std::string symbol, bool underscore);

// "CloseHandle" of "CloseHandle@4", as 386 Windows' stdcall functions are called; other names as they are.
[[nodiscard]] std::string_view WithoutArgumentSize(std::string_view name);

[[nodiscard]] bool HasUnderscore(const std::string& triple);

}  // namespace libcify
