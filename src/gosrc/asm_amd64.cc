// Effects of amd64 and 386 statements: a reader of operands, and what an instruction does with them by its entry in the
// table.
//
// Sources: Intel SDM volume 2 (registers and flags of each instruction), go.dev/doc/asm and cmd/asm (operand order: source
// first, destination last; a 32-bit name is the same as the 64-bit one), Linux syscall(2). Where an instruction writes only
// in some cases or only a part of a register, the register counts as read too, so that its former value never seems lost.
#include "gosrc/asm_amd64.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "gosrc/asm_amd64_table.h"

namespace libcify {
namespace {

using Use = Amd64Use;
using Entry = Amd64Entry;

constexpr std::array<std::string_view, 16> kGeneral = {"AX", "BX", "CX",  "DX",  "SI",  "DI",  "BP",  "SP",
                                                       "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15"};

// Full name of a register: "AX" for AX, AL and AH, "R8" for R8 and R8B, "X0". "" for what is no such register.
std::string FullName(std::string_view name) {
  if (std::find(kGeneral.begin(), kGeneral.end(), name) != kGeneral.end()) return std::string(name);
  if (name.size() == 2 && (name[1] == 'L' || name[1] == 'H') && name[0] >= 'A' && name[0] <= 'D') return {name[0], 'X'};
  if (name.size() >= 3 && name.back() == 'B') return FullName(name.substr(0, name.size() - 1));  // SIB, R8B
  const bool digits = name.size() >= 2 && name.size() <= 3 &&
                      std::all_of(name.begin() + 1, name.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits || name[0] != 'X' || (name.size() == 3 && (name[1] != '1' || name[2] > '5'))) return "";
  return std::string(name);
}

// One operand: a register, memory with the registers of its address, or neither (immediate, symbol, label).
struct Operand {
  std::string text;     // without blanks
  std::string reg;      // the register that it is
  bool narrow = false;  // AL, AH, R8B …
  std::vector<std::string> address;
  bool is_memory = false;
};

bool IsIdentifier(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
         });
}

// Registers of the groups at the end of an address: "8(AX)(BX*4)". False for a group whose name is no register: it may be a
// macro of an included file. A group in front of another may be a constant: "(g_sched+gobuf_sp)(DX)".
bool ReadAddress(std::string_view text, Operand& operand) {
  bool last = true;
  bool scaled = false;
  while (!text.empty() && text.back() == ')') {
    const std::size_t open = text.rfind('(');
    if (open == std::string_view::npos) return false;
    std::string_view name = text.substr(open + 1, text.size() - open - 2);
    text = text.substr(0, open);
    const std::size_t star = name.find('*');
    const bool has_scale = star != std::string_view::npos;
    name = name.substr(0, star);
    const std::string reg = FullName(name);
    const bool pseudo =
        name == "SB" || name == "FP" || name == "PC" || name == "TLS" || name == "GS" || name == "FS" || name == "CS";
    if (!reg.empty()) {
      operand.address.push_back(reg);
    } else if (!pseudo) {
      return !last && !(scaled && IsIdentifier(name));
    }
    last = false;
    scaled = has_scale;
  }
  return true;
}

std::optional<Operand> ReadOperand(const std::string& written) {
  Operand operand;
  for (const char c : written) {
    if (c != ' ') operand.text += c;
  }
  const std::string_view text = operand.text;
  if (text.empty()) return {};
  operand.reg = FullName(text);
  if (!operand.reg.empty()) {
    operand.narrow = operand.reg != text;
    return operand;
  }
  if (text == "TLS" || text[0] == '$') {
    // "$sym(SB)" and "$8(SP)" are addresses, "$(1<<3)" is not one
    const bool is_address = text.back() == ')' && !text.starts_with("$(");
    return !is_address || ReadAddress(text, operand) ? std::optional(operand) : std::nullopt;
  }
  operand.is_memory = true;
  if (text.back() == ')') return ReadAddress(text, operand) ? std::optional(operand) : std::nullopt;
  if (text.find_first_of("(:,[") != std::string_view::npos) return {};
  // "0xf1" is an absolute address. A bare name is a register that is not known here, or somebody's macro.
  if (IsIdentifier(text)) return {};
  return operand;
}

class Describer {
 public:
  Describer(const AsmStatement& statement, const Entry& entry, bool is_386)
      : statement_(statement), entry_(entry), is_386_(is_386) {}

