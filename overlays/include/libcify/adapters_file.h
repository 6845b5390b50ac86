// Files and descriptors.
#pragma once

#include "libcify/adapter.h"
//
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace libcify::adapters {

// The kernel gives the length with the final zero, libc the buffer; without a buffer libc would allocate one.
LIBCIFY_ADAPTER(getcwd) {
  if (a1 == 0 || a2 == 0) return LIBCIFY_AS_IT_CAME();
  const char* path = ::getcwd(Pointer<char>(a1), a2);
  return path != nullptr ? static_cast<long>(strlen(path)) + 1 : libcify_errno_neg();
}

// The kernel's calls have no flags (that is faccessat2 and fchmodat2): the fourth word is not theirs.
LIBCIFY_ADAPTER(faccessat) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::faccessat(Int(a1), Pointer<const char>(a2), Int(a3), 0));
}

// The mode is a umode_t, 16 bits (include/linux/syscalls.h).
LIBCIFY_ADAPTER(fchmodat) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::fchmodat(Int(a1), Pointer<const char>(a2), static_cast<unsigned short>(a3), 0));
}

// Without a path the kernel acts on the descriptor; glibc says EINVAL (utimensat(2), "C library/kernel ABI differences").
LIBCIFY_ADAPTER(utimensat) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::utimensat(Int(a1), Pointer<const char>(a2), Pointer<const struct timespec>(a3), Int(a4)));
}

// musl's fstatat looks at the path itself (src/stat/fstatat.c).
LIBCIFY_ADAPTER(newfstatat) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::fstatat(Int(a1), Pointer<const char>(a2), Pointer<struct stat>(a3), Int(a4)));
}

// musl answers 0 for an empty buffer, the kernel EINVAL (src/unistd/readlink.c).
LIBCIFY_ADAPTER(readlink) {
  if (a1 == 0 || Int(a3) <= 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::readlink(Pointer<const char>(a1), Pointer<char>(a2), Unsigned(a3)));
}
LIBCIFY_ADAPTER(readlinkat) {
  if (a2 == 0 || Int(a4) <= 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::readlinkat(Int(a1), Pointer<const char>(a2), Pointer<char>(a3), Unsigned(a4)));
}

#if defined(__LP64__)
// The offset comes as a low and a high word; where a word has 64 bits the low one holds all of it and the kernel shifts the
// other out (pos_from_hilo in fs/read_write.c). The number of vectors is an unsigned int to the kernel (import_iovec).
LIBCIFY_ADAPTER(preadv) { return Checked(::preadv(Int(a1), Pointer<const iovec>(a2), Int(a3), static_cast<off_t>(a4))); }
LIBCIFY_ADAPTER(pwritev) { return Checked(::pwritev(Int(a1), Pointer<const iovec>(a2), Int(a3), static_cast<off_t>(a4))); }

#if defined(__GLIBC__)
// The flags are the kernel's sixth word and libc's fifth argument.
LIBCIFY_ADAPTER(preadv2) {
  return Checked(::preadv2(Int(a1), Pointer<const iovec>(a2), Int(a3), static_cast<off_t>(a4), Int(a6)));
}
LIBCIFY_ADAPTER(pwritev2) {
  return Checked(::pwritev2(Int(a1), Pointer<const iovec>(a2), Int(a3), static_cast<off_t>(a4), Int(a6)));
}
#endif

// libc's function returns the error number.
LIBCIFY_ADAPTER(fadvise64) { return -::posix_fadvise(Int(a1), static_cast<off_t>(a2), static_cast<off_t>(a3), Int(a4)); }
#endif

// The kernel's eventfd has no flags; libc's function of that name is the kernel's eventfd2.
LIBCIFY_ADAPTER(eventfd) { return Checked(::eventfd(Unsigned(a1), 0)); }

// musl looks at O_CLOEXEC alone among the flags (src/unistd/dup3.c).
LIBCIFY_ADAPTER(dup3) {
  if ((Int(a3) & ~O_CLOEXEC) != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::dup3(Int(a1), Int(a2), Int(a3)));
}

// musl does not look at the size, which the kernel wants to be positive (src/linux/epoll.c).
LIBCIFY_ADAPTER(epoll_create) {
  if (Int(a1) <= 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::epoll_create(Int(a1)));
}

// libc's sync is void; the kernel's answers 0.
LIBCIFY_ADAPTER(sync) {
  ::sync();
  return 0;
}

}  // namespace libcify::adapters
