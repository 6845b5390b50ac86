// One run of libclang over one text: what is declared there, as plain values.
//
// In: a text in C or C++ with its include directories. Out: functions, the layouts of the records that their parameters
// point to, macros and constants. No type of libclang leaves clang_unit.cc. A text with errors gives no unit.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/facts.h"

namespace libcify {

enum class CLanguage { kC, kCpp };

struct VirtualFile {
  std::string path;
  std::string text;
};

struct ParseRequest {
  CLanguage language = CLanguage::kC;
  std::string triple;                  // "x86_64-linux-gnu"
  std::vector<std::string> arguments;  // -D and -isystem; nothing of the host is searched unless named here
  std::string text;                    // the main file
  std::vector<VirtualFile> files;      // what #include finds besides files on disk
  bool want_macros = false;
};

// A place as `#line` gives it: "include/linux/syscalls.h", 437.
struct DeclaredFunction {
  CFunction function;  // header and library are empty, `since` is the header's own word: see libc.cc
  std::string file;    // that declares it, as libclang opened it
  Span shown;          // the place after #line directives
};

struct ParsedUnit {
  std::vector<DeclaredFunction> functions;          // one per name, those with C linkage that are not static, in order
  std::map<std::string, CRecord> records;           // by tag ("struct stat"); header is the file that declares it
  std::map<std::string, std::string> included_by;   // file -> the file whose #include read it first
  std::map<std::string, std::int64_t> enumerators;  // of the main file
  std::vector<std::string> macros;                  // object-like macros with a value, in order of definition
};

[[nodiscard]] Result<ParsedUnit> ParseUnit(const ParseRequest& request);

// The name under which the main file of a request appears in messages and `included_by`.
inline constexpr const char* kMainFile = "/libcify/main";

}  // namespace libcify
