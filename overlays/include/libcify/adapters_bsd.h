// Adapters of FreeBSD, NetBSD and DragonFly: calls whose libc function has another signature or another result.
//
// In: the machine words of the call. Out: as libc answers, a value or -1 and errno; a second result in *second. Where a word
// has 32 bits, a file offset has two, the low one first; NetBSD's padding is what aligns them there.
#pragma once

#include "libcify/adapter.h"
//
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace libcify::adapters {

// The kernel gives the two descriptors in two registers (pipe(2), NetBSD and DragonFly; FreeBSD's number 42, which its libc
// no longer uses), libc in memory.
LIBCIFY_ADAPTER(pipe) {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  *second = static_cast<unsigned long>(ends[1]);
  return ends[0];
}

LIBCIFY_ADAPTER(umask) { return ::umask(static_cast<mode_t>(a1)); }

// An offset in a word, or in the low and the high one.
[[maybe_unused]] static inline off_t Offset(unsigned long low, [[maybe_unused]] unsigned long high) {
#if defined(__LP64__)
  return static_cast<off_t>(low);
#else
  return static_cast<off_t>(static_cast<unsigned long long>(high) << 32 | low);
#endif
}

#if defined(__LP64__)
#if !defined(__FreeBSD__)
LIBCIFY_ADAPTER(lseek) { return ::lseek(Int(a1), static_cast<off_t>(a3), Int(a4)); }
#endif
#else
// A position has two words here: -1 is an error where both say so. On arm a pair begins at an even word (AAPCS32, 6.4), as
// NetBSD's has by its padding.
LIBCIFY_ADAPTER(lseek) {
#if defined(__FreeBSD__) && defined(__i386__)
  const off_t position = ::lseek(Int(a1), Offset(a2, a3), Int(a4));
#else
  const off_t position = ::lseek(Int(a1), Offset(a3, a4), Int(a5));
#endif
  if (position == -1) return -1;
  *second = static_cast<unsigned long>(static_cast<unsigned long long>(position) >> 32);
  return static_cast<long>(position);
}
#endif

// NetBSD's and DragonFly's kernels have a word of padding in front of an offset (syscalls.master, PAD).
#if !defined(__FreeBSD__)
LIBCIFY_ADAPTER(pread) { return ::pread(Int(a1), Pointer<void>(a2), a3, Offset(a5, a6)); }
LIBCIFY_ADAPTER(pwrite) { return ::pwrite(Int(a1), Pointer<void>(a2), a3, Offset(a5, a6)); }
LIBCIFY_ADAPTER(preadv) { return ::preadv(Int(a1), Pointer<struct iovec>(a2), Int(a3), Offset(a5, a6)); }
LIBCIFY_ADAPTER(pwritev) { return ::pwritev(Int(a1), Pointer<struct iovec>(a2), Int(a3), Offset(a5, a6)); }
LIBCIFY_ADAPTER(truncate) { return ::truncate(Pointer<char>(a1), Offset(a3, a4)); }
LIBCIFY_ADAPTER(ftruncate) { return ::ftruncate(Int(a1), Offset(a3, a4)); }
LIBCIFY_ADAPTER(mmap) {
  return reinterpret_cast<long>(::mmap(Pointer<void>(a1), a2, Int(a3), Int(a4), Int(a5), Offset(a7, a8)));
}
#endif

}  // namespace libcify::adapters
