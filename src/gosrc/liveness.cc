// Which registers are read after a statement before they are written: data flow over one TEXT.
//
// In: a file's statements with macros expanded, and a dialect that knows each statement's effect. Out: registers. Errs on
// one side only: a register is left out only if no path can read it.
//
// Two sets run backward. `reads` is what statements name. `arguments` is what calls and system calls may take: of it only
// counts what some path from the function's entry has set before the statement in question, which a second, forward, flow
// finds. Otherwise each of two system calls in a row would seem to need all six argument registers of the first.
#include <algorithm>
#include <bitset>
#include <map>
#include <optional>
#include <utility>

#include "gosrc/asm_body.h"
#include "gosrc/asm_dialect.h"

namespace libcify {
namespace {

constexpr std::size_t kMaxRegisters = 256;
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

using Set = std::bitset<kMaxRegisters>;

struct Instruction {
  std::optional<AsmEffect> effect;  // none: unknown
  std::size_t statement = 0;        // of the file
  Set reads, arguments, writes;
  Set sets;  // of what it writes, what a later call may take as an argument
  std::vector<std::size_t> next;
  bool unknown = false;  // may read everything and go anywhere
  bool is_plain_call = false;
  bool takes_nothing = false;  // a call
};

// "CALL runtime·entersyscall(SB)": ABI0 passes nothing in registers. Helpers with rules of their own do, but not in vector
// registers.
bool IsPlainCall(const AsmStatement& statement) {
  if (statement.operands.empty()) return false;
  const std::string& to = statement.operands.back();
  return to.ends_with("(SB)") && to.find("ABIInternal") == std::string::npos;
}

struct Flow {
  Set reads, arguments;
};

class Function {
 public:
  Function(const AsmFile& file, const AsmText& text, const AsmDialect& dialect, const std::vector<std::string>& of)
      : file_(file), text_(text), dialect_(dialect) {
    for (std::size_t i = 0; i < of.size(); ++i) bits_[of[i]].set(i);
    for (std::size_t i = 0; i < of.size(); ++i) {
      all_.set(i);
      if (dialect.IsVector(of[i])) vectors_.set(i);
    }
  }

  // Reads the statements; false where the function is too large or a macro has no end.
  [[nodiscard]] bool Read(const AsmSignature& signature);
  void Connect();
  // Registers live after any instruction of a statement.
  [[nodiscard]] Set After(std::size_t statement);

 private:
  void Translate(Instruction& instruction, const AsmSignature& signature);
  [[nodiscard]] std::size_t Follow(std::size_t from) const;
  [[nodiscard]] std::vector<Flow> FlowBackward() const;
  [[nodiscard]] std::vector<Set> FlowForward(std::vector<bool>& reached) const;
  [[nodiscard]] Flow Out(const std::vector<Flow>& in, std::size_t at) const;
  [[nodiscard]] Set Bits(const std::vector<std::string>& names, std::size_t limit) const;

