// The table through which the bridge calls libc: one entry per system-call number.
//
// In: nothing. Out: LibcifyEntry, the kinds of result, the type of an adapter. Include this before any libc header, so that
// the settings below hold for all of them.
//
// Everything under libcify/ is for C++17 or newer without exceptions, RTTI or the C++ library, so that a program needs
// nothing but its libc. Functions are static or in an unnamed namespace: one translation unit holds the table, and no
// linker has to merge anything.
#pragma once

#if defined(_FEATURES_H)
#error "include libcify/entry.h before any header of libc"
#endif

// The fortified forms of read, open and so on are inline functions (glibc with GCC), overloads whose address cannot be taken
// (glibc with clang) or macros (Alpine's fortify-headers). The table wants libc's functions.
#undef _FORTIFY_SOURCE
#define _FORTIFY_SOURCE 0
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <features.h>

// Whether this is glibc of at least that version.
#if defined(__GLIBC__)
#define LIBCIFY_GLIBC(major, minor) __GLIBC_PREREQ(major, minor)
#else
#define LIBCIFY_GLIBC(major, minor) 0
#endif

// What an entry's function gives, and what the bridge makes of it to answer as the kernel does.
enum LibcifyKind : unsigned long {
  kLibcifyWord = 0,         // a 64-bit value; -1 and errno on error
  kLibcifyInt = 32,         // an int; -1 and errno on error. The bridge extends the sign: the upper half is undefined
  kLibcifyKernel = 64,      // answers as the kernel does: a value or -errno (adapters, the fallback, values without errors)
  kLibcifyUnsignedInt = 65  // an unsigned int that is never an error (a uid may be 0xffffffff). The bridge extends with 0
};

struct LibcifyEntry {
  void* function;
  unsigned long kind;
};

// Numbers from 0 to kLibcifyNumbers - 1 have an entry; the one behind them serves every other number.
constexpr unsigned long kLibcifyNumbers = 512;
constexpr unsigned long kLibcifyEntries = kLibcifyNumbers + 1;

// An adapter takes the machine words and the number and answers as the kernel does. errno of the thread may be changed: on a
// goroutine nobody reads it, and the bridge (libcify_call_full) keeps it where C code lies below: under a signal handler.
using LibcifyAdapter = long(unsigned long a1, unsigned long a2, unsigned long a3, unsigned long a4, unsigned long a5,
                            unsigned long a6, unsigned long number);
