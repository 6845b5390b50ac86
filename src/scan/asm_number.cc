// Constant propagation of one register through one TEXT, see asm_number.h.
//
// A state is "not reached", "one constant" or "anything". Each statement turns the state before it into the state behind it,
// which is joined into the states before all statements that may run next, until nothing changes. States only ever rise
// in that order, so it ends.
#include "scan/asm_number.h"

#include <algorithm>
#include <deque>
#include <map>

namespace libcify::scan {
namespace {

struct State {
  enum Kind { kUnreached, kConstant, kAnything } kind = kUnreached;
  AsmConstant constant;

  // True if this changed.
  bool Join(const State& other) {
    if (other.kind == kUnreached || kind == kAnything) return false;
    if (kind == kUnreached) {
      *this = other;
      return true;
    }
    if (other.kind == kConstant && other.constant.value == constant.value) return false;
    kind = kAnything;
    return true;
  }
};

class Flow {
 public:
  Flow(const AsmFile& file, const AsmText& text, const AsmDialect& dialect, const std::string& name)
      : file_(file), text_(text), dialect_(dialect), name_(name), before_(text.last - text.first) {
    for (std::size_t i = text.first; i < text.last; ++i) {
      for (const std::string& label : At(i).labels) labels_[label] = i;
    }
  }

  std::vector<std::optional<AsmConstant>> Run() {
    if (!before_.empty()) Enter(text_.first, {State::kAnything, {}});
    while (!work_.empty()) {
      const std::size_t index = work_.front();
      work_.pop_front();
      Step(index);
    }
    std::vector<std::optional<AsmConstant>> out(before_.size());
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (before_[i].kind == State::kConstant) out[i] = before_[i].constant;
    }
    return out;
  }

 private:
  const AsmStatement& At(std::size_t index) const { return file_.statements()[index]; }

  void Enter(std::size_t index, const State& state) {
    if (index >= text_.last) return;
    if (before_[index - text_.first].Join(state)) work_.push_back(index);
  }

  void EnterAll(const State& state) {
    for (std::size_t i = text_.first; i < text_.last; ++i) Enter(i, state);
  }

  void Step(std::size_t index) {
    const AsmStatement& statement = At(index);
    State state = before_[index - text_.first];
    if (!statement.active || !statement.macro.empty() || statement.mnemonic == "TEXT")
      return Enter(index + 1, state);  // compiled to nothing here
    const std::optional<AsmEffect> effect = dialect_.Describe(statement);
    if (!effect) return Unknown(index);
    const State after = After(statement, *effect, state);
    if (effect->target) {
      const auto label = labels_.find(*effect->target);
      if (label != labels_.end()) Enter(label->second, after);
    } else if (effect->relative) {
      Relative(index, *effect->relative, after);
    } else if (effect->is_branch) {
      EnterAll(after);  // a branch that cannot be followed
    }
    if (!effect->is_return && !effect->is_jump) Enter(index + 1, after);
  }

  // A statement that is not understood, or a macro, may change the register and go to any label. Where a macro counts
  // instructions, it may go anywhere.
  void Unknown(std::size_t index) {
    const State anything{State::kAnything, {}};
    const auto counts = [](const std::string& text) { return text.find("(PC)") != std::string::npos; };
    const std::vector<std::string>& operands = At(index).operands;
    if (std::any_of(operands.begin(), operands.end(), counts) ||
        std::any_of(file_.macros().begin(), file_.macros().end(),
                    [&](const AsmMacro& macro) { return counts(macro.body); })) {
      return EnterAll(anything);
    }
    Enter(index + 1, anything);
    for (const auto& [label, at] : labels_) Enter(at, anything);
  }

  State After(const AsmStatement& statement, const AsmEffect& effect, const State& before) const {
    const auto has = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), name_) != names.end();
    };
    // What a move of an immediate writes is its second operand, by whichever of its names.
    const bool move =
        statement.mnemonic.starts_with("MOV") && statement.operands.size() == 2 && statement.operands[0].starts_with('$');
    if (move && has(effect.writes) && !has(effect.reads)) {
      const std::vector<long long> value = file_.Immediate(statement.operands[0], statement.range.begin);
      if (value.size() == 1) return {State::kConstant, {value[0], statement.operands[0]}};
    }
    // A statement that reads the register may keep part of it (a byte move): the whole is known no longer.
    const bool touched = effect.is_call || has(effect.writes) || has(effect.reads);
    return touched ? State{State::kAnything, {}} : before;
  }

  // n(PC) counts instructions. Where every statement in between is one instruction, the target is known exactly.
  void Relative(std::size_t index, int distance, const State& state) {
    const auto target = static_cast<std::ptrdiff_t>(index) + distance;
    const auto first = static_cast<std::ptrdiff_t>(text_.first);
    const auto last = static_cast<std::ptrdiff_t>(text_.last);
    const auto here = static_cast<std::ptrdiff_t>(index);
    bool exact = target >= first && target < last;
    for (std::ptrdiff_t i = std::min(target, here); exact && i < std::max(target, here); ++i) {
      const AsmStatement& between = At(static_cast<std::size_t>(i));
      exact = between.active && between.macro.empty() && dialect_.Describe(between).has_value();
    }
    if (exact) return Enter(static_cast<std::size_t>(target), state);
    EnterAll(state);
  }

  const AsmFile& file_;
  const AsmText& text_;
  const AsmDialect& dialect_;
  const std::string& name_;
  std::vector<State> before_;  // beside the TEXT's statements
  std::map<std::string, std::size_t> labels_;
  std::deque<std::size_t> work_;
};

}  // namespace

std::vector<std::optional<AsmConstant>> ConstantsBefore(const AsmFile& file, const AsmText& text, const AsmDialect& dialect,
                                                        const std::string& register_name) {
  return Flow(file, text, dialect, register_name).Run();
}

}  // namespace libcify::scan
