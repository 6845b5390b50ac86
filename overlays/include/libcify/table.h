// The table itself, filled by code at the first call.
//
// In: rows, between LIBCIFY_TABLE_BEGIN and LIBCIFY_TABLE_END, in one translation unit:
//
//   #include "libcify/entry.h"
//   #include <unistd.h>              … the headers of the rows
//   #include "libcify/adapters.h"
//   #include "libcify/table.h"
//   LIBCIFY_TABLE_BEGIN
//   LIBCIFY_DIRECT(0, read, "l=ipL", 0)
//   LIBCIFY_ADAPTED(13, rt_sigaction)
//   LIBCIFY_TABLE_END
//
// Out: libcify_table. Every entry is libcify_first at the start; that fills the table and then makes its call. So the
// table's initial bytes name a local function only: data relocations to dynamic symbols, as a table of libc's addresses
// would need, are refused by Go's internal linker. The fill is not atomic and need not be: the first call is made by Go's
// start-up, before any second Go thread exists. Filling again changes nothing.
//
// A row is refused by the compiler where the user's own headers declare another shape than the one that was proved.
#pragma once

#include "libcify/entry.h"
#include "libcify/plain.h"
#include "libcify/shape.h"
#include "libcify/shim.h"

#define LIBCIFY_CHECK_ROW(number, name, shape, result_kind)                                                      \
  static_assert(LibcifyIndex(number) < kLibcifyNumbers, "libcify: number " #number " is outside the table");     \
  static_assert(libcify::HasShape(&::name, shape), "libcify: this libc declares " #name " otherwise than " shape \
                                                   ": generate again with --libc and --sysroot of this libc");   \
  static_assert(libcify::KindFits(shape, result_kind), "libcify: the result of " #name " does not fit kind " #result_kind);

#if defined(__arm__)
// Go's internal linker for arm has one place to note a symbol's slot in .got and in .got.plt (cmd/link/internal/arm,
// addpltsym): the address of a function that is called somewhere as well comes out as that of another one. So nothing here
// takes the address of a libc function: the entry is a jump to it.
namespace libcify {
namespace {
template <auto function>
LIBCIFY_ANY_FUNCTION unsigned long Jump(LIBCIFY_PARAMETERS) {
  using Words = unsigned long (*)(unsigned long, ...);
  return reinterpret_cast<Words>(reinterpret_cast<void*>(function))(LIBCIFY_WORDS);
}
}  // namespace
}  // namespace libcify
#define LIBCIFY_FUNCTION(name) (&libcify::Jump<&::name>)
#else
#define LIBCIFY_FUNCTION(name) (&::name)
#endif

// The function is called by its own address with the machine words: libc's shape must be the proved one.
#define LIBCIFY_DIRECT(number, name, shape, result_kind)                                  \
  LIBCIFY_CHECK_ROW(number, name, shape, result_kind)                                     \
  table[LibcifyIndex(number)].function = reinterpret_cast<void*>(LIBCIFY_FUNCTION(name)); \
  table[LibcifyIndex(number)].kind = (result_kind);

// The same by a typed shim, where the C ABI does not take machine words as they come (shim.h).
#define LIBCIFY_TYPED(number, name, shape, result_kind)                   \
  LIBCIFY_CHECK_ROW(number, name, shape, result_kind) {                   \
    LibcifyAdapter* const shim = &libcify::Shim<&::name, (result_kind)>;  \
    table[LibcifyIndex(number)].function = reinterpret_cast<void*>(shim); \
    table[LibcifyIndex(number)].kind = LibcifyOwnKind(result_kind);       \
  }

#define LIBCIFY_ADAPTED(number, name)                                                                        \
  static_assert(LibcifyIndex(number) < kLibcifyNumbers, "libcify: number " #number " is outside the table"); \
  {                                                                                                          \
    LibcifyAdapter* const adapter = &libcify::adapters::name;                                                \
    table[LibcifyIndex(number)].function = reinterpret_cast<void*>(adapter);                                 \
    table[LibcifyIndex(number)].kind = LibcifyOwnKind(kLibcifyWord);                                         \
  }

// Demands, at file level, the libc for which the table was made.
#if defined(__GLIBC__)
#define LIBCIFY_EXPECT_GLIBC(major, minor)    \
  static_assert(__GLIBC_PREREQ(major, minor), \
                "libcify: the table was made for glibc " #major "." #minor " or newer: generate again with --libc");
#define LIBCIFY_EXPECT_MUSL static_assert(false, "libcify: the table was made for musl, this is glibc");
#else
#define LIBCIFY_EXPECT_GLIBC(major, minor) \
  static_assert(false, "libcify: the table was made for glibc, this is another libc");
#define LIBCIFY_EXPECT_MUSL
#endif

LIBCIFY_HIDDEN LibcifyAdapter libcify_first;

#define LIBCIFY_FIRST1 {reinterpret_cast<void*>(&libcify_first), LibcifyOwnKind(kLibcifyWord)}
#define LIBCIFY_FIRST8                                                                                            \
  LIBCIFY_FIRST1, LIBCIFY_FIRST1, LIBCIFY_FIRST1, LIBCIFY_FIRST1, LIBCIFY_FIRST1, LIBCIFY_FIRST1, LIBCIFY_FIRST1, \
      LIBCIFY_FIRST1
#define LIBCIFY_FIRST64                                                                                           \
  LIBCIFY_FIRST8, LIBCIFY_FIRST8, LIBCIFY_FIRST8, LIBCIFY_FIRST8, LIBCIFY_FIRST8, LIBCIFY_FIRST8, LIBCIFY_FIRST8, \
      LIBCIFY_FIRST8
#define LIBCIFY_FIRST512                                                                                                 \
  LIBCIFY_FIRST64, LIBCIFY_FIRST64, LIBCIFY_FIRST64, LIBCIFY_FIRST64, LIBCIFY_FIRST64, LIBCIFY_FIRST64, LIBCIFY_FIRST64, \
      LIBCIFY_FIRST64
#if defined(__linux__)
#define LIBCIFY_FIRST_NUMBERS LIBCIFY_FIRST512
static_assert(kLibcifyNumbers == 512, "the initial table has 512 entries for numbers");
#else
#define LIBCIFY_FIRST_NUMBERS LIBCIFY_FIRST512, LIBCIFY_FIRST64, LIBCIFY_FIRST64
static_assert(kLibcifyNumbers == 640, "the initial table has 640 entries for numbers");
#endif

// libcify_first answers as an adapter does.
#if defined(__linux__)
#define LIBCIFY_FIRST_CALL libcify_plain(LIBCIFY_WORDS)
#else
#define LIBCIFY_FIRST_CALL libcify::CallEntry(libcify_table[LibcifyIndex(number)], LIBCIFY_WORDS)
#endif

#define LIBCIFY_TABLE_BEGIN                                                              \
  LibcifyEntry libcify_table[kLibcifyEntries] = {LIBCIFY_FIRST_NUMBERS, LIBCIFY_FIRST1}; \
  static inline void libcify_fill_rows([[maybe_unused]] LibcifyEntry* table) {
#define LIBCIFY_TABLE_END                                                    \
  }                                                                          \
  long libcify_first(LIBCIFY_PARAMETERS) {                                   \
    for (unsigned long i = 0; i < kLibcifyEntries; ++i) {                    \
      libcify_table[i].function = reinterpret_cast<void*>(&libcify_generic); \
      libcify_table[i].kind = LibcifyOwnKind(kLibcifyWord);                  \
    }                                                                        \
    libcify_fill_rows(libcify_table);                                        \
    return LIBCIFY_FIRST_CALL;                                               \
  }
