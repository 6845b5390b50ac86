// libc's side of the facts: prototypes of its public headers, symbol versions, layouts.
//
// In: include folders, a symbol list and our own rules/facts/libc/<goos>.json. Out: every function that a shim could call by
// name: declared in a public header in C and in C++ with the same shape, exported by the library. On Linux all that have at
// most kMaxParameters words; elsewhere those that Go or the system's own list of calls names.
// Where a program may choose 64-bit times (32-bit glibc), also the functions that such a program gets; see
// CFunction::time64_name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "headers/headers.h"
#include "model/facts.h"

namespace libcify {

inline constexpr std::size_t kMaxParameters = 7;  // a number and six arguments: syscall() itself

struct LibcFacts {
  std::map<std::string, CFunction> functions;
  std::map<std::string, CRecord> records;
  std::map<std::string, std::string> undeclared;  // see Facts
  std::string version;                            // newest version of the library, else the target's
};

// `calls`: the system's own, as the kernel's side found them.
[[nodiscard]] Result<LibcFacts> ReadLibc(const Target& target, const Port& port, const HeaderSource& source,
                                         const std::vector<Call>& calls = {});

// rules/facts/libc/<goos>.json: what is read, and what the symbol lists cannot say.
struct LibcRules {
  struct Archived {
    std::string libc;                    // "glibc"
    std::string archive;                 // "libc_nonshared.a"
    std::vector<std::string> functions;  // linked from the archive by older versions
    std::string reference;
  };
  struct Added {
    std::string libc;   // "musl", whose symbols have no versions
    std::string since;  // "1.2.5"
    std::vector<std::string> functions;
    std::string reference;
  };
  struct Time64 {
    std::string libc;                  // "glibc": on 32-bit ports a program chooses the width of its times
    std::vector<std::string> defines;  // what it is compiled with for 64 bits
    std::string reference;
  };
  std::vector<std::string> import_prefixes;  // wasm: "__wasi_fd_read" is the function whose import is "fd_read"
  bool only_asked = false;                   // of all functions, those of asked.json, of the system's list of calls …
  std::vector<std::string> functions;        // … and these, which rules/bind names for calls of other names
  std::vector<std::string> headers;
  std::vector<std::string> records;          // "struct linger": laid out although no function takes a pointer to one
  std::map<std::string, std::string> needs;  // a header that counts only where another one exists too
  std::vector<std::string> defines;
  std::vector<Added> added;
  std::vector<Time64> time64;
  std::vector<Archived> archived;
};

[[nodiscard]] Result<LibcRules> ParseLibcRules(const std::string& file, std::string_view text);

}  // namespace libcify
