// See go_signature.h.
#include "scan/go_signature.h"

#include <algorithm>
#include <array>

#include "gosrc/go_layout.h"

namespace libcify::scan {
namespace {

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// Offset behind the bracket that closes the one at `open`; npos if none does.
std::size_t BehindBracket(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[' || text[i] == '{') ++depth;
    if ((text[i] == ')' || text[i] == ']' || text[i] == '}') && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

int WordsOfType(std::string_view type) {
  static constexpr std::array<std::string_view, 15> kOneWord = {"int",     "int8",  "int16",  "int32",  "int64",
                                                                "uint",    "uint8", "uint16", "uint32", "uint64",
                                                                "uintptr", "bool",  "byte",   "rune",   "unsafe.Pointer"};
  if (type.starts_with('*')) return 1;
  if (type == "string") return 2;
  return std::find(kOneWord.begin(), kOneWord.end(), type) == kOneWord.end() ? -1 : 1;
}

// "a, b uintptr, c *T" or "uintptr, error"; nothing where a name has no type.
std::optional<std::vector<GoParameter>> ReadList(std::string_view list) {
  const std::vector<std::string> items = SplitArguments(list);
  const bool named =
      std::any_of(items.begin(), items.end(), [](const std::string& item) { return item.find(' ') != std::string::npos; });
  std::vector<GoParameter> out;
  std::size_t typed = 0;
  for (const std::string& item : items) {
    const std::size_t blank = named ? item.find(' ') : 0;
    out.push_back({item.substr(0, blank), {}});
    if (blank == std::string::npos) continue;
    const std::string type(Trimmed(std::string_view(item).substr(blank)));
    for (; typed < out.size(); ++typed) out[typed].type = type;
  }
  if (typed != out.size()) return std::nullopt;
  return out;
}

int WordsOf(const std::vector<GoParameter>& list) {
  int words = 0;
  for (const GoParameter& one : list) {
    const int more = WordsOfType(one.type);
    if (more < 0) return -1;
    words += more;
  }
  return words;
}

}  // namespace

std::optional<GoSignature> ReadSignature(std::string_view declaration) {
  GoSignature out;
  std::size_t at = declaration.find('(');
  const bool method = declaration.starts_with("func (");
  for (int lists = method ? 2 : 1; lists > 0; --lists) {
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t close = BehindBracket(declaration, at);
    if (close == std::string_view::npos) return std::nullopt;
    std::optional<std::vector<GoParameter>> list = ReadList(declaration.substr(at + 1, close - at - 2));
    if (!list) return std::nullopt;
    out.parameters.insert(out.parameters.end(), list->begin(), list->end());
    at = lists > 1 ? declaration.find('(', close) : close;
  }
  std::string_view results = Trimmed(declaration.substr(at, declaration.find_first_of("{\n", at) - at));
  if (results.starts_with('(') && BehindBracket(results, 0) == results.size()) {
    results = results.substr(1, results.size() - 2);
  }
  std::optional<std::vector<GoParameter>> list = ReadList(results);
  if (!list) return std::nullopt;
  out.results = std::move(*list);
  return out;
}

AsmSignature SignatureOf(std::string_view declaration) {
  const std::optional<GoSignature> read = ReadSignature(declaration);
  if (!read) return {};
  AsmSignature out;
  out.argument_words = WordsOf(read->parameters);
  out.result_words = WordsOf(read->results);
  return out;
}

std::vector<std::string> SplitArguments(std::string_view text) {
  const GoLayout layout = LayoutOf(text);
  std::vector<std::string> out;
  std::string item;
  int depth = 0;
  const auto flush = [&] {
    const std::string_view trimmed = Trimmed(item);
    if (!trimmed.empty()) out.emplace_back(trimmed);
    item.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (layout.InComment(i)) continue;
    if (!layout.InString(i)) {
      if (text[i] == '(' || text[i] == '[' || text[i] == '{') ++depth;
      if (text[i] == ')' || text[i] == ']' || text[i] == '}') --depth;
      if (text[i] == ',' && depth == 0) {
        flush();
        continue;
      }
    }
    item += text[i];
  }
  flush();
  return out;
}

}  // namespace libcify::scan
