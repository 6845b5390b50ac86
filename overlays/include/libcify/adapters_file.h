// Files and descriptors.
#pragma once

#include "libcify/times.h"
//
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
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
  return Checked(LIBCIFY_WORD_TIME(utimensat)(Int(a1), Pointer<const char>(a2), Pointer<const WordTime>(a3), Int(a4)));
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

// The kernel's eventfd has no flags; libc's function of that name is the kernel's eventfd2.
LIBCIFY_ADAPTER(eventfd) { return Checked(::eventfd(Unsigned(a1), 0)); }

#if defined(__mips__)
// mips alone answers with both descriptors in registers (pipe(2), NOTES; arch/mips/kernel/syscall.c, sysm_pipe).
LIBCIFY_ADAPTER(pipe) {
  int ends[2];
  if (::pipe(ends) == -1) return libcify_errno_neg();
  if (second != nullptr) *second = static_cast<unsigned long>(ends[1]);
  return ends[0];
}
// musl's is pipe where there are no flags (src/unistd/pipe2.c), which writes both itself: where nothing lies, it crashes
// (src/unistd/mips/pipe.s).
LIBCIFY_ADAPTER(pipe2) {
  if (a1 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::pipe2(Pointer<int>(a1), Int(a2)));
}
#endif

// musl looks at O_CLOEXEC alone among the flags (src/unistd/dup3.c).
LIBCIFY_ADAPTER(dup3) {
  if ((Int(a3) & ~O_CLOEXEC) != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::dup3(Int(a1), Int(a2), Int(a3)));
}

// Where the kernel says EINVAL, musl takes it for one without this call and makes a plain accept, which may wait
// (src/network/accept4.c). A socket that does not listen is EINVAL to both.
LIBCIFY_ADAPTER(accept4) {
  if ((Int(a4) & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::accept4(Int(a1), Pointer<sockaddr>(a2), Pointer<socklen_t>(a3), Int(a4)));
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
