// libcify_plain: the same dispatch as the bridge's, in C++, for calls that keep errno.
//
// In: machine words and the number. Out: the kernel's answer; errno is as it was before. libcify_first makes the
// first call through it; the bridge's assembly keeps errno by itself. Its table is libcify_table (table.h).
#pragma once

#include "libcify/dispatch.h"
#include "libcify/entry.h"

LIBCIFY_HIDDEN LibcifyEntry libcify_table[kLibcifyEntries];

LIBCIFY_HIDDEN long libcify_plain(unsigned long a1, unsigned long a2, unsigned long a3, unsigned long a4, unsigned long a5,
                                  unsigned long a6, unsigned long number);
long libcify_plain(unsigned long a1, unsigned long a2, unsigned long a3, unsigned long a4, unsigned long a5,
                   unsigned long a6, unsigned long number) {
  const int saved = errno;
  const unsigned long index = number < kLibcifyNumbers ? number : kLibcifyNumbers;
  const long answer = libcify::CallEntry(libcify_table[index], a1, a2, a3, a4, a5, a6, number);
  errno = saved;
  return answer;
}
