// The call by which Go's forkAndExecInChild makes its child (rawVforkSyscall): clone or clone3 with CLONE_VFORK|CLONE_VM.
//
// Go's own is assembly that keeps its return address out of the memory that it shares with the child. A function of C cannot
// return twice on one stack, so CLONE_VM is taken away: the child runs on a copy. All other flags stay as they came, and
// with CLONE_VFORK the parent still waits until the child has called execve or ended (clone(2)).
//
// Without any flag but these two this is what fork does, and libc's fork makes it: it also runs the handlers of
// pthread_atfork, by which the garbage collector and malloc stay usable in the child.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

// struct clone_args (include/uapi/linux/sched.h) begins with its flags; the exit signal is its fifth word. Later kernels
// append to it; 88 bytes are those of Linux 5.7.
constexpr unsigned long kMost = 512;
constexpr unsigned long kExitSignalWord = 4;

long OrError(long result) { return result == -1 ? -errno : result; }

bool IsPlain(unsigned long flags, unsigned long signal) {
  return (flags & ~static_cast<unsigned long>(CLONE_VM | CLONE_VFORK)) == 0 && signal == SIGCHLD;
}

}  // namespace

// The child's number, 0 in the child, or a negative error number. `number` is SYS_clone (flags with the exit signal, stack,
// parent_tid) or SYS_clone3 (struct clone_args, its size).
extern "C" long libcify_fork(unsigned long number, unsigned long a1, unsigned long a2, unsigned long a3);

long libcify_fork(unsigned long number, unsigned long a1, unsigned long a2, unsigned long a3) {
  constexpr unsigned long kShared = CLONE_VM;
  if (number == SYS_clone) {
    if (IsPlain(a1 & ~static_cast<unsigned long>(CSIGNAL), a1 & CSIGNAL)) return OrError(fork());
    return OrError(syscall(SYS_clone, a1 & ~kShared, a2, a3, 0UL, 0UL));
  }
  alignas(unsigned long long) unsigned char copy[kMost];
  if (a2 < (kExitSignalWord + 1) * sizeof(unsigned long long) || a2 > kMost) {
    return OrError(syscall(static_cast<long>(number), a1, a2, a3));
  }
  memcpy(copy, reinterpret_cast<const void*>(a1), a2);
  unsigned long long flags;
  memcpy(&flags, copy, sizeof flags);
  flags &= ~static_cast<unsigned long long>(kShared);
  memcpy(copy, &flags, sizeof flags);
  return OrError(syscall(static_cast<long>(number), copy, a2));
}
