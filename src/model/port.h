// Port: one row of rules/ports.json, all that differs by GOOS/GOARCH and is not a rule of its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/target.h"

namespace libcify {

// The system-call instruction of a port and what the kernel does to the registers (see syscall(2), "Architecture calling
// conventions"). Register names are those of Go's assembler.
struct SyscallAbi {
  // Whole statements with single blanks: "SYSCALL", "INT $0x80". "SYSCALL $number": the number is the operand.
  std::vector<std::string> instructions;
  // Other statements that enter the kernel; a tree that has one is refused. "SWI *": any that is not one of `instructions`.
  std::vector<std::string> foreign;
  std::vector<std::string> encodings;  // the bytes of all of them in hex, in memory order: "0f05"
  std::string number;                  // register of the number
  // Bits of an instruction's operand that hold the number (NetBSD); the number 0 is syscall(2), which takes it from the
  // register. 0: all bits.
  int operand_mask = 0;
  std::vector<std::string> arguments;        // registers of the arguments, in order
  std::vector<std::string> results;          // result registers; the second is Go's r2
  std::string error_flag;                    // what says that the result is an error number (mips: R7, ppc64: CR0SO; BSD:
                                             // carry); "": it is -errno
  std::vector<std::string> kernel_clobbers;  // what the kernel loses besides the result
  // What a C function may lose (caller-saved registers of the C ABI). Empty: the only trampoline keeps all but
  // c_saves_never.
  std::vector<std::string> c_clobbers;
  std::vector<std::string> trampoline_keeps;  // those of c_clobbers that the light trampoline keeps for its caller
  std::vector<std::string> c_saves_never;     // what no trampoline keeps: vector registers, flags. A seam after which one is
                                              // read is refused
  bool link_register = false;                 // a call loses the return address of a frameless function
  bool word_arguments = false;                // the C ABI ignores the high half of a word that holds an int, so that a libc
                                              // function can be entered with machine words (amd64, 386)

  // What a site may lose beside the result.
  [[nodiscard]] const std::vector<std::string>& lost() const { return c_clobbers.empty() ? c_saves_never : c_clobbers; }
};

struct Port {
  std::string goos, goarch;
  std::string triple;  // default triple, of the default libc
  int word_bits = 64;
  bool big_endian = false;
  std::map<std::string, std::string> libcs;  // libc name -> baseline version; empty where Go can have none
  std::string default_libc;
  std::string mechanism;                    // "instruction" (Linux, …), "trampoline", "variable", "dll", "wasmimport"
  std::string kept_reason, kept_reference;  // why nothing is rewritten; "": it is
  SyscallAbi syscall;
  int table_base = 0;                          // lowest system-call number of this ABI (mips: 4000, 5000)
  std::map<std::string, std::string> defines;  // symbols that the assembler predefines: GOOS_linux, GOARCH_amd64

  [[nodiscard]] std::string Name() const { return goos + "/" + goarch; }
};

}  // namespace libcify
