#include "emit/c_calls.h"

#include <cctype>

namespace libcify {
namespace {

// The Go type of a part of a shape (Binding::shape).
const char* GoType(char letter) {
  switch (letter) {
    case 'p':
      return "unsafe.Pointer";
    case 'i':
      return "int32";
    case 'u':
      return "uint32";
    case 'l':
    case 'r':
      return "int64";
    case 'L':
      return "uint64";
    case 'h':
      return "int16";
    case 'H':
      return "uint16";
    case 'c':
      return "int8";
    case 'C':
      return "uint8";
    default:
      return nullptr;
  }
}

std::string OfUnix(const Binding& binding) {
  const char result = binding.shape.empty() ? '?' : binding.shape.front();
  switch (binding.error_rule) {
    case ErrorRule::kNever:
      return "";
    case ErrorRule::kErrno:
      return result == 'i' ? "libcifyInt" : result == 'l' ? "libcifyLong" : "?";
    case ErrorRule::kErrnoPointer:
      return result == 'p' ? "libcifyPointer" : "?";
    case ErrorRule::kErrnoNull:
      return result == 'p' ? "libcifyNull" : result == 'i' ? "libcifyZero" : "?";
    case ErrorRule::kErrnoValue:
      return result == 'i' ? "libcifyIntValue" : result == 'l' ? "libcifyLongValue" : "?";
    case ErrorRule::kErrnoNonzero:
      return result == 'i' ? "libcifyNonzero" : "?";
    case ErrorRule::kReturned:
      return result == 'i' ? "libcifyReturned" : "?";
    case ErrorRule::kErrnoTold:
    case ErrorRule::kStatus:
    case ErrorRule::kAdapter:
      break;
  }
  return "?";
}

std::string OfWindows(ErrorRule rule) {
  switch (rule) {
    case ErrorRule::kNever:
      return "libcifyValue";
    case ErrorRule::kErrno:
    case ErrorRule::kErrnoPointer:
      return "libcifyMinusOne";
    case ErrorRule::kErrnoNull:
      return "libcifyZero";
    case ErrorRule::kErrnoValue:
      return "libcifyMinusOneValue";
    case ErrorRule::kErrnoNonzero:
      return "libcifyNonzero";
    case ErrorRule::kReturned:
      return "libcifyReturned";
    case ErrorRule::kErrnoTold:
      return "libcifyTold";
    case ErrorRule::kStatus:
      return "libcifyStatus";
    case ErrorRule::kAdapter:
      break;
  }
  return "?";
}

}  // namespace

std::string Identifier(std::string name) {
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

std::string Words(std::size_t count) {
  std::string out;
  for (std::size_t i = 1; i <= count; ++i) out += (i == 1 ? "a" : ", a") + std::to_string(i);
  return out;
}

std::string WordParameters(std::size_t count) { return count == 0 ? "" : Words(count) + " uintptr"; }

CCall Declare(const std::string& name, const std::string& symbol, const std::string& signature,
              const std::string& arguments) {
  return {.name = name,
          .declaration = "//go:linkname " + name + " C." + symbol + "\nfunc " + name + signature + "\n",
          .call = name + "(" + arguments + ")"};
}

std::optional<CCall> DeclareTyped(const Binding& binding, std::size_t words) {
  const std::size_t begin = binding.shape.find('=');
  if (begin == std::string::npos) return std::nullopt;
  std::string parameters, arguments;
  std::size_t word = 0;
  for (const char letter : binding.shape.substr(begin + 1)) {
    const std::string comma = parameters.empty() ? "" : ", ";
    if (letter == '.') {
      parameters += comma + "__llgo_va_list ...any";
      for (; word < static_cast<std::size_t>(binding.words); ++word) arguments += ", a" + std::to_string(word + 1);
      break;
    }
    const char* type = GoType(letter);
    if (type == nullptr || ++word > words) return std::nullopt;
    const std::string value = type + ("(a" + std::to_string(word)) + ")";
    // On Apple's arm64 the caller widens what is narrower than an int; elsewhere it may.
    const std::string wide = letter == 'h' || letter == 'c' ? "int32" : letter == 'H' || letter == 'C' ? "uint32" : "";
    // Go wants all parameters named, or none.
    parameters += comma + "_ " + (wide.empty() ? type : wide);
    arguments += comma + (wide.empty() ? value : wide + "(" + value + ")");
  }
  if (word > words) return std::nullopt;
  const std::string name = "libcify_c_" + Identifier(binding.link_name);
  if (binding.shape.front() == 'v') return Declare(name, binding.link_name, "(" + parameters + ")", arguments);
  const char* result = GoType(binding.shape.front());
  if (result == nullptr) return std::nullopt;
  return Declare(name, binding.link_name, "(" + parameters + ") " + result, arguments);
}

bool IsWindows(const Target& target) { return target.goos == "windows"; }

std::string ResultFunction(const Binding& binding, const Target& target) {
  return IsWindows(target) ? OfWindows(binding.error_rule) : OfUnix(binding);
}

}  // namespace libcify
