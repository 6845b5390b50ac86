// Binding: how libc serves one Call, or one function of a library that Go calls by name, and why.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace libcify {

enum class How {
  kDirect,         // libc's function takes the contract's arguments as they are
  kVariadic,       // the same, and the function is variadic
  kAdapted,        // a hand-written adapter in overlays/include/libcify
  kDemultiplexed,  // an adapter that picks one of many functions (socketcall, ipc)
  kFallback,       // libc's syscall()
  kKept,           // left as it is
  kImported,       // of a library's function: the linker binds it, by the table of imports
};

// What libc's function says when it fails, and how the seam learns the error number.
enum class ErrorRule {
  kErrno,         // -1 and errno
  kErrnoPointer,  // (void*)-1 and errno
  kNever,         // cannot fail
  kAdapter,       // the adapter answers as the kernel does: -errno
  kErrnoNull,     // NULL or 0, and errno
  kErrnoValue,    // -1 and errno, but -1 may be a value: errno, cleared before the call, tells
  kErrnoNonzero,  // a code of its own that is not 0, and errno with some of them
  kReturned,      // the result is the error number
  kErrnoTold,     // the error number, cleared before the call, is the caller's to look at: it comes with success, too
  kStatus,        // a negative result is the error (NTSTATUS, HRESULT)
};

struct Proof {
  std::vector<std::string> compared;  // "result: long ~ ssize_t (word)", "fd: unsigned int ~ int (same 32 bits)"
  std::set<std::string> rests_on;     // ids of further rules: that let a difference pass, or say when a function came
  std::string rule;                   // id of the binding rule that decided, "" where the comparison alone did
  std::string reason;                 // for everything but direct: why not
  std::string reference;              // for everything but direct: man page, kernel or libc source file

  friend bool operator==(const Proof&, const Proof&) = default;
};

struct Binding {
  std::string call;     // "newfstatat"; of a library's function its symbol: "fstatat$INODE64"
  int number = -1;      // of a kernel's call
  std::string library;  // of a library's function, as Go names it: "/usr/lib/libSystem.B.dylib"
  How how = How::kFallback;
  std::string cfunction;  // "fstatat" ("syscall" for a fallback)
  std::string link_name;  // its symbol
  std::string header;     // that declares it
  std::string adapter;    // C++ name in namespace libcify::adapters, for kAdapted and kDemultiplexed
  ErrorRule error_rule = ErrorRule::kAdapter;
  // Shape of cfunction, checked again by the C++ compiler at the user's site: result, then parameters, one letter each:
  // v void, p pointer, i/u signed/unsigned 32 bits, l/L signed/unsigned 64, h/H 16, c/C 8; "." at the end for variadic:
  // "l=ipL" for ssize_t read(int, void *, size_t), "i=ip." for int open-like functions with "…".
  std::string shape;
  int words = 0;  // machine words that a shim of a library's function takes, or that a kernel's call has that is bound to a
                  // variadic function: those behind "…" included
  bool stdcall = false;  // as CFunction says
  Proof proof;

  friend bool operator==(const Binding&, const Binding&) = default;
};

// The names used in JSON: "direct", "variadic", …
[[nodiscard]] const char* Name(How how);
[[nodiscard]] const char* Name(ErrorRule rule);

}  // namespace libcify