  const AsmFile& file_;
  const AsmText& text_;
  const AsmDialect& dialect_;
  std::map<std::string, Set> bits_;
  Set all_, vectors_, set_at_entry_;
  std::vector<Instruction> code_;
  std::map<std::string, std::size_t> labels_;
};

Set Function::Bits(const std::vector<std::string>& names, std::size_t limit = kNowhere) const {
  Set out;
  for (std::size_t i = 0; i < std::min(limit, names.size()); ++i) {
    const auto found = bits_.find(names[i]);
    if (found != bits_.end()) out |= found->second;
  }
  return out;
}

bool Function::Read(const AsmSignature& signature) {
  const std::optional<std::vector<AsmInstruction>> body = ExpandBody(file_, text_);
  if (!body) return false;
  for (const AsmInstruction& one : *body) {
    for (const std::string& label : one.statement.labels) labels_[label] = code_.size();
    Instruction instruction;
    instruction.statement = one.index;
    instruction.is_plain_call = IsPlainCall(one.statement);
    instruction.takes_nothing =
        signature.takes_nothing && !one.statement.operands.empty() && signature.takes_nothing(one.statement.operands.back());
    if (one.annotation) {
      instruction.effect.emplace();
    } else {
      instruction.effect = dialect_.Describe(one.statement);
    }
    code_.push_back(std::move(instruction));
  }
  const auto words = [](int count) { return count < 0 ? kNowhere : static_cast<std::size_t>(count); };
  if (text_.abi == "ABIInternal") set_at_entry_ = Bits(dialect_.result_registers(), words(signature.argument_words));
  for (Instruction& instruction : code_) Translate(instruction, signature);
  return true;
}

void Function::Translate(Instruction& instruction, const AsmSignature& signature) {
  if (!instruction.effect) {
    instruction.unknown = true;
    return;
  }
  const AsmEffect& effect = *instruction.effect;
  const bool as_the_port = effect.is_syscall && !signature.syscall_reads.empty();
  instruction.reads = Bits(as_the_port ? signature.syscall_reads : effect.reads);
  instruction.arguments = Bits(effect.argument_reads);
  instruction.writes = Bits(effect.writes);
  instruction.sets = instruction.writes;
  if (effect.is_call) {
    instruction.arguments = instruction.takes_nothing ? Set() : all_ & ~Bits({"flags"});
    instruction.writes = all_;
    instruction.sets = instruction.is_plain_call ? all_ & ~vectors_ : all_;
  }
  if (effect.is_return && text_.abi == "ABIInternal") {
    const std::size_t words = signature.result_words < 0 ? kNowhere : static_cast<std::size_t>(signature.result_words);
    instruction.reads |= Bits(dialect_.result_registers(), words);
    if (signature.result_words < 0) instruction.reads |= Bits(dialect_.float_result_registers());
  }
}

// Where a jump or branch goes, or kNowhere.
std::size_t Function::Follow(std::size_t from) const {
  const AsmEffect& effect = *code_[from].effect;
  if (effect.target) {
    const auto found = labels_.find(*effect.target);
    return found == labels_.end() ? kNowhere : found->second;
  }
  if (!effect.relative) return kNowhere;
  const auto to = static_cast<std::ptrdiff_t>(from) + *effect.relative;
  if (to < 0 || to >= static_cast<std::ptrdiff_t>(code_.size())) return kNowhere;
  // What is unknown may be a macro of an included file, of any number of instructions.
  const auto [low, high] = std::minmax({from, static_cast<std::size_t>(to)});
  for (std::size_t i = low; i < high; ++i) {
    if (!code_[i].effect) return kNowhere;
  }
  return static_cast<std::size_t>(to);
}

void Function::Connect() {
  for (std::size_t i = 0; i < code_.size(); ++i) {
    Instruction& instruction = code_[i];
    if (instruction.unknown) continue;
    const AsmEffect& effect = *instruction.effect;
    if (effect.is_return || effect.is_trap) continue;
    if (effect.is_jump || effect.is_branch) {
      const std::size_t to = Follow(i);
      if (to == kNowhere) {
        instruction.unknown = true;
        continue;
      }
      instruction.next.push_back(to);
    }
    if (effect.is_jump) continue;
    // Behind the end nothing is defined: the linker puts there what it likes.
    if (i + 1 < code_.size()) instruction.next.push_back(i + 1);
  }
}

Flow Function::Out(const std::vector<Flow>& in, std::size_t at) const {
  Flow out;
  for (const std::size_t next : code_[at].next) {
    out.reads |= in[next].reads;
    out.arguments |= in[next].arguments;
  }
  if (code_[at].unknown) out.reads = all_;
  return out;
}

// in = reads + (out - writes), until nothing changes.
std::vector<Flow> Function::FlowBackward() const {
  std::vector<std::vector<std::size_t>> before(code_.size());
  std::vector<std::size_t> work;
  for (std::size_t i = 0; i < code_.size(); ++i) {
    work.push_back(i);
    for (const std::size_t next : code_[i].next) before[next].push_back(i);
  }
  std::vector<Flow> in(code_.size());
  std::vector<bool> waiting(code_.size(), true);
  while (!work.empty()) {
    const std::size_t at = work.back();
    work.pop_back();
    waiting[at] = false;
    const Instruction& instruction = code_[at];
    Flow flow = Out(in, at);
    flow.reads = instruction.reads | (instruction.unknown ? all_ : flow.reads & ~instruction.writes);
    flow.arguments = instruction.arguments | (flow.arguments & ~instruction.writes);
    if (flow.reads == in[at].reads && flow.arguments == in[at].arguments) continue;
    in[at] = flow;
    for (const std::size_t previous : before[at]) {
      if (!waiting[previous]) work.push_back(previous);
      waiting[previous] = true;
    }
  }
  return in;
}

// What some path from the entry has set in front of each instruction.
std::vector<Set> Function::FlowForward(std::vector<bool>& reached) const {
  std::vector<Set> in(code_.size());
  reached.assign(code_.size(), false);
  if (code_.empty()) return in;
  in[0] = set_at_entry_;
  reached[0] = true;
  std::vector<std::size_t> work = {0};
  while (!work.empty()) {
    const std::size_t at = work.back();
    work.pop_back();
    const Set out = in[at] | code_[at].sets;
    for (const std::size_t next : code_[at].next) {
      const Set merged = in[next] | out;
      if (reached[next] && merged == in[next]) continue;
      in[next] = merged;
      reached[next] = true;
      work.push_back(next);
    }
  }
  return in;
}

Set Function::After(std::size_t statement) {
  const std::vector<Flow> backward = FlowBackward();
  std::vector<bool> reached;
  const std::vector<Set> forward = FlowForward(reached);
  // Behind a statement that is unknown, and may go anywhere, nothing is known of what was set.
  const bool anything_set = std::any_of(code_.begin(), code_.end(), [](const Instruction& i) { return i.unknown; });
  Set live;
  bool found = false;
  for (std::size_t i = 0; i < code_.size(); ++i) {
    if (code_[i].statement != statement) continue;
    found = true;
    const Flow out = Out(backward, i);
    const bool known = reached[i] && !anything_set;
    live |= out.reads | (known ? out.arguments & (forward[i] | code_[i].sets) : out.arguments);
  }
  return found ? live : all_;
}

}  // namespace

std::vector<std::string> LiveAfter(const AsmFile& file, std::size_t index, const AsmDialect& dialect,
                                   const std::vector<std::string>& of, const AsmSignature& signature) {
  const AsmText* text = file.Enclosing(index);
  if (text == nullptr || of.size() > kMaxRegisters || !file.statements()[index].active) return of;
  Function function(file, *text, dialect, of);
  if (!function.Read(signature)) return of;
  function.Connect();
  const Set live = function.After(index);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (live[i]) out.push_back(of[i]);
  }
  return out;
}

}  // namespace libcify
