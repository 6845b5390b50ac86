// Effects of statements by a table, see asm_plain.h. Operands are Go's: sources first, the destination last; an address
// holds its registers in parentheses (go.dev/doc/asm).
#include "gosrc/asm_plain.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace libcify {
namespace {

using Names = std::vector<std::string>;

std::vector<std::string_view> Words(std::string_view list) {
  std::vector<std::string_view> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) out.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

std::set<std::string, std::less<>> ToSet(std::string_view list) {
  std::set<std::string, std::less<>> out;
  for (const std::string_view word : Words(list)) out.emplace(word);
  return out;
}

void AddTo(Names& list, const std::string& name) {
  if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
}

// "R4" and "R11" of a range: stem and numbers.
bool SplitRange(std::string_view first, std::string_view last, std::string& stem, int& from, int& to) {
  const auto split = [](std::string_view name, std::string& text, int& number) {
    const std::size_t digits = name.find_first_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return false;
    text = name.substr(0, digits);
    return std::from_chars(name.data() + digits, name.data() + name.size(), number).ptr == name.data() + name.size();
  };
  std::string other;
  return split(first, stem, from) && split(last, other, to) && stem == other && from <= to && to - from < 128;
}

using NameMap = std::map<std::string, std::string, std::less<>>;  // any name of a register -> its full name

void AddRegisters(std::string_view list, NameMap& out) {
  for (const std::string_view word : Words(list)) {
    const std::size_t dots = word.find("..");
    const std::size_t equals = word.find('=');
    std::string stem;
    int from = 0, to = 0;
    if (dots != std::string_view::npos && SplitRange(word.substr(0, dots), word.substr(dots + 2), stem, from, to)) {
      for (int i = from; i <= to; ++i) out[stem + std::to_string(i)] = stem + std::to_string(i);
    } else if (equals != std::string_view::npos) {
      out[std::string(word.substr(0, equals))] = word.substr(equals + 1);
    } else {
      out[std::string(word)] = word;
    }
  }
}

std::multimap<std::string, std::string, std::less<>> Pairs(std::string_view list) {
  std::multimap<std::string, std::string, std::less<>> out;
  for (const std::string_view word : Words(list)) {
    const std::size_t equals = word.find('=');
    out.emplace(word.substr(0, equals), word.substr(equals + 1));
  }
  return out;
}

bool IsLetter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// The identifiers of an operand. A number such as 0x80 is none.
std::vector<std::string_view> Identifiers(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && IsLetter(text[end])) ++end;
    if (end > i && std::isdigit(static_cast<unsigned char>(text[i])) == 0) out.push_back(text.substr(i, end - i));
    i = std::max(end, i + 1);
  }
  return out;
}

bool IsLabel(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), IsLetter) && text.find("\u00b7") == std::string_view::npos;
}

class Plain : public AsmDialect {
 public:
  explicit Plain(const PlainTable& table)
      : moves_(ToSet(table.moves)),
        plain_(ToSet(table.plain)),
        loads_(ToSet(table.loads)),
        compare_(ToSet(table.compare)),
        flag_readers_(ToSet(table.flag_readers)),
        calls_(ToSet(table.calls)),
        jumps_(ToSet(table.jumps)),
        returns_(ToSet(table.returns)),
        traps_(ToSet(table.traps)),
        branches_(ToSet(table.branches)),
        flag_branches_(ToSet(table.flag_branches)),
        conditions_(ToSet(table.conditions)),
        suffixes_(ToSet(table.suffixes)),
        also_writes_(Pairs(table.also_writes)),
        also_reads_(Pairs(table.also_reads)),
        syscall_(table.syscall),
        stack_pointer_(table.stack_pointer),
        link_(table.link) {
    AddRegisters(table.registers, names_);
    AddRegisters(table.mentioned, names_);
    NameMap mentioned;
    AddRegisters(table.mentioned, mentioned);
    for (const auto& [name, full] : mentioned) mentioned_.insert(full);
    const auto list = [](std::string_view words, Names& out) {
      for (const std::string_view word : Words(words)) out.emplace_back(word);
    };
    list(table.syscall_reads, syscall_reads_);
    list(table.syscall_writes, syscall_writes_);
    list(table.results, results_);
    list(table.float_results, float_results_);
  }

