// What a parsed assembly file answers; the parsing is in asm_parser.cc.
#include "gosrc/asm_file.h"

#include <algorithm>
#include <utility>

#include "gosrc/asm_constant.h"
#include "gosrc/asm_expand.h"
#include "gosrc/asm_parser.h"

namespace libcify {

std::string AsmStatement::Canonical() const {
  std::string out = mnemonic;
  for (std::size_t i = 0; i < operands.size(); ++i) out += (i == 0 ? " " : ", ") + operands[i];
  return out;
}

Result<AsmFile> AsmFile::Parse(std::string path, std::string text, std::map<std::string, std::string> defines) {
  return AsmParser(std::move(path), std::move(text), std::move(defines)).Run();
}

const AsmText* AsmFile::Enclosing(std::size_t statement) const {
  if (statement >= owners_.size() || owners_[statement] == kAnywhere) return nullptr;
  return &texts_[owners_[statement]];
}

const AsmMacro* AsmFile::MacroAt(std::string_view name, std::size_t offset) const {
  const auto found = macro_index_.find(name);
  if (found != macro_index_.end()) {
    const std::vector<std::size_t>& indexes = found->second;  // their places in force rise and do not overlap
    if (offset == kAnywhere) {
      const AsmMacro& first = macros_[indexes.front()];
      const bool same = std::all_of(indexes.begin(), indexes.end(), [&](std::size_t i) {
        return macros_[i].body == first.body && macros_[i].parameters == first.parameters;
      });
      return same ? &first : nullptr;
    }
    const auto behind = std::upper_bound(indexes.begin(), indexes.end(), offset,
                                         [&](std::size_t at, std::size_t i) { return at < macros_[i].in_force.begin; });
    if (behind != indexes.begin()) {
      const AsmMacro& macro = macros_[behind[-1]];
      return offset <= macro.in_force.end ? &macro : nullptr;
    }
  }
  const auto predefined =
      std::lower_bound(predefined_.begin(), predefined_.end(), name,
                       [](const AsmMacro& macro, std::string_view wanted) { return macro.name < wanted; });
  return predefined != predefined_.end() && predefined->name == name ? &*predefined : nullptr;
}

std::vector<long long> AsmFile::Immediate(const std::string& operand, std::size_t offset) const {
  if (!operand.starts_with('$')) return {};
  std::vector<AsmScanProblem> problems;
  std::vector<AsmToken> tokens = ScanAsm(std::string_view(operand).substr(1), problems);
  if (!problems.empty()) return {};
  tokens.pop_back();  // the newline at the end
  AsmExpander expander(*this);
  std::vector<AsmToken> expanded;
  if (!expander.Expand(tokens, offset, expanded)) return {};
  return EvaluateAsmConstant(expanded);
}

}  // namespace libcify
