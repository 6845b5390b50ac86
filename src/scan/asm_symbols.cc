// Reads the symbols of TEXT statements, see asm_symbols.h. Names are written with the middle dot U+00B7 for the dot and the
// division slash U+2215 for the slash of an import path (go.dev/doc/asm, "Symbols").
#include "scan/asm_symbols.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace libcify::scan {
namespace {

constexpr std::string_view kDot = "\u00b7";
constexpr std::string_view kSlash = "\u2215";

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

void Add(std::string_view written, const std::string& package, std::set<std::string>& symbols) {
  std::string name = LinkerName(std::string(Trimmed(written)), package);
  if (!name.empty()) symbols.insert(std::move(name));
}

// The symbol of "TEXT sym<ABI>(SB), …" in a macro's body.
std::string_view SymbolOfText(std::string_view body) {
  const std::size_t text = body.find("TEXT");
  if (text == std::string_view::npos) return {};
  const std::string_view rest = Trimmed(body.substr(text + 4));
  return Trimmed(rest.substr(0, rest.find_first_of("<(")));
}

// A use of a macro that defines a function: CALLFN(·call16, 16).
void AddMacroUse(const SourceFile& source, const AsmFile& file, const AsmStatement& statement,
                 std::set<std::string>& symbols) {
  const std::string name = statement.mnemonic.substr(0, statement.mnemonic.find('('));
  const AsmMacro* macro = file.MacroAt(name, statement.range.begin);
  if (macro == nullptr || !macro->function_like) return;
  const std::string_view symbol = SymbolOfText(macro->body);
  if (symbol.empty()) return;
  const std::string_view use = source.text.substr(statement.range.begin, statement.range.size());
  std::size_t open = use.find('(');
  for (const std::string& parameter : macro->parameters) {
    if (open == std::string_view::npos) return;
    const std::size_t end = use.find_first_of(",)", open + 1);
    if (end == std::string_view::npos) return;
    if (parameter == symbol) return Add(use.substr(open + 1, end - open - 1), source.package, symbols);
    open = use[end] == ',' ? end : std::string_view::npos;
  }
  Add(symbol, source.package, symbols);
}

}  // namespace

bool NeedsPreprocessor(std::string_view text) {
  if (text.find("#if") != std::string::npos) return true;
  for (std::size_t at = text.find("#define"); at != std::string::npos; at = text.find("#define", at + 1)) {
    std::size_t end = text.find('\n', at);
    while (end != std::string::npos && end > 0 && text[end - 1] == '\\') end = text.find('\n', end + 1);
    if (text.substr(at, end - at).find("TEXT") != std::string::npos) return true;
    if (end == std::string::npos) break;
  }
  return false;
}

void AddPlainSymbols(const SourceFile& file, std::set<std::string>& symbols) {
  const std::string_view text = file.text;
  for (std::size_t at = text.find("TEXT"); at != std::string_view::npos; at = text.find("TEXT", at + 1)) {
    const std::size_t line = text.rfind('\n', at) + 1;  // npos + 1 is 0
    if (!Trimmed(text.substr(line, at - line)).empty()) continue;
    const std::string_view rest = text.substr(at + 4, text.find('\n', at) - at - 4);
    const std::size_t end = rest.find_first_of("<(");
    if (end != std::string_view::npos && rest.substr(end).starts_with("<>")) continue;  // seen in its file only
    Add(rest.substr(0, end), file.package, symbols);
  }
}

void AddCalls(const SourceFile& file, std::map<std::string, std::set<std::string>>& calls) {
  static constexpr std::array<std::string_view, 7> kCalls = {"CALL", "BL", "JAL", "JALR", "JMP", "B", "BR"};
  const auto linker_name = [&](std::string_view operand) {
    return LinkerName(std::string(Trimmed(operand.substr(0, operand.find_first_of("<(")))), file.package);
  };
  std::string caller;
  for (std::string_view rest = file.text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = Trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    if (line.find("(SB)") == std::string_view::npos) continue;
    if (line.substr(0, blank) == "TEXT") caller = linker_name(line.substr(blank));
    const bool is_call = std::find(kCalls.begin(), kCalls.end(), line.substr(0, blank)) != kCalls.end();
    if (!is_call || caller.empty()) continue;
    const std::string called = linker_name(line.substr(blank));
    if (!called.empty()) calls[caller].insert(called);  // "": of this file alone, and no entry
  }
}

void AddSymbols(const SourceFile& source, const AsmFile& file, std::set<std::string>& symbols) {
  for (const AsmText& text : file.texts()) {
    if (text.active && !text.is_static) Add(text.symbol, source.package, symbols);
  }
  for (const AsmStatement& statement : file.statements()) {
    if (statement.active && statement.macro.empty()) AddMacroUse(source, file, statement, symbols);
  }
}

std::string LinkerName(const std::string& written, const std::string& package) {
  const std::size_t dot = written.find(kDot);
  if (dot == std::string::npos) return {};
  std::string out = dot == 0 ? package : std::string();
  for (std::size_t i = 0; i < written.size();) {
    const std::string_view rest = std::string_view(written).substr(i);
    if (rest.starts_with(kDot)) {
      out += '.';
      i += kDot.size();
    } else if (rest.starts_with(kSlash)) {
      out += '/';
      i += kSlash.size();
    } else {
      out += written[i++];
    }
  }
  return out;
}

}  // namespace libcify::scan
