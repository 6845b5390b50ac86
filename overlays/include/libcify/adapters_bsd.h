// Adapters of FreeBSD, NetBSD and DragonFly: calls whose libc function has another signature or another result.
//
// In: the machine words of the call. Out: as libc answers, a value or -1 and errno; a second result in *second.
#pragma once

#include "libcify/adapter.h"
//
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace libcify::adapters {

// The kernel gives the two descriptors in two registers (pipe(2), NetBSD and DragonFly), libc in memory.
LIBCIFY_ADAPTER(pipe) {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  *second = static_cast<unsigned long>(ends[1]);
  return ends[0];
}

LIBCIFY_ADAPTER(umask) { return ::umask(static_cast<mode_t>(a1)); }

// NetBSD's and DragonFly's kernels have a word of padding in front of an offset (syscalls.master, PAD).
#if !defined(__FreeBSD__)
LIBCIFY_ADAPTER(pread) { return ::pread(Int(a1), Pointer<void>(a2), a3, static_cast<off_t>(a5)); }
LIBCIFY_ADAPTER(pwrite) { return ::pwrite(Int(a1), Pointer<void>(a2), a3, static_cast<off_t>(a5)); }
LIBCIFY_ADAPTER(preadv) { return ::preadv(Int(a1), Pointer<struct iovec>(a2), Int(a3), static_cast<off_t>(a5)); }
LIBCIFY_ADAPTER(pwritev) { return ::pwritev(Int(a1), Pointer<struct iovec>(a2), Int(a3), static_cast<off_t>(a5)); }
LIBCIFY_ADAPTER(lseek) { return ::lseek(Int(a1), static_cast<off_t>(a3), Int(a4)); }
LIBCIFY_ADAPTER(truncate) { return ::truncate(Pointer<char>(a1), static_cast<off_t>(a3)); }
LIBCIFY_ADAPTER(ftruncate) { return ::ftruncate(Int(a1), static_cast<off_t>(a3)); }
LIBCIFY_ADAPTER(mmap) {
  return reinterpret_cast<long>(::mmap(Pointer<void>(a1), a2, Int(a3), Int(a4), Int(a5), static_cast<off_t>(a7)));
}
#endif

}  // namespace libcify::adapters
