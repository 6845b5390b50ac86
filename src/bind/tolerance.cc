#include "bind/tolerance.h"

#include <algorithm>
#include <utility>

namespace libcify {
namespace {

std::string ForWord(std::string text, int word_bits) {
  static constexpr std::string_view kMark = "{word}";
  for (std::size_t at = text.find(kMark); at != std::string::npos; at = text.find(kMark)) {
    text.replace(at, kMark.size(), std::to_string(word_bits));
  }
  return text;
}

}  // namespace

Result<Tolerances> Tolerances::Compile(const std::vector<ToleranceRule>& rules, const Target& target, int word_bits) {
  Tolerances out;
  Errors errors;
  for (const ToleranceRule& rule : rules) {
    if (!Covers(rule.scope, target)) continue;
    Result<Pattern> contract = Pattern::Compile({}, ForWord(rule.contract, word_bits));
    Result<Pattern> libc = Pattern::Compile({}, ForWord(rule.libc, word_bits));
    for (Result<Pattern>* pattern : {&contract, &libc}) {
      if (*pattern) continue;
      for (Error& error : pattern->error()) error.rule = rule.id;
      Append(errors, std::move(pattern->error()));
    }
    if (contract && libc) out.compiled_.push_back({&rule, std::move(*contract), std::move(*libc)});
  }
  if (!errors.empty()) return Fail(std::move(errors));
  // Rules of named calls first; otherwise the order of the files.
  std::stable_sort(out.compiled_.begin(), out.compiled_.end(),
                   [](const Compiled& a, const Compiled& b) { return !a.rule->calls.empty() && b.rule->calls.empty(); });
  return out;
}

const ToleranceRule* Tolerances::Find(std::string_view where, std::string_view call, std::string_view contract,
                                      std::string_view libc) const {
  for (const Compiled& one : compiled_) {
    const ToleranceRule& rule = *one.rule;
    if (rule.where != where) continue;
    if (!rule.calls.empty() && std::find(rule.calls.begin(), rule.calls.end(), call) == rule.calls.end()) continue;
    if (one.contract.FullMatch(contract) && one.libc.FullMatch(libc)) return &rule;
  }
  return nullptr;
}

}  // namespace libcify
