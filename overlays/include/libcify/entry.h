// The table through which the bridge calls libc: one entry per system-call number.
//
// In: nothing. Out: LibcifyEntry, the kinds of result, the type of an adapter. Include this before any libc header, so that
// the settings below hold for all of them.
//
// Everything under libcify/ is for C++17 or newer without exceptions, RTTI or the C++ library, so that a program needs
// nothing but its libc. Functions are static or in an unnamed namespace: one translation unit holds the table, and no
// linker has to merge anything.
#pragma once

#if defined(_FEATURES_H) || defined(_SYS_CDEFS_H_)
#error "include libcify/entry.h before any header of libc"
#endif

// The fortified forms of read, open and so on are inline functions (glibc with GCC), overloads whose address cannot be taken
// (glibc with clang) or macros (Alpine's fortify-headers). The table wants libc's functions.
#undef _FORTIFY_SOURCE
#define _FORTIFY_SOURCE 0
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#if defined(__linux__)
#include <features.h>
#endif

// Whether this is glibc of at least that version.
#if defined(__GLIBC__)
#define LIBCIFY_GLIBC(major, minor) __GLIBC_PREREQ(major, minor)
#else
#define LIBCIFY_GLIBC(major, minor) 0
#endif

// The base of the numbers (syscall(2); arch/mips/include/uapi/asm/unistd.h).
#if defined(__mips__) && _MIPS_SIM == _ABIO32
constexpr unsigned long kLibcifyBase = 4000;
#elif defined(__mips__)
constexpr unsigned long kLibcifyBase = 5000;
#else
constexpr unsigned long kLibcifyBase = 0;
#endif

// What an entry's function gives, and what the bridge makes of it to answer as the kernel does.
enum LibcifyKind : unsigned long {
  kLibcifyWord = 0,         // a 64-bit value; -1 and errno on error
  kLibcifyInt = 32,         // an int; -1 and errno on error. The bridge extends the sign: the upper half is undefined
  kLibcifyKernel = 64,      // answers as the kernel does. Linux: a value or -errno (adapters, the fallback, values without
                            // errors); the BSDs, which say errors by a flag: a value
  kLibcifyUnsignedInt = 65  // an unsigned int that is never an error (a uid may be 0xffffffff). The bridge extends with 0
};

// The kind of a function of ours in the table. On Linux it answers as the kernel does; on the BSDs as libc does, by -1 and
// errno, and its int results have been extended.
#if defined(__linux__)
constexpr unsigned long LibcifyOwnKind(unsigned long) { return kLibcifyKernel; }
#else
constexpr unsigned long LibcifyOwnKind(unsigned long kind) { return kind >= kLibcifyKernel ? kLibcifyKernel : kLibcifyWord; }
#endif

struct LibcifyEntry {
  void *function;
  unsigned long kind;
};

// kLibcifyNumbers numbers from the base on have an entry; the one behind them serves every other number. FreeBSD counts to
// about 600 (sys/syscall.h, SYS_MAXSYSCALL).
#if defined(__linux__)
constexpr unsigned long kLibcifyNumbers = 512;
#else
constexpr unsigned long kLibcifyNumbers = 640;
#endif
constexpr unsigned long kLibcifyEntries = kLibcifyNumbers + 1;
constexpr unsigned long LibcifyIndex(unsigned long number) {
  return number - kLibcifyBase < kLibcifyNumbers ? number - kLibcifyBase : kLibcifyNumbers;
}

// What every entry is called with: the machine words of the call and its number. mips has a seventh argument (o32, where
// 64-bit ones are aligned pairs) and a second result (pipe); the BSDs have eight at most (struct sysent, sy_narg) and a
// second result.
#if defined(__mips__)
#define LIBCIFY_PARAMETERS                                                                                     \
  [[maybe_unused]] unsigned long a1, [[maybe_unused]] unsigned long a2, [[maybe_unused]] unsigned long a3,     \
      [[maybe_unused]] unsigned long a4, [[maybe_unused]] unsigned long a5, [[maybe_unused]] unsigned long a6, \
      [[maybe_unused]] unsigned long a7, [[maybe_unused]] unsigned long number, [[maybe_unused]] unsigned long *second
#define LIBCIFY_WORDS a1, a2, a3, a4, a5, a6, a7, number, second
#elif !defined(__linux__)
#define LIBCIFY_PARAMETERS                                                                                         \
  [[maybe_unused]] unsigned long a1, [[maybe_unused]] unsigned long a2, [[maybe_unused]] unsigned long a3,         \
      [[maybe_unused]] unsigned long a4, [[maybe_unused]] unsigned long a5, [[maybe_unused]] unsigned long a6,     \
      [[maybe_unused]] unsigned long a7, [[maybe_unused]] unsigned long a8, [[maybe_unused]] unsigned long number, \
      [[maybe_unused]] unsigned long *second
#define LIBCIFY_WORDS a1, a2, a3, a4, a5, a6, a7, a8, number, second
#else
#define LIBCIFY_PARAMETERS                                                                                     \
  [[maybe_unused]] unsigned long a1, [[maybe_unused]] unsigned long a2, [[maybe_unused]] unsigned long a3,     \
      [[maybe_unused]] unsigned long a4, [[maybe_unused]] unsigned long a5, [[maybe_unused]] unsigned long a6, \
      [[maybe_unused]] unsigned long number
#define LIBCIFY_WORDS a1, a2, a3, a4, a5, a6, number
#endif

// An adapter answers by its kind, LibcifyOwnKind(kLibcifyWord). errno of the thread may be changed: on a goroutine nobody
// reads it, and the bridge keeps it where C code lies below: under a signal handler.
using LibcifyAdapter = long(LIBCIFY_PARAMETERS);
