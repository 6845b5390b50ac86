// libcify_plain: the same dispatch as the bridge's, in C++, for calls that keep errno.
//
// In: machine words and the number. Out: the kernel's answer; errno is as it was before. libcify_first makes the
// first call through it; the bridge's assembly keeps errno by itself. Its table is libcify_table (table.h).
#pragma once

#include "libcify/dispatch.h"
#include "libcify/entry.h"

LIBCIFY_HIDDEN LibcifyEntry libcify_table[kLibcifyEntries];

#if defined(__linux__)
LIBCIFY_HIDDEN LibcifyAdapter libcify_plain;
long libcify_plain(LIBCIFY_PARAMETERS) {
  const int saved = errno;
  const long answer = libcify::CallEntry(libcify_table[LibcifyIndex(number)], LIBCIFY_WORDS);
  errno = saved;
  return answer;
}
#endif
