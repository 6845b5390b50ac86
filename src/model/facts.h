// What C headers and symbol lists say of one target: the kernel's contracts, libc's functions, the layouts of both sides.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/target.h"

namespace libcify {

enum class CTypeKind { kVoid, kInteger, kPointer, kFunctionPointer, kFloat, kRecord };

// A C type as far as a calling convention and a proof need it. All from libclang's canonical type.
struct CType {
  CTypeKind kind = CTypeKind::kVoid;
  int bits = 0;            // width of the value (0 for void)
  bool is_signed = false;  // integers only
  std::string spelling;    // as the header writes it: "const char *", "size_t"
  std::string pointee;     // pointers only: canonical pointee without qualifiers: "struct stat", "char", "void", "int"
  bool pointee_const = false;

  friend bool operator==(const CType&, const CType&) = default;
};

struct CParameter {
  std::string name;
  CType type;

  friend bool operator==(const CParameter&, const CParameter&) = default;
};

// The prototype that the kernel promises (not libc): include/linux/syscalls.h, by way of the kernel's own system-call table.
struct Contract {
  std::string entry;  // "sys_newfstatat"
  CType result;
  std::vector<CParameter> parameters;
  std::string source;  // "include/linux/syscalls.h:437"
  // The argument word in which each parameter begins: 0, 1, 2 …, but where a 64-bit parameter of a 32-bit port takes two.
  std::vector<int> words;

  friend bool operator==(const Contract&, const Contract&) = default;
};

// One operating-system service as the target names it.
struct Call {
  std::string name;  // "newfstatat"
  int number = -1;
  std::optional<Contract> contract;  // none: the kernel's table names no declared function

  friend bool operator==(const Call&, const Call&) = default;
};

struct CFunction {
  std::string name;       // as C source writes it: "fstatat"
  std::string link_name;  // clang's asm label: "__fstat50", "fstatat64"; equals name otherwise
  CType result;
  std::vector<CParameter> parameters;
  bool variadic = false;  // "…" behind the parameters
  std::string header;     // public header that declares it: "sys/stat.h"
  std::string since;      // version of the library (darwin: of the system) that first had link_name; "" where nothing tells
  std::string library;    // "libc.so.6"
  // How C source calls it where it is compiled with _TIME_BITS=64: "clock_gettime" of "__clock_gettime64". Then `name` is
  // the symbol, and structures that differ there are called "struct timespec (time64)".
  std::string time64_name;
  bool stdcall = false;     // 386's calling convention of Windows: the callee takes the arguments from the stack
  bool in_archive = false;  // older libraries have it in a static part (glibc's libc_nonshared.a), so `since` does not bind

  friend bool operator==(const CFunction&, const CFunction&) = default;
};

// A leaf of a record: arrays and nested records are flattened, so that two layouts with other names can be compared.
struct CField {
  std::string path;      // "st_atim.tv_sec", "sa_data[14]"
  int offset = 0;        // bits
  int bits = 0;          // whole size; of an array: all elements
  int element_bits = 0;  // arrays: one element; else equals bits
  bool is_signed = false;
  CTypeKind kind = CTypeKind::kInteger;

  friend bool operator==(const CField&, const CField&) = default;
};

struct CRecord {
  std::string name;  // "struct stat"
  int size = 0;      // bytes
  int align = 0;
  std::vector<CField> fields;
  std::string header;

  friend bool operator==(const CRecord&, const CRecord&) = default;
};

struct Facts {
  Target target;                                  // libc_version: newest version that `since` knows
  std::map<std::string, std::string> sources;     // what was read: "kernel" -> "6.12", "glibc" -> "2.36" …
  int word_bits = 64;                             // of a register
  bool aligned_pairs = false;                     // a 64-bit argument of a 32-bit port begins at an even argument word
  std::vector<Call> calls;                        // sorted by number
  std::map<std::string, CFunction> functions;     // by C name
  std::map<std::string, CRecord> kernel_records;  // by tag, from the uapi headers
  std::map<std::string, CRecord> libc_records;    // by tag
  std::map<std::string, std::string> undeclared;  // symbols that Go asks for and no header declares -> library
};

}  // namespace libcify
