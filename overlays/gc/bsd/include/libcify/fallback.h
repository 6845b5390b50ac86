// What serves a number without a libc function of its own, on systems that say errors by a flag. It stands before
// include/libcify/fallback.h in the search path of their translation unit.
//
// In: machine words and the number. Out: a value, or -1 and errno; a second result in *second.
#pragma once

#include "libcify/entry.h"
//
#include <errno.h>
#include <unistd.h>

#define LIBCIFY_HIDDEN extern "C" __attribute__((visibility("hidden")))

// Of kind kLibcifyWord. __syscall is the form for 64-bit results and arguments (syscall(2)).
LIBCIFY_HIDDEN LibcifyAdapter libcify_generic;
#if defined(__LP64__)
long libcify_generic(LIBCIFY_PARAMETERS) { return __syscall(static_cast<long>(number), a1, a2, a3, a4, a5, a6, a7, a8); }
#else
// Its number has two words, so that the words behind it lie as they came (the kernel takes two away: FreeBSD
// sys/i386/i386/trap.c and sys/arm/arm/syscall.c, cpu_fetch_syscall_args), and its result is both of the kernel's.
long libcify_generic(LIBCIFY_PARAMETERS) {
  const long long result = __syscall(static_cast<long long>(number), a1, a2, a3, a4, a5, a6, a7, a8);
  if (result == -1) return -1;
  *second = static_cast<unsigned long>(static_cast<unsigned long long>(result) >> 32);
  const long low = static_cast<long>(result);
  if (low == -1) errno = 0;  // the lower half of a value
  return low;
}
#endif
