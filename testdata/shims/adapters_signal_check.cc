// Adapters of signals against the kernel.
#include "adapters_check.h"
//
#include <time.h>

using check::Call;
using check::CallForNew;
using check::Seen;

namespace {

struct Action {
  unsigned long handler, flags, restorer, mask;
};

void Handler(int) {}

unsigned long Bit(int signal) { return 1UL << (signal - 1); }

// What is left of a signal set to the kernel.
unsigned long BlockedNow() {
  unsigned long mask = 0;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, nullptr, &mask, 8);
  return mask;
}

void Unblock() {
  unsigned long none = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, 8);
}

}  // namespace

CASE(rt_sigaction, "set, read back, restore") {
  // Once through libc before, so that the restorer is libc's own in both runs.
  struct sigaction plain = {};
  plain.sa_handler = SIG_DFL;
  sigaction(SIGUSR1, &plain, nullptr);
  Action old = {};
  Call(SIGUSR1, nullptr, &old, 8);
  Seen(old);
  Action action = old;
  action.handler = check::Word(&Handler);
  action.flags |= SA_RESTART | SA_ONSTACK;
  action.mask = Bit(SIGUSR2) | Bit(64);
  Call(SIGUSR1, &action, &old, 8);
  Seen(old);
  Call(SIGUSR1, nullptr, &old, 8);
  Seen(old);
  raise(SIGUSR1);  // comes back: the restorer works
  signal(SIGUSR1, SIG_DFL);
}
CASE(rt_sigaction, "SA_RESETHAND is bit 31 of the flags") {
  struct sigaction plain = {};
  sigaction(SIGUSR1, &plain, nullptr);
  Action old = {};
  Call(SIGUSR1, nullptr, &old, 8);
  old.flags |= 0x80000000UL;
  Call(SIGUSR1, &old, nullptr, 8);
  Call(SIGUSR1, nullptr, &old, 8);
  Seen(old);
  signal(SIGUSR1, SIG_DFL);
}
CASE(rt_sigaction, "errors and libc's own signals") {
  Action action = {};
  Call(SIGKILL, &action, nullptr, 8);
  Call(0, &action, nullptr, 8);
  Call(65, &action, nullptr, 8);
  Call(SIGUSR1, &action, nullptr, 4);
  Call(SIGUSR1, nullptr, nullptr, 8);
  for (int signal = 32; signal <= 35; ++signal) {
    Call(signal, nullptr, &action, 8);
    Seen(action);
    Call(signal, &action, nullptr, 8);
  }
}
CASE(rt_sigprocmask, "block, read back, unblock") {
  unsigned long set = Bit(SIGUSR1) | Bit(63), old[2] = {~0UL, ~0UL};
  Call(SIG_BLOCK, &set, &old, 8);
  Seen(old);
  Call(SIG_BLOCK, nullptr, &old, 8);
  Seen(old);
  Seen(BlockedNow());
  Call(SIG_UNBLOCK, &set, nullptr, 8);
  Seen(BlockedNow());
  Unblock();
}
CASE(rt_sigprocmask, "errors") {
  unsigned long set = 0;
  Call(77, &set, nullptr, 8);
  Call(SIG_BLOCK, &set, nullptr, 4);
  Call(SIG_BLOCK, nullptr, nullptr, 8);
}
CASE(rt_sigpending, "one pending signal") {
  unsigned long set = Bit(SIGUSR1), pending[2] = {~0UL, ~0UL};
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, nullptr, 8);
  kill(getpid(), SIGUSR1);
  Call(&pending, 8);
  Seen(pending);
  pending[0] = ~0UL;
  Call(&pending, 4);
  Seen(pending);
  Call(&pending, 16);
  Call(nullptr, 8);
  siginfo_t info;
  syscall(SYS_rt_sigtimedwait, &set, &info, nullptr, 8);
  Unblock();
}
CASE(rt_sigsuspend, "a pending signal ends it") {
  struct sigaction action = {};
  action.sa_handler = Handler;
  sigaction(SIGUSR1, &action, nullptr);
  unsigned long set = Bit(SIGUSR1), none = 0;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, nullptr, 8);
  kill(getpid(), SIGUSR1);
  Call(&none, 8);
  Seen(BlockedNow());
  Call(&none, 4);
  Call(nullptr, 8);
  Unblock();
  signal(SIGUSR1, SIG_DFL);
}
CASE(signalfd4, "new, changed, errors") {
  unsigned long set = Bit(SIGUSR1);
  const long fd = CallForNew(-1, &set, 8, SFD_CLOEXEC | SFD_NONBLOCK);
  set |= Bit(SIGUSR2);
  CallForNew(fd, &set, 8, 0);
  char text[8];
  Seen(read(static_cast<int>(fd), text, sizeof text));
  close(static_cast<int>(fd));
  Call(-1, &set, 4, 0);
  Call(-1, &set, 128, 0);
  Call(-1, nullptr, 8, 0);
  Call(-1, &set, 8, 0x7777);
  Call(9999, &set, 8, 0);
}
CASE(signalfd, "the fourth word is not looked at") {
  unsigned long set = Bit(SIGUSR1);
  const long fd = CallForNew(-1, &set, 8, 0x7777);
  Seen(syscall(SYS_fcntl, fd, F_GETFD));
  close(static_cast<int>(fd));
  Call(-1, &set, 16);
  Call(-1, nullptr, 8);
}
CASE(sigaltstack, "set, read, errors") {
  static char stack[65536];
  struct {
    void* sp;
    int flags;
    unsigned long size;
  } set = {stack, 0, sizeof stack}, old = {};
  Call(&set, &old);
  Call(nullptr, &old);
  Seen(old.sp);
  Seen(old.flags);
  Seen(old.size);
  set.flags = SS_ONSTACK;
  Call(&set, nullptr);
  set.flags = 77;
  Call(&set, nullptr);
  set.flags = 0;
  set.size = 16;
  Call(&set, nullptr);
  set.flags = SS_DISABLE;
  Call(&set, nullptr);
}

#if defined(__GLIBC__)
CASE(rt_sigtimedwait, "a pending signal, a timeout") {
  unsigned long set = Bit(SIGUSR1);
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, nullptr, 8);
  kill(getpid(), SIGUSR1);
  struct timespec none = {};
  Call(&set, nullptr, &none, 8);
  Call(&set, nullptr, &none, 8);
  none.tv_nsec = -1;
  Call(&set, nullptr, &none, 8);
  Unblock();
}
CASE(rt_sigtimedwait, "si_code of a signal by tkill") {
  unsigned long set = Bit(SIGUSR1);
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, nullptr, 8);
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1);
  siginfo_t info = {};
  struct timespec none = {};
  Call(&set, &info, &none, 8);
  Seen(info.si_code);
  Call(&set, nullptr, &none, 4);
  Call(nullptr, nullptr, &none, 8);
  Unblock();
}
#endif
