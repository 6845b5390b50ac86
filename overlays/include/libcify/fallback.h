// What serves a number without a libc function of its own, and how a failed libc function becomes the kernel's answer.
//
// In: machine words and the number. Out: the kernel's answer, a value or -errno. errno of the thread may be changed
// (entry.h). Hidden symbols with C linkage, because the bridge's assembly names them; one translation unit includes this.
#pragma once

#include "libcify/entry.h"
//
#include <errno.h>
#include <unistd.h>

#define LIBCIFY_HIDDEN extern "C" __attribute__((visibility("hidden")))

LIBCIFY_HIDDEN LibcifyAdapter libcify_generic;
#if defined(__linux__)
namespace libcify {
// The kernel's answer for an error number of libc. What stands in front of libc may fail without one, or with one that no
// kernel answers. Go would take that for a result, 0 from open for a file: its assembly takes what is above -4095 for an
// error.
[[maybe_unused]] static inline long Failed(int error) {
  return error > 0 && error < 4095 ? -static_cast<long>(error) : -EIO;
}
}  // namespace libcify

// syscall() never answers -1 but for an error: the kernel's own -1 is -EPERM.
long libcify_generic(LIBCIFY_PARAMETERS) {
#if defined(__mips__)
  const long result = syscall(static_cast<long>(number), a1, a2, a3, a4, a5, a6, a7);
#else
  const long result = syscall(static_cast<long>(number), a1, a2, a3, a4, a5, a6);
#endif
  return __builtin_expect(result == -1, 0) ? libcify::Failed(errno) : result;
}

// The bridge calls this right after a function of kind 0 or 32 has said -1.
LIBCIFY_HIDDEN long libcify_errno_neg(void);
long libcify_errno_neg(void) { return libcify::Failed(errno); }
#else
// Of kind kLibcifyWord. __syscall is the form for 64-bit results and arguments (syscall(2)).
static_assert(sizeof(long) == 8, "libcify: where a machine word has 32 bits, __syscall wants 64-bit arguments in pairs");
long libcify_generic(LIBCIFY_PARAMETERS) { return __syscall(static_cast<long>(number), a1, a2, a3, a4, a5, a6, a7, a8); }
#endif
