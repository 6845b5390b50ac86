// A small table written by hand, as libcify generates it, and calls through it as the bridge makes them.
//
// Exits 0 and prints "ok"; otherwise says what was wrong. Compiled with every compiler and libc at hand by
// src/bind/shims_test.cc. Nothing here uses the C++ library.
#include "libcify/entry.h"
//
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
//
#include "libcify/adapters.h"
#include "libcify/shim.h"
#include "libcify/table.h"

LIBCIFY_TABLE_BEGIN
LIBCIFY_DIRECT(SYS_read, read, "l=ipL", 0)
LIBCIFY_DIRECT(SYS_close, close, "i=i", 32)
LIBCIFY_DIRECT(SYS_mmap, mmap, "p=pLiiil", 0)
LIBCIFY_DIRECT(SYS_fcntl, fcntl, "i=ii.", 32)
LIBCIFY_DIRECT(SYS_getpid, getpid, "i=", 65)
LIBCIFY_DIRECT(SYS_getuid, getuid, "u=", 65)
LIBCIFY_DIRECT(SYS_openat, openat, "i=ipi.", 32)
LIBCIFY_DIRECT(SYS_exit_group, _exit, "v=i", 64)
LIBCIFY_ADAPTED(SYS_getcwd, getcwd)
LIBCIFY_TABLE_END

namespace {

int failures = 0;

void Expect(const char* what, long expected, long actual) {
  if (expected == actual) return;
  printf("%s: expected %ld, got %ld\n", what, expected, actual);
  ++failures;
}

unsigned long Word(const void* pointer) { return reinterpret_cast<unsigned long>(pointer); }

long Call(unsigned long number, unsigned long a1 = 0, unsigned long a2 = 0, unsigned long a3 = 0, unsigned long a4 = 0,
          unsigned long a5 = 0, unsigned long a6 = 0) {
  return libcify_plain(a1, a2, a3, a4, a5, a6, number);
}

// The first call of all fills the table.
void First() {
  Expect("before", kLibcifyKernel, static_cast<long>(libcify_table[SYS_getpid].kind));
  Expect("getpid", getpid(), Call(SYS_getpid));
  Expect("after", kLibcifyUnsignedInt, static_cast<long>(libcify_table[SYS_getpid].kind));
  Expect("getpid again", getpid(), Call(SYS_getpid));
  Expect("a number without a row", Word(reinterpret_cast<void*>(&libcify_generic)),
         Word(libcify_table[SYS_gettid].function));
}

void Files() {
  errno = 77;
  const long fd = Call(SYS_openat, static_cast<unsigned long>(AT_FDCWD), Word("/proc/self/cmdline"), O_RDONLY | O_CLOEXEC);
  if (fd < 0) Expect("openat", 3, fd);
  char text[64] = {};
  const long got = Call(SYS_read, fd, Word(text), sizeof text);
  Expect("read", 1, got > 0);
  Expect("what was read", 0, strncmp(text, "", 1) == 0);
  Expect("fcntl", FD_CLOEXEC, Call(SYS_fcntl, fd, F_GETFD));
  const long duplicate = Call(SYS_fcntl, fd, F_DUPFD, 100);
  Expect("fcntl with a third argument", 1, duplicate >= 100);
  Expect("close", 0, Call(SYS_close, fd));
  Expect("close again", -EBADF, Call(SYS_close, fd));
  // Only the low half of an int's word counts, as for the kernel.
  Expect("close with a dirty word", 0, Call(SYS_close, duplicate | 0xabcdUL << 32));
  Expect("openat of nothing", -ENOENT, Call(SYS_openat, static_cast<unsigned long>(AT_FDCWD), Word("/nowhere"), O_RDONLY));
  Expect("errno is kept", 77, errno);
}

void Others() {
  Expect("mmap", -EINVAL, Call(SYS_mmap, 0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, ~0UL, 0));
  const long page = Call(SYS_mmap, 0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, ~0UL, 0);
  Expect("mmap", 1, page > 4096);
  Expect("getuid", static_cast<long>(getuid()), Call(SYS_getuid));
  char path[4096];
  Expect("getcwd", syscall(SYS_getcwd, path, sizeof path), Call(SYS_getcwd, Word(path), sizeof path));
  Expect("getcwd without room", -ERANGE, Call(SYS_getcwd, Word(path), 1));
  Expect("by fallback", syscall(SYS_gettid), Call(SYS_gettid));
  Expect("outside the table", -ENOSYS, Call(100000));
}

// The typed way, for ports that want ints extended: words with a dirty upper half, a variadic call, a pointer result.
void Shims() {
  using libcify::Shim;
  const auto call = [](LibcifyAdapter* shim, unsigned long a1 = 0, unsigned long a2 = 0, unsigned long a3 = 0) {
    const LibcifyEntry entry = {reinterpret_cast<void*>(shim), kLibcifyKernel};
    return libcify::CallEntry(entry, a1, a2, a3, 0, 0, 0, 0);
  };
  const long fd = call(&Shim<&::openat, kLibcifyInt>, static_cast<unsigned long>(AT_FDCWD), Word("/"), O_RDONLY);
  Expect("shim: openat", 1, fd >= 0);
  Expect("shim: close", 0, call(&Shim<&::close, kLibcifyInt>, fd | 1UL << 40));
  Expect("shim: close again", -EBADF, call(&Shim<&::close, kLibcifyInt>, fd));
  Expect("shim: mmap", -EINVAL, call(&Shim<&::mmap, kLibcifyWord>));
  Expect("shim: getuid", static_cast<long>(getuid()), call(&Shim<&::getuid, kLibcifyUnsignedInt>));
  Expect("shim: sync", 0, call(&Shim<&::sync, kLibcifyKernel>));
}

}  // namespace

int main() {
  First();
  Files();
  Others();
  Shims();
  if (failures == 0) puts("ok");
  fflush(stdout);
  Call(SYS_exit_group, failures == 0 ? 0 : 1);
  return 3;
}
