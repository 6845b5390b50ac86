// Assembly of a processor by a table of its mnemonics: enough to follow numbers, frames, flags and vector registers through
// the functions that make system calls. What the table lacks is unknown, and then everything counts as read.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "gosrc/asm_dialect.h"

namespace libcify {

// Lists are words separated by blanks. In lists of registers "R0..R15" is a range and "g=R28" another name.
struct PlainTable {
  std::vector<std::string_view> goarchs;
  std::string_view registers;
  std::string_view mentioned;  // vector and floating registers: naming one in any way counts as reading it
  std::string_view stack_pointer, link;
  std::string_view moves;         // read all but the last operand, write the last
  std::string_view plain;         // read all, write the last
  std::string_view loads;         // "LMG 8(R1), R2, R5": write all from the last but one to the last
  std::string_view compare;       // read all, write the flags
  std::string_view flag_readers;  // as plain, and read the flags
  std::string_view also_writes;   // "MULU=HI MULU=LO": what such an instruction writes beside its operands
  std::string_view calls, jumps, returns, traps;
  std::string_view branches;       // look at their operands only
  std::string_view flag_branches;  // look at the flags
  std::string_view also_reads;     // "BVC=CR0SO"
  std::string_view conditions;     // suffixes that make any instruction read the flags: "HI" of MOVW.HI
  std::string_view suffixes;       // others; "S" writes the flags, "W" and "P" also write the register of the address
  std::string_view syscall, syscall_reads, syscall_writes;
  std::string_view results;  // of ABIInternal functions
  std::string_view float_results;
};

[[nodiscard]] std::unique_ptr<const AsmDialect> MakePlainDialect(const PlainTable& table);
[[nodiscard]] const std::vector<PlainTable>& PlainTables();

}  // namespace libcify