  [[nodiscard]] std::optional<AsmEffect> Describe(const AsmStatement& statement) const override {
    AsmEffect effect;
    bool conditional = false;
    bool writes_address = false;
    const std::optional<std::string> name = Base(statement.mnemonic, effect, conditional, writes_address);
    if (!name) return {};
    if (!Apply(*name, statement, effect)) return {};
    if (writes_address) {
      for (const std::string& operand : statement.operands) {
        if (operand.find('(') == std::string::npos) continue;
        for (const std::string& reg : RegistersOf(operand)) AddTo(effect.writes, reg);
      }
    }
    const auto extra = [&](const auto& pairs, Names& out) {
      for (auto [at, end] = pairs.equal_range(*name); at != end; ++at) AddTo(out, at->second);
    };
    extra(also_writes_, effect.writes);
    extra(also_reads_, effect.reads);
    if (conditional) {
      // It may write or not, so what it writes keeps its former value too. A jump becomes a branch.
      AddTo(effect.reads, "flags");
      for (const std::string& reg : effect.writes) AddTo(effect.reads, reg);
      if (effect.is_jump) {
        effect.is_jump = false;
        effect.is_branch = true;
      }
      if (effect.is_return || effect.is_trap) return {};
    }
    return effect;
  }

  [[nodiscard]] const std::vector<std::string>& result_registers() const override { return results_; }
  [[nodiscard]] const std::vector<std::string>& float_result_registers() const override { return float_results_; }
  [[nodiscard]] bool IsVector(const std::string& name) const override { return mentioned_.contains(name); }
  [[nodiscard]] const std::string& stack_pointer() const override { return stack_pointer_; }
  [[nodiscard]] const std::string& link() const override { return link_; }

 private:
  using Set = std::set<std::string, std::less<>>;

  // The mnemonic without suffixes, or nothing where one of them is not known.
  std::optional<std::string> Base(const std::string& mnemonic, AsmEffect& effect, bool& conditional,
                                  bool& writes_address) const {
    std::size_t dot = mnemonic.find('.');
    std::string base = mnemonic.substr(0, dot);
    while (dot != std::string::npos) {
      const std::size_t end = mnemonic.find('.', dot + 1);
      const std::string suffix = mnemonic.substr(dot + 1, end == std::string::npos ? end : end - dot - 1);
      dot = end;
      if (conditions_.contains(suffix)) {
        conditional = true;
      } else if (!suffixes_.contains(suffix)) {
        return {};
      }
      if (suffix == "S") AddTo(effect.writes, "flags");
      if (suffix == "P" || suffix.find('W') != std::string::npos) writes_address = true;
    }
    return base;
  }

