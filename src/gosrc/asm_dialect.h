// What one processor's assembly statements read, write and where they go: the only place of src/ that knows a processor.
//
// Unknown mnemonics are not guessed: Describe fails for them, and liveness then says that everything is live there.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gosrc/asm_file.h"

namespace libcify {

struct AsmEffect {
  std::vector<std::string> reads;   // registers, by their full name ("DX" for DL, DX, EDX alike); "flags" for the flags
  std::vector<std::string> writes;  // registers whose whole former value is lost (32-bit writes on amd64 zero the rest)
  // What may be an argument of the call or system call that this is. It is one only if the function sets the register: a
  // value that a caller happened to leave there is none.
  std::vector<std::string> argument_reads;
  bool is_return = false;  // leaves the function; ABIInternal results are read by it
  bool is_call = false;
  bool is_syscall = false;            // where the dialect knows one instruction for it
  bool is_jump = false;               // never falls through
  bool is_branch = false;             // may fall through
  bool is_trap = false;               // control does not come back, and nothing is read after it
  std::optional<std::string> target;  // label of a branch or jump; none if it leaves the function or is computed
  std::optional<int> relative;        // n of n(PC): counted in instructions
};

class AsmDialect {
 public:
  virtual ~AsmDialect() = default;
  [[nodiscard]] virtual std::optional<AsmEffect> Describe(const AsmStatement& statement) const = 0;
  // Result registers of an ABIInternal function, in order: what RET may read (go/src/cmd/compile/abi-internal.md). Arguments
  // come in the same registers, in the same order.
  [[nodiscard]] virtual const std::vector<std::string>& result_registers() const = 0;
  // The same for floating-point results.
  [[nodiscard]] virtual const std::vector<std::string>& float_result_registers() const = 0;
  // Vector and floating-point registers.
  [[nodiscard]] virtual bool IsVector(const std::string& name) const = 0;
  // The hardware's stack pointer and the register of the return address; "" where calls push it.
  [[nodiscard]] virtual const std::string& stack_pointer() const = 0;
  [[nodiscard]] virtual const std::string& link() const = 0;
};

// The dialect of a GOARCH, or nullptr. Static storage.
[[nodiscard]] const AsmDialect* FindAsmDialect(const std::string& goarch);

// What is known of the Go declaration of the TEXT: words of register results and arguments of an ABIInternal function, -1
// where they are not known (then every result register is read by RET, and every argument register holds an argument at
// entry). And of the functions that it calls: whether one, by the operand ("runtime·exitsyscall<ABIInternal>(SB)"), is
// declared without parameters.
struct AsmSignature {
  int result_words = -1;
  int argument_words = -1;
  std::function<bool(const std::string& callee)> takes_nothing = {};
  std::vector<std::string> syscall_reads = {};  // registers of the port's system calls; empty: as on Linux
};

// Registers of `of` (and "flags", if `of` names it) that may be read after statement `index`, before they are written, on
// some path through its TEXT; sorted as `of`. Macro uses are expanded; after a macro use means after any of its
// instructions.
// - Calls of other functions write all of `of`, and take as arguments what the function may have set before, unless they are
//   known to take nothing. Flags are no arguments, and an ABI0 function leaves none in a vector register.
// - RET of an ABIInternal function reads its result registers; also the floating ones, unless all its results are known to
// be
//   words.
// - A statement that the dialect does not know, a jump that cannot be followed or leaves the function, a statement outside
// of
//   any TEXT: everything is live. Behind the end of the TEXT nothing is.
[[nodiscard]] std::vector<std::string> LiveAfter(const AsmFile& file, std::size_t index, const AsmDialect& dialect,
                                                 const std::vector<std::string>& of, const AsmSignature& signature = {});

}  // namespace libcify
