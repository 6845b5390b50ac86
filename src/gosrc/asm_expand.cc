// Expands macros by replacing tokens, arguments included, and expanding the result again.
#include "gosrc/asm_expand.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace libcify {
namespace {

constexpr int kMaxDepth = 100;               // as cmd/asm
constexpr std::size_t kMaxSteps = 1U << 18;  // tokens looked at by one expander; a few hundred are usual

// The arguments between '(' at tokens[at] and its ')', where `at` is left. False if there is no end.
bool ReadArguments(const std::vector<AsmToken>& tokens, std::size_t& at, std::vector<std::vector<AsmToken>>& arguments) {
  int nesting = 0;
  arguments.emplace_back();
  for (++at; at < tokens.size() && tokens[at].kind != AsmTokenKind::kNewline; ++at) {
    const AsmToken& token = tokens[at];
    if (nesting == 0 && token.Is(')')) return true;
    if (nesting == 0 && token.Is(',')) {
      arguments.emplace_back();
      continue;
    }
    if (token.Is('(')) ++nesting;
    if (token.Is(')')) --nesting;
    arguments.back().push_back(token);
  }
  return false;
}

std::vector<AsmToken> Substitute(const std::vector<AsmToken>& body, const std::vector<std::string>& parameters,
                                 const std::vector<std::vector<AsmToken>>& arguments) {
  std::vector<AsmToken> out;
  for (const AsmToken& token : body) {
    const auto found = token.IsIdentifier() ? std::find(parameters.begin(), parameters.end(), token.text) : parameters.end();
    if (found == parameters.end()) {
      out.push_back(token);
    } else {
      const std::vector<AsmToken>& argument = arguments[static_cast<std::size_t>(found - parameters.begin())];
      out.insert(out.end(), argument.begin(), argument.end());
    }
  }
  return out;
}

}  // namespace

const std::vector<AsmToken>& AsmExpander::BodyOf(const AsmMacro& macro) {
  const auto [found, is_new] = bodies_.try_emplace(&macro);
  if (is_new) {
    std::vector<AsmScanProblem> problems;  // were noted when the file was parsed
    found->second = ScanAsm(macro.body, problems);
    found->second.pop_back();  // the newline at the end
  }
  return found->second;
}

bool AsmExpander::Expand(const std::vector<AsmToken>& tokens, std::size_t offset, int depth, std::vector<AsmToken>& out) {
  if (depth > kMaxDepth) return false;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (++steps_ > kMaxSteps) return false;
    const AsmMacro* macro = tokens[at].IsIdentifier() ? file_.MacroAt(tokens[at].text, offset) : nullptr;
    const bool is_use = macro != nullptr && (!macro->function_like || (at + 1 < tokens.size() && tokens[at + 1].Is('(')));
    if (!is_use) {
      out.push_back(tokens[at]);
      continue;
    }
    const std::vector<AsmToken>& body = BodyOf(*macro);
    steps_ += body.size();
    if (!macro->function_like) {
      if (!Expand(body, offset, depth + 1, out)) return false;
      continue;
    }
    std::vector<std::vector<AsmToken>> arguments;
    if (!ReadArguments(tokens, ++at, arguments)) return false;
    if (macro->parameters.empty() && arguments.size() == 1 && arguments[0].empty()) arguments.clear();
    if (arguments.size() != macro->parameters.size()) return false;
    const std::vector<AsmToken> replaced = Substitute(body, macro->parameters, arguments);
    steps_ += replaced.size();
    if (steps_ > kMaxSteps || !Expand(replaced, offset, depth + 1, out)) return false;
  }
  return true;
}

}  // namespace libcify