  std::optional<AsmEffect> Run() {
    if (entry_.use == Use::kJump || entry_.use == Use::kBranch || entry_.use == Use::kLoop) return Jump();
    for (const std::string& written : statement_.operands) {
      std::optional<Operand> operand = ReadOperand(written);
      if (!operand) return {};
      for (const std::string& reg : operand->address) Read(reg);
      operands_.push_back(std::move(*operand));
    }
    return Apply() ? std::optional(std::move(effect_)) : std::nullopt;
  }

 private:
  static void AddTo(std::vector<std::string>& list, const std::string& name) {
    if (!name.empty() && std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }
  void Read(const std::string& reg) { AddTo(effect_.reads, reg); }
  void Write(const std::string& reg) { AddTo(effect_.writes, reg); }

  // The last operand is written; the rest of a register stays where it is only partly written.
  void WriteLast(bool keeps_part) {
    const Operand& last = operands_.back();
    if (keeps_part || last.narrow || entry_.width == 'B' || entry_.width == 'W') Read(last.reg);
    Write(last.reg);
  }
  void ReadAll() {
    for (const Operand& operand : operands_) Read(operand.reg);
  }
  void ReadSources() {
    for (std::size_t i = 0; i + 1 < operands_.size(); ++i) Read(operands_[i].reg);
  }

  // XORL AX, AX; SUBQ CX, CX; PXOR X15, X15: the result does not depend on the register.
  [[nodiscard]] bool Zeroes() const {
    const std::string_view name = statement_.mnemonic;
    const bool fits = name == "XORL" || name == "XORQ" || name == "SUBL" || name == "SUBQ" || name == "PXOR" ||
                      name == "XORPS" || name == "XORPD";
    return fits && operands_.size() == 2 && !operands_[0].reg.empty() && operands_[0].text == operands_[1].text;
  }

  bool Apply() {
    const std::size_t count = operands_.size();
    switch (entry_.use) {
      case Use::kNone:
        return true;
      case Use::kFixed:
        return Fixed();
      case Use::kTrap:
        effect_.is_trap = true;
        return true;
      case Use::kReturn:
        effect_.is_return = true;
        return count == 0;
      case Use::kInterrupt:  // INT $3 goes on behind a debugger; any other may be a system call
        if (is_386_ && count == 1 && (operands_[0].text == "$0x80" || operands_[0].text == "$128")) {
          effect_.reads = {"AX"};
          effect_.argument_reads = {"BX", "CX", "DX", "SI", "DI", "BP"};
          effect_.writes = {"AX"};
          return true;
        }
        return count == 1 && (operands_[0].text == "$3" || operands_[0].text == "$0x3");
      case Use::kSyscall:
        effect_.reads = {"AX"};
        effect_.argument_reads = {"DI", "SI", "DX", "R10", "R8", "R9"};
        effect_.writes = {"AX", "CX", "R11"};
        return count == 0 && !is_386_;
      case Use::kCall:
        ReadAll();
        effect_.is_call = true;
        return count == 1;
      case Use::kPush:
      case Use::kPop:
        return Stack();
      default:
        return count > 0 && Arithmetic();
    }
  }

  bool Stack() {
    if (operands_.size() != 1) return false;
    Read("SP");
    Write("SP");
    if (entry_.use == Use::kPush) {
      Read(operands_[0].reg);
    } else {
      WriteLast(false);
    }
    return true;
  }

  bool Arithmetic() {
    const std::size_t count = operands_.size();
    const bool writes_flags = entry_.use == Use::kUpdate || entry_.use == Use::kCarryUpdate || entry_.use == Use::kCompare ||
                              entry_.use == Use::kMultiply || entry_.use == Use::kDivide ||
                              entry_.use == Use::kCompareExchange || statement_.mnemonic.starts_with("XADD");
    if (writes_flags) Write("flags");
    switch (entry_.use) {
      case Use::kMove:
        if (count < 2) return false;
        ReadSources();
        WriteLast(false);
        return true;
      case Use::kMerge:
      case Use::kUpdate:
      case Use::kPartUpdate:
        if (!Zeroes()) {
          ReadAll();
          WriteLast(true);
        } else {
          Write(operands_.back().reg);
        }
        return true;
      case Use::kCarryUpdate:
        Read("flags");
        ReadAll();
        WriteLast(true);
        return true;
      case Use::kCompare:
        ReadAll();
        return count == 2;
      case Use::kMultiply:
      case Use::kDivide:
        return MultiplyOrDivide();
      case Use::kExchange:
        if (count != 2) return false;
        ReadAll();
        Write(operands_[0].reg);
        Write(operands_[1].reg);
        return true;
      case Use::kCompareExchange:
        if (count != 2) return false;
        Read("AX");
        Write("AX");
        ReadAll();
        WriteLast(true);
        return true;
      default:  // kConditional, kSet
        Read("flags");
        ReadSources();
        WriteLast(true);
        return true;
    }
  }

  bool MultiplyOrDivide() {
    ReadAll();
    if (operands_.size() > 1) {
      WriteLast(true);
      return entry_.use == Use::kMultiply;
    }
    Read("AX");
    Write("AX");
    if (statement_.mnemonic.back() == 'B') return true;  // AX only
    if (entry_.use == Use::kDivide || entry_.width == 'W') Read("DX");
    Write("DX");
    return true;
  }

  bool Fixed() {
    if (!operands_.empty() && statement_.mnemonic != "ADJSP") return false;
    for (const std::string& reg : entry_.reads) Read(reg);
    for (const std::string& reg : entry_.writes) Write(reg);
    return true;
  }

  std::optional<AsmEffect> Jump() {
    if (statement_.operands.size() != 1) return {};
    if (entry_.use == Use::kBranch) Read("flags");
    if (statement_.mnemonic == "LOOPEQ" || statement_.mnemonic == "LOOPNE") Read("flags");
    if (entry_.use == Use::kLoop) {
      Read("CX");
      Write("CX");
    }
    effect_.is_jump = entry_.use == Use::kJump;
    effect_.is_branch = !effect_.is_jump;
    const std::string& to = statement_.operands[0];
    if (to.ends_with("(PC)")) {
      const std::string number = to.substr(0, to.size() - 4);
      const std::size_t digits = number.find_first_not_of("+-");
      const bool plain = digits != std::string::npos && digits <= 1 && number.size() - digits <= 6 &&
                         std::all_of(number.begin() + static_cast<std::ptrdiff_t>(digits), number.end(),
                                     [](unsigned char c) { return std::isdigit(c) != 0; });
      if (!plain) return {};
      effect_.relative = std::stoi(number);
    } else if (IsIdentifier(to) && FullName(to).empty()) {
      effect_.target = to;
    } else if (const std::optional<Operand> operand = ReadOperand(to)) {
      Read(operand->reg);
      for (const std::string& reg : operand->address) Read(reg);
    } else {
      return {};
    }
    return std::move(effect_);
  }

  const AsmStatement& statement_;
  const Entry& entry_;
  const bool is_386_;
  std::vector<Operand> operands_;
  AsmEffect effect_;
};

class X86 : public AsmDialect {
 public:
  X86(bool is_386, std::vector<std::string> results, std::vector<std::string> float_results)
      : is_386_(is_386), results_(std::move(results)), float_results_(std::move(float_results)) {}

