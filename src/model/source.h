// What was found in a Go tree: seams, requests, entries, vdso entries and body-less functions, each at a place.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/facts.h"

namespace libcify {

// A half-open range of bytes in one text.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const { return end - begin; }
  friend bool operator==(const Range&, const Range&) = default;
};

// What every find has in common. Span.file is relative to GOROOT/src ("runtime/sys_linux_amd64.s").
struct Site {
  std::string package;  // import path
  std::string func;     // enclosing function, as Go writes it: "RawSyscall6", "(*FD).Read"; "" at file level
  Span span;
  Range range;       // bytes of the find in its file
  std::string rule;  // id of the extract rule that explains it

  friend bool operator==(const Site&, const Site&) = default;
};

// kSigreturn: gives the registers of interrupted code back, and runs with those of the kernel's frame: no register holds g.
// kUnneeded: made before any runtime is there, and nobody looks at its result.
// kErrno: asks libc for the error number of the call before it.
enum class SeamRole { kEnter, kVfork, kSigreturn, kUnreachable, kUnneeded, kErrno };
[[nodiscard]] const char* Name(SeamRole role);  // as rules write it

// Why a function cannot hold a call, on machines with a link register.
struct CallObstacle {
  std::string what;       // "it makes other calls"
  std::string statement;  // with single blanks, where it is one statement
  Range range;            // of that
  int line = 0;
  bool moves_stack = false;  // it moves the stack pointer, and that is all: in the way where the trampolines look there

  friend bool operator==(const CallObstacle&, const CallObstacle&) = default;
};

// What Go's text says of one call of a function of a library. Types are spelled as Go has them, and a pointee too.
struct GoCall {
  std::vector<std::optional<CType>> arguments;  // none: the text does not say of which type it is (a constant, a field)
  std::optional<CType> result;                  // what the result is made into
  std::string check;                            // how it is told from an error: "== InvalidHandle"
  int checked_bits = 0;                         // how many of its bits that looks at

  friend bool operator==(const GoCall&, const GoCall&) = default;
};

// An instruction where control leaves Go for the operating system: a system call, or a statement that names a function or a
// variable of a library.
struct Seam {
  Site site;
  SeamRole role = SeamRole::kEnter;
  std::string symbol;              // native name of a constant selector ("openat"), "" where the number is dynamic
  std::optional<int> number;       // its value
  std::string library;             // that has the symbol: "/usr/lib/libSystem.B.dylib", "" for a kernel's call
  bool by_address = false;         // it goes to a function of a library, by name or by a pointer
  std::string abi;                 // "" or "ABIInternal": of the enclosing TEXT
  std::string frame;               // "16-8", as written behind '$'
  Range frame_range;               // its bytes
  std::vector<std::string> flags;  // of the enclosing TEXT: "NOSPLIT", "NOFRAME"
  Range flags_range;               // their bytes
  std::string operand;             // of the instruction, where it names the number: "$SYS_read" (ppc64)
  std::vector<CallObstacle> obstacles;
  CallObstacle counting;           // a jump by n(PC) over the instruction; line 0: none
  std::vector<std::string> live;   // of Port.syscall.lost(): what is read after the instruction
  bool full_save = false;          // live holds more than the light trampoline keeps
  std::string reason;              // for kUnreachable and kUnneeded: why, with a reference
  std::optional<GoCall> declared;  // of an import that Go declares as a function

  friend bool operator==(const Seam&, const Seam&) = default;
};

// kFlag: what the port's error_flag says.
enum class ResultTest { kNone, kWord32, kWord64, kPointer, kFlag };

// A place in Go code that asks for one operating-system service.
struct Request {
  Site site;
  std::string symbol;  // native name: "openat", "" where the number is dynamic
  std::optional<int> number;
  std::string library;                 // that has the symbol, "" for a kernel's call
  std::string callee;                  // Go text of what is called: "SYS_OPENAT", "procCloseHandle.Addr()"
  Range callee_range;                  // its bytes; empty for a constant's initialiser
  std::string entry;                   // the Entry through which it goes: "syscall.RawSyscall6"; "" for a constant's
                                       // initialiser (the use is a request of its own)
  std::vector<std::string> arguments;  // Go text of the arguments behind the number
  bool block = false;                  // they are in a block of memory, whose address is the only argument
  ResultTest result_test = ResultTest::kNone;
  bool blocking = false;  // tells the scheduler (entersyscall) or not
  GoCall go;              // of a function of a library

  friend bool operator==(const Request&, const Request&) = default;
};

// A Go function through which requests reach a seam.
struct Entry {
  Site site;
  std::string name;     // "syscall.Syscall6"
  std::string through;  // the next entry on the way ("syscall.RawSyscall6"), or "" where it holds a seam
  bool blocking = false;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// A row of the runtime's vdso table, which would let time calls pass libc by.
struct VdsoEntry {
  Site site;
  std::string symbol;  // "__vdso_clock_gettime"

  friend bool operator==(const VdsoEntry&, const VdsoEntry&) = default;
};

// A Go function without a body and what provides it.
struct Bodyless {
  Site site;
  std::string symbol;       // linker symbol: "runtime.futex"
  std::string provided_by;  // "assembly", "linkname", "import", "compiler", "cgo"

  friend bool operator==(const Bodyless&, const Bodyless&) = default;
};

// A directive that has the linker take a function or variable from a library.
struct Import {
  Site site;
  std::string symbol;   // as the library has it: "fstatat$INODE64"
  std::string library;  // "/usr/lib/libSystem.B.dylib"

  friend bool operator==(const Import&, const Import&) = default;
};

// A Go type as the memory that C sees behind a pointer to it, laid out as gc does. Its fields are flattened like those of a
// CRecord; a string, a slice and an interface are words of their own, "_" is a field without a name.
struct GoRecord {
  CRecord layout;             // name: "syscall.Stat_t"
  Span span;                  // of its declaration
  std::vector<Span> places;   // beside layout.fields: the field of the declaration that each belongs to
  bool is_structure = false;  // else a number, a pointer, or an array of these

  friend bool operator==(const GoRecord&, const GoRecord&) = default;
};

// Everything that one target's scan found, each list sorted by (package, file, offset).
struct Inventory {
  std::string go_version;  // "go1.27.3"
  std::vector<Seam> seams;
  std::vector<Request> requests;
  std::vector<Entry> entries;
  std::vector<VdsoEntry> vdso;
  std::vector<Bodyless> bodyless;
  std::vector<Import> imports;
  std::set<std::string> rules;  // ids of all that explained something, be it no find
  std::size_t files_read = 0;
};

}  // namespace libcify
