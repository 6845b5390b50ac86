// See kernel_own.h.
#include "headers/kernel_own.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "base/file.h"

namespace libcify {
namespace {

// include/linux/syscalls.h, __MAP. The first argument is the function as the system-call table names it.
constexpr std::string_view kMacros = R"(
#define LIBCIFY_DEFINE0(f) asmlinkage long f(void);
#define LIBCIFY_DEFINE1(f, t1, a1) asmlinkage long f(t1 a1);
#define LIBCIFY_DEFINE2(f, t1, a1, t2, a2) asmlinkage long f(t1 a1, t2 a2);
#define LIBCIFY_DEFINE3(f, t1, a1, t2, a2, t3, a3) asmlinkage long f(t1 a1, t2 a2, t3 a3);
#define LIBCIFY_DEFINE4(f, t1, a1, t2, a2, t3, a3, t4, a4) asmlinkage long f(t1 a1, t2 a2, t3 a3, t4 a4);
#define LIBCIFY_DEFINE5(f, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5) asmlinkage long f(t1 a1, t2 a2, t3 a3, t4 a4, t5 a5);
#define LIBCIFY_DEFINE6(f, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5, t6, a6) \
  asmlinkage long f(t1 a1, t2 a2, t3 a3, t4 a4, t5 a5, t6 a6);
)";

bool IsNameChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// "arch_prctl" of "sys_arch_prctl"; mips has stubs "__sys_clone" before sys_clone (save_static_function).
std::string_view ShortName(std::string_view function) {
  for (std::string_view prefix : {"__", "sys_"}) {
    if (function.starts_with(prefix)) function.remove_prefix(prefix.size());
  }
  return function;
}

bool HasWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    std::size_t end = at + word.size();
    if ((at == 0 || !IsNameChar(text[at - 1])) && (end == text.size() || !IsNameChar(text[end]))) return true;
  }
  return false;
}

}  // namespace

std::vector<OwnPrototype> OwnPrototypes(std::string_view text) {
  constexpr std::string_view kLine = "#line 1 \"", kPrototype = "asmlinkage ";
  std::vector<OwnPrototype> out;
  std::string file;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(kLine)) {
      line.remove_prefix(kLine.size());
      file = std::string(line.substr(0, line.find('"')));
    }
    std::size_t open = line.find('(');
    if (!line.starts_with(kPrototype) || open == line.npos) continue;
    std::size_t begin = open;
    while (begin > 0 && IsNameChar(line[begin - 1])) --begin;
    out.push_back({std::string(line.substr(begin, open - begin)), file});
  }
  return out;
}

std::string DefinitionOf(const std::string& function, std::string_view source) {
  for (std::string_view macro : {"\nSYSCALL_DEFINE", "\nSYSCALL32_DEFINE"}) {
    for (std::size_t at = source.find(macro); at != source.npos; at = source.find(macro, at + 1)) {
      std::string_view rest = source.substr(at + macro.size());
      std::size_t close = rest.find(')');  // no argument has parentheses of its own
      if (close == rest.npos || rest.size() < 2 || rest[1] != '(') continue;
      std::string_view name = rest.substr(2, std::min(close, rest.find(',')) - 2);
      if (name == ShortName(function)) return std::string(rest.substr(0, close + 1));
    }
  }
  return "";
}

Result<std::string> DeclarationsFromSource(std::string_view text, const std::filesystem::path& root) {
  std::map<std::string, std::string> sources;
  std::string out(kMacros);
  Errors errors;
  for (const OwnPrototype& own : OwnPrototypes(text)) {
    auto [source, is_new] = sources.try_emplace(own.file);
    if (is_new) {
      Result<std::string> read = ReadFile(root / own.file);
      if (!read) Append(errors, read.error());
      // With a line in front of the first.
      source->second = "\n" + read.value_or("");
    }
    std::string definition = DefinitionOf(own.function, source->second);
    if (definition.empty()) {
      bool known =
          HasWord(source->second, own.function) || HasWord(source->second, "sys_" + std::string(ShortName(own.function)));
      if (!known && source->second.size() > 1) {
        errors.push_back(
            {.where = {own.file}, .what = "no " + own.function + " here", .hint = "look where the kernel has it now"});
      }
      continue;
    }
    std::size_t name_end = definition.find_first_of(",)");
    out += "#line 1 \"" + own.file + "\"\nLIBCIFY_DEFINE" + definition.substr(0, 2) + own.function +
           definition.substr(name_end) + "\n";
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