  [[nodiscard]] std::optional<AsmEffect> Describe(const AsmStatement& statement) const override {
    const Entry* entry = FindAmd64Mnemonic(statement.mnemonic);
    if (entry == nullptr) return {};
    return Describer(statement, *entry, is_386_).Run();
  }

  [[nodiscard]] const std::vector<std::string>& result_registers() const override { return results_; }
  [[nodiscard]] const std::vector<std::string>& float_result_registers() const override { return float_results_; }
  [[nodiscard]] bool IsVector(const std::string& name) const override { return name[0] == 'X' || name[0] == 'F'; }
  [[nodiscard]] const std::string& stack_pointer() const override { return stack_pointer_; }
  [[nodiscard]] const std::string& link() const override { return link_; }

 private:
  bool is_386_;
  std::vector<std::string> results_, float_results_;
  std::string stack_pointer_ = "SP";
  std::string link_;
};

}  // namespace

const AsmDialect& Amd64Dialect() {
  // go/src/cmd/compile/abi-internal.md, "amd64 architecture".
  static const X86 dialect(false, {"AX", "BX", "CX", "DI", "SI", "R8", "R9", "R10", "R11"},
                           {"X0", "X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8", "X9", "X10", "X11", "X12", "X13", "X14"});
  return dialect;
}

const AsmDialect& I386Dialect() {
  static const X86 dialect(true, {}, {});  // ABIInternal passes everything on the stack
  return dialect;
}

}  // namespace libcify
