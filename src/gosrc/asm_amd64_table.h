// The table of amd64's mnemonics. Only asm_amd64.cc includes this.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace libcify {

// The way in which an instruction uses its operands.
enum class Amd64Use {
  kNone,         // no register, no flags
  kMove,         // reads all but the last, writes the last
  kMerge,        // the same, and keeps a part of the last
  kUpdate,       // reads all, writes the last and all flags
  kPartUpdate,   // the same, but flags stay in some cases (shifts by CL, INC, string compares)
  kCarryUpdate,  // kUpdate that reads the flags
  kCompare,      // reads all, writes all flags
  kMultiply,     // one operand: DX:AX = AX * it; more: kUpdate
  kDivide,
  kExchange,  // reads and writes all
  kCompareExchange,
  kConditional,  // CMOVcc: reads flags, may write the last
  kSet,          // SETcc: reads flags, writes the low byte of the last
  kPush,
  kPop,
  kFixed,  // registers of its own only, see Amd64Entry
  kJump,
  kBranch,
  kLoop,  // a branch that reads CX
  kCall,
  kReturn,
  kSyscall,
  kInterrupt,
  kTrap,
};

struct Amd64Entry {
  Amd64Use use = Amd64Use::kNone;
  char width = 'Q';                        // of the destination: B and W keep the rest of a register
  std::vector<std::string> reads, writes;  // for kFixed
};

// The entry of a mnemonic as cmd/asm spells it, or nullptr. Static storage.
[[nodiscard]] const Amd64Entry* FindAmd64Mnemonic(std::string_view mnemonic);

}  // namespace libcify