  // Full names of the registers that an operand names. "sec+0(FP)" and "x(SB)" name symbols.
  [[nodiscard]] Names RegistersOf(std::string_view operand) const {
    Names out;
    const std::vector<std::string_view> words = Identifiers(operand);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto found = names_.find(words[i]);
      if (found == names_.end()) continue;
      AddTo(out, found->second);
      // [R4-R11]
      const char* const behind = words[i].data() + words[i].size();
      if (operand.front() != '[' || i + 1 >= words.size() || *behind != '-') continue;
      std::string stem;
      int from = 0, to = 0;
      if (!SplitRange(words[i], words[i + 1], stem, from, to)) continue;
      for (int n = from; n <= to; ++n) {
        const auto inside = names_.find(stem + std::to_string(n));
        if (inside != names_.end()) AddTo(out, inside->second);
      }
    }
    // "8(SP)": the stack pointer by the name that it has in all of Go's assemblers; "x-8(SP)" too, as far as frames go.
    if (operand.ends_with("(SP)")) AddTo(out, stack_pointer_);
    return out;
  }

  // The registers that an operand is: a name, or a list "(R1, R0)" or "[R0-R3]".
  [[nodiscard]] Names BareRegisters(std::string_view operand) const {
    if (operand.empty()) return {};  // "CALL(,x)": a macro's use by the name of an instruction
    if (names_.find(operand) != names_.end()) return {names_.find(operand)->second};
    const bool list = operand.front() == '[' || (operand.front() == '(' && operand.find(',') != std::string_view::npos);
    return list ? RegistersOf(operand) : Names();
  }

  // Of all operands but `skip` from the end on: what is read. Vector registers are read in any operand.
  void ReadOperands(const AsmStatement& statement, std::size_t skip, AsmEffect& effect) const {
    for (std::size_t i = 0; i < statement.operands.size(); ++i) {
      const std::string& operand = statement.operands[i];
      if (operand.empty()) continue;
      const bool written_only = i + skip >= statement.operands.size() && !BareRegisters(operand).empty();
      for (const std::string& reg : RegistersOf(operand)) {
        if (!written_only || mentioned_.contains(reg)) AddTo(effect.reads, reg);
      }
    }
  }

  void WriteLast(const AsmStatement& statement, AsmEffect& effect) const {
    if (statement.operands.empty() || statement.operands.back().empty()) return;
    for (const std::string& reg : BareRegisters(statement.operands.back())) {
      if (!mentioned_.contains(reg)) AddTo(effect.writes, reg);
    }
  }

  [[nodiscard]] bool Apply(const std::string& name, const AsmStatement& statement, AsmEffect& effect) const {
    if (name == syscall_) {
      effect.is_syscall = true;
      effect.reads = syscall_reads_;
      for (const std::string& reg : syscall_writes_) AddTo(effect.writes, reg);
      ReadOperands(statement, 0, effect);
      return true;
    }
    if (returns_.contains(name)) {
      effect.is_return = true;
      return statement.operands.empty();
    }
    if (traps_.contains(name)) {
      effect.is_trap = true;
      return true;
    }
    if (calls_.contains(name)) return Call(statement, effect);
    if (jumps_.contains(name) || branches_.contains(name) || flag_branches_.contains(name))
      return Jump(name, statement, effect);
    if (loads_.contains(name)) return LoadRange(statement, effect);
    const bool move = moves_.contains(name);
    if (!move && !plain_.contains(name) && !compare_.contains(name) && !flag_readers_.contains(name)) return false;
    ReadOperands(statement, move ? 1 : 0, effect);
    if (flag_readers_.contains(name)) AddTo(effect.reads, "flags");
    if (compare_.contains(name)) {
      AddTo(effect.writes, "flags");
    } else {
      WriteLast(statement, effect);
    }
    return true;
  }

  [[nodiscard]] bool LoadRange(const AsmStatement& statement, AsmEffect& effect) const {
    const std::size_t count = statement.operands.size();
    std::string stem;
    int from = 0, to = 0;
    if (count != 3 || !SplitRange(statement.operands[1], statement.operands[2], stem, from, to)) return false;
    ReadOperands(statement, 0, effect);
    for (int n = from; n <= to; ++n) {
      const auto inside = names_.find(stem + std::to_string(n));
      if (inside == names_.end()) return false;
      AddTo(effect.writes, inside->second);
    }
    return true;
  }

  // "BL f(SB)", "BL (R2)", "JALR RA, T1". A call that puts its return address elsewhere is a jump, and not known.
  [[nodiscard]] bool Call(const AsmStatement& statement, AsmEffect& effect) const {
    ReadOperands(statement, 0, effect);
    effect.is_call = true;
    if (statement.operands.size() == 2) {
      const Names first = BareRegisters(statement.operands[0]);
      std::erase(effect.reads, link_);
      return first.size() == 1 && first[0] == link_;
    }
    return statement.operands.size() == 1;
  }

  [[nodiscard]] bool Jump(const std::string& name, const AsmStatement& statement, AsmEffect& effect) const {
    if (statement.operands.empty()) return false;
    effect.is_jump = jumps_.contains(name);
    effect.is_branch = !effect.is_jump;
    if (flag_branches_.contains(name)) AddTo(effect.reads, "flags");
    AsmStatement others = statement;
    others.operands.pop_back();
    ReadOperands(others, 0, effect);
    std::string to = statement.operands.back();
    std::erase(to, ' ');
    if (to.ends_with("(PC)")) {
      const char* const begin = to.data() + (to.starts_with('+') ? 1 : 0);
      const char* const end = to.data() + to.size() - 4;
      int count = 0;
      const auto [stop, failed] = std::from_chars(begin, end, count);
      if (failed != std::errc() || stop != end || begin == end) return false;
      effect.relative = count;
    } else if (IsLabel(to) && names_.find(to) == names_.end()) {
      effect.target = to;
    } else {
      for (const std::string& reg : RegistersOf(to)) AddTo(effect.reads, reg);
    }
    return true;
  }

  NameMap names_;
  Set mentioned_, moves_, plain_, loads_, compare_, flag_readers_, calls_, jumps_, returns_, traps_, branches_,
      flag_branches_, conditions_, suffixes_;
  std::multimap<std::string, std::string, std::less<>> also_writes_, also_reads_;
  std::string syscall_, stack_pointer_, link_;
  Names syscall_reads_, syscall_writes_, results_, float_results_;
};

}  // namespace

std::unique_ptr<const AsmDialect> MakePlainDialect(const PlainTable& table) { return std::make_unique<Plain>(table); }

}  // namespace libcify
