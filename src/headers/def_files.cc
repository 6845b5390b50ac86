// The exports of Windows' libraries, as module-definition files that the C preprocessor has gone over (see symbols.h;
// format: binutils' dlltool). On 386 a stdcall function's name carries the size of its arguments, "CloseHandle@4", which is
// not part of the name that the library exports.
#include <algorithm>

#include "base/file.h"
#include "headers/facts_codec.h"
#include "headers/link_name.h"
#include "headers/symbols.h"

namespace libcify {
namespace {

std::string_view Word(std::string_view& line) {
  constexpr std::string_view kBlanks = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  std::size_t end = line.starts_with('"') ? std::min(line.find('"', 1), line.size() - 1) + 1 : line.find_first_of(kBlanks);
  std::string_view word = line.substr(0, end);
  line.remove_prefix(word.size());
  if (word.size() > 1 && word.front() == '"') word = word.substr(1, word.size() - 2);
  return word;
}

// "CloseHandle" of "CloseHandle@4", "@fast@8" and "Name=Other".
std::string ExportedName(std::string_view word) {
  word = word.substr(0, word.find('='));
  if (word.starts_with('@')) word.remove_prefix(1);
  return std::string(WithoutArgumentSize(word));
}

}  // namespace

Result<std::set<std::string>> ParseDefFile(const std::string& file, std::string_view text) {
  std::set<std::string> out;
  Errors errors;
  bool in_exports = false;
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = CutAt(text, "\n");
    line = line.substr(0, line.find(';'));
    std::string_view word = Word(line);
    if (word.empty() || word == "LIBRARY") continue;
    if (word == "EXPORTS") {
      in_exports = true;
    } else if (word.starts_with('#') || !in_exports) {
      errors.push_back({.where = {file, number},
                        .what = "expected LIBRARY, EXPORTS and names; preprocess this file first",
                        .cls = ErrorClass::kEnvironment});
    } else if (line.find("NONAME") == line.npos) {  // else programs reach it by its number only
      out.insert(ExportedName(word));
    }
  }
  if (!in_exports) errors.push_back({.where = {file}, .what = "no EXPORTS", .cls = ErrorClass::kEnvironment});
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

Result<SymbolList> ReadDefFiles(const std::filesystem::path& folder, const AskedNames& asked) {
  SymbolList out;
  for (const auto& [library, names] : asked) {
    std::filesystem::path file = folder / (library.substr(0, library.rfind('.')) + ".def");
    Result<std::string> text = ReadFile(file);
    if (!text) return Fail(text.error());
    Result<std::set<std::string>> exported = ParseDefFile(file.string(), *text);
    if (!exported) return Fail(exported.error());
    for (const std::string& name : names) {
      if (exported->contains(name)) out.symbols.emplace(name, Symbol{"", library});
    }
  }
  return out;
}

}  // namespace libcify
