#include "gosrc/asm_body.h"

#include <algorithm>
#include <utility>

#include "gosrc/asm_expand.h"
#include "gosrc/asm_statement.h"

namespace libcify {
namespace {

constexpr std::size_t kMaxInstructions = 1U << 14;  // the longest TEXT of std has some 6000 lines

// Pseudo-instructions of every architecture: cmd/asm counts them in n(PC), and they do nothing. The last three are macros of
// runtime/funcdata.h, each of one FUNCDATA or PCDATA.
bool IsAnnotation(const std::string& mnemonic) {
  return mnemonic == "PCDATA" || mnemonic == "FUNCDATA" || mnemonic == "PCALIGN" || mnemonic == "GO_ARGS" ||
         mnemonic == "GO_RESULTS_INITIALIZED" || mnemonic == "NO_LOCAL_POINTERS";
}

class Body {
 public:
  Body(const AsmFile& file, const AsmText& text) : file_(file), text_(text), expander_(file) {}

  [[nodiscard]] bool Read() {
    for (std::size_t i = text_.first + 1; i < text_.last; ++i) {  // the first one is TEXT itself
      const AsmStatement& statement = file_.statements()[i];
      if (!statement.active || !statement.macro.empty() || file_.Enclosing(i) != &text_) continue;
      if (!AddExpanded(i)) return false;
    }
    return true;
  }
  [[nodiscard]] std::vector<AsmInstruction>& code() { return code_; }

 private:
  [[nodiscard]] bool Mentions(const AsmStatement& statement, std::vector<AsmToken>& tokens) const {
    std::vector<AsmScanProblem> problems;
    tokens = ScanAsm(std::string_view(file_.text()).substr(statement.range.begin, statement.range.size()), problems);
    return std::any_of(tokens.begin(), tokens.end(), [&](const AsmToken& token) {
      return token.IsIdentifier() && file_.MacroAt(token.text, statement.range.begin) != nullptr;
    });
  }

  [[nodiscard]] bool AddExpanded(std::size_t index) {
    const AsmStatement& statement = file_.statements()[index];
    labels_.insert(labels_.end(), statement.labels.begin(), statement.labels.end());
    std::vector<AsmToken> tokens;
    if (!Mentions(statement, tokens)) return Add(statement, index);
    std::vector<AsmToken> expanded;
    if (!expander_.Expand(tokens, statement.range.begin, expanded)) return false;
    AsmStatementReader reader(expanded.data(), expanded.data() + expanded.size(), [](std::string_view) { return false; });
    AsmRawStatement raw;
    while (reader.Next(raw)) {
      labels_.insert(labels_.end(), raw.labels.begin(), raw.labels.end());
      AsmStatement part;
      part.mnemonic = std::move(raw.mnemonic);
      part.operands = std::move(raw.operands);
      if (!Add(std::move(part), index)) return false;
    }
    labels_.insert(labels_.end(), reader.pending_labels().begin(), reader.pending_labels().end());
    return true;
  }

  [[nodiscard]] bool Add(AsmStatement statement, std::size_t index) {
    if (statement.mnemonic == "DATA" || statement.mnemonic == "GLOBL") return true;  // no instruction
    if (code_.size() >= kMaxInstructions) return false;
    statement.labels = std::exchange(labels_, {});
    const bool annotation = IsAnnotation(statement.mnemonic);
    code_.push_back({std::move(statement), index, annotation});
    return true;
  }

  const AsmFile& file_;
  const AsmText& text_;
  AsmExpander expander_;
  std::vector<AsmInstruction> code_;
  std::vector<std::string> labels_;
};

}  // namespace

std::optional<std::vector<AsmInstruction>> ExpandBody(const AsmFile& file, const AsmText& text) {
  Body body(file, text);
  if (!body.Read()) return {};
  return std::move(body.code());
}

}  // namespace libcify
