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

// Words of "a, b uintptr, c *T" or of "uintptr, error".
int WordsOfList(std::string_view list) {
  const std::vector<std::string> items = SplitArguments(list);
  const bool named =
      std::any_of(items.begin(), items.end(), [](const std::string& item) { return item.find(' ') != std::string::npos; });
  int words = 0;
  int waiting = 0;  // names whose type follows
  for (const std::string& item : items) {
    ++waiting;
    const std::size_t blank = item.find(' ');
    if (named && blank == std::string::npos) continue;
    const int one = WordsOfType(Trimmed(std::string_view(item).substr(named ? blank + 1 : 0)));
    if (one < 0) return -1;
    words += waiting * one;
    waiting = 0;
  }
  return waiting == 0 ? words : -1;
}

}  // namespace

AsmSignature SignatureOf(std::string_view declaration) {
  const std::size_t open = declaration.find('(');
  if (open == std::string_view::npos) return {};
  const std::size_t close = BehindBracket(declaration, open);
  if (close == std::string_view::npos) return {};
  AsmSignature out;
  out.argument_words = WordsOfList(declaration.substr(open + 1, close - open - 2));
  std::string_view results = Trimmed(declaration.substr(close));
  if (results.starts_with('(') && BehindBracket(results, 0) == results.size()) {
    results = results.substr(1, results.size() - 2);
  }
  out.result_words = results.empty() ? 0 : WordsOfList(results);
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
