// Adapters of signals against the kernel.
#include "adapters_check.h"
//
#include <time.h>

using check::Call;
using check::CallForNew;
using check::Seen;
using libcify::adapters::KernelSigaction;
using libcify::adapters::kSignalSetBytes;

namespace {

void Handler(int) {}

// qemu-user 7.2 writes a word more than the kernel on mips and riscv64.
struct Action : KernelSigaction {
  unsigned long room[2] = {};
};

// A restorer that no flag announces is not used, and glibc leaves it as it lies on its stack.
void See(Action action) {
#if defined(LIBCIFY_RESTORER)
  if ((action.flags & 0x04000000) == 0) action.restorer = nullptr;
#endif
  Seen<KernelSigaction>(action);
}

// The kernel's set: words, the low signals first.
struct Set {
  explicit Set(int one = 0, int other = 0) {
    Add(one);
    Add(other);
  }
  void Add(int signal) {
    constexpr int kBits = 8 * sizeof(long);
    if (signal != 0) words[(signal - 1) / kBits] |= 1UL << (signal - 1) % kBits;
  }
  void Fill() { memset(words, 0xff, sizeof words); }
  unsigned long words[32 / sizeof(long)] = {};  // twice the largest
};

// What is left of a signal set to the kernel.
Set BlockedNow() {
  Set mask;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, nullptr, &mask, kSignalSetBytes);
  return mask;
}

void Block(const Set& set) { syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, nullptr, kSignalSetBytes); }
void Unblock() {
  const Set none;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, kSignalSetBytes);
}

void Default(int signal) {
  struct sigaction plain = {};
  plain.sa_handler = SIG_DFL;
  sigaction(signal, &plain, nullptr);
}

}  // namespace

CASE(rt_sigaction, "set, read back, restore") {
  // Once through libc before, so that the restorer is libc's own in both runs.
  Default(SIGUSR1);
  Action old = {};
  Call(SIGUSR1, nullptr, &old, kSignalSetBytes);
  See(old);
  Action action = old;
  action.handler = &Handler;
  action.flags |= SA_RESTART | SA_ONSTACK;
  const Set mask(SIGUSR2, 64);
  memcpy(action.mask, &mask, kSignalSetBytes);
  Call(SIGUSR1, &action, &old, kSignalSetBytes);
  See(old);
  Call(SIGUSR1, nullptr, &old, kSignalSetBytes);
  See(old);
  raise(SIGUSR1);  // comes back: the restorer works
  Default(SIGUSR1);
}
CASE(rt_sigaction, "SA_RESETHAND is bit 31 of the flags") {
  Default(SIGUSR1);
  Action old = {};
  Call(SIGUSR1, nullptr, &old, kSignalSetBytes);
  old.flags |= 0x80000000U;
  Call(SIGUSR1, &old, nullptr, kSignalSetBytes);
  Call(SIGUSR1, nullptr, &old, kSignalSetBytes);
  See(old);
  Default(SIGUSR1);
}
CASE(rt_sigaction, "errors and libc's own signals") {
  Action action = {};
  Call(SIGKILL, &action, nullptr, kSignalSetBytes);
  Call(0, &action, nullptr, kSignalSetBytes);
  Call(kSignalSetBytes * 8 + 1, &action, nullptr, kSignalSetBytes);
  Call(SIGUSR1, &action, nullptr, 4);
  Call(SIGUSR1, nullptr, nullptr, kSignalSetBytes);
  for (int signal = 32; signal <= 35; ++signal) {
    Call(signal, nullptr, &action, kSignalSetBytes);
    See(action);
    Call(signal, &action, nullptr, kSignalSetBytes);
  }
}
CASE(rt_sigprocmask, "block, read back, unblock") {
  Set set(SIGUSR1, 63), old;
  old.Fill();
  Call(SIG_BLOCK, &set, &old, kSignalSetBytes);
  Seen(old);
  Call(SIG_BLOCK, nullptr, &old, kSignalSetBytes);
  Seen(old);
  Seen(BlockedNow());
  Call(SIG_UNBLOCK, &set, nullptr, kSignalSetBytes);
  Seen(BlockedNow());
  Unblock();
}
CASE(rt_sigprocmask, "errors") {
  Set set;
  Call(77, &set, nullptr, kSignalSetBytes);
  Call(SIG_BLOCK, &set, nullptr, 4);
  Call(SIG_BLOCK, nullptr, nullptr, kSignalSetBytes);
}
CASE(rt_sigpending, "one pending signal") {
  Set set(SIGUSR1), pending;
  pending.Fill();
  Block(set);
  kill(getpid(), SIGUSR1);
  Call(&pending, kSignalSetBytes);
  Seen(pending);
  pending.Fill();
  Call(&pending, 4);
  Seen(pending);
  Call(&pending, 2 * kSignalSetBytes);
  Call(nullptr, kSignalSetBytes);
  siginfo_t info;
  syscall(SYS_rt_sigtimedwait, &set, &info, nullptr, kSignalSetBytes);
  Unblock();
}
CASE(rt_sigsuspend, "a pending signal ends it") {
  struct sigaction action = {};
  action.sa_handler = Handler;
  sigaction(SIGUSR1, &action, nullptr);
  Set set(SIGUSR1), none;
  Block(set);
  kill(getpid(), SIGUSR1);
  Call(&none, kSignalSetBytes);
  Seen(BlockedNow());
  Call(&none, 4);
  Call(nullptr, kSignalSetBytes);
  Unblock();
  Default(SIGUSR1);
}
CASE(signalfd4, "new, changed, errors") {
  Set set(SIGUSR1);
  const long fd = CallForNew(-1, &set, kSignalSetBytes, SFD_CLOEXEC | SFD_NONBLOCK);
  set.Add(SIGUSR2);
  CallForNew(fd, &set, kSignalSetBytes, 0);
  char text[8];
  Seen(read(static_cast<int>(fd), text, sizeof text));
  close(static_cast<int>(fd));
  CallForNew(-1, &set, 4, 0);  // qemu-user does not look at the size
  CallForNew(-1, &set, 128, 0);
  Call(-1, nullptr, kSignalSetBytes, 0);
  Call(-1, &set, kSignalSetBytes, 0x7777);
  Call(9999, &set, kSignalSetBytes, 0);
}
CASE(signalfd, "the fourth word is not looked at") {
  Set set(SIGUSR1);
  const long fd = CallForNew(-1, &set, kSignalSetBytes, 0x7777);
  Seen(fcntl(static_cast<int>(fd), F_GETFD));
  close(static_cast<int>(fd));
  CallForNew(-1, &set, 2 * kSignalSetBytes);
  Call(-1, nullptr, kSignalSetBytes);
}
CASE(sigaltstack, "set, read, errors") {
  static char stack[65536];
  stack_t set = {}, old = {};
  set.ss_sp = stack;
  set.ss_size = sizeof stack;
  Call(&set, &old);
  Call(nullptr, &old);
  Seen(old.ss_sp);
  Seen(old.ss_flags);
  Seen(old.ss_size);
  set.ss_flags = SS_ONSTACK;
  Call(&set, nullptr);
  set.ss_flags = 77;
  Call(&set, nullptr);
  set.ss_flags = 0;
  set.ss_size = 16;
  Call(&set, nullptr);
  set.ss_flags = SS_DISABLE;
  Call(&set, nullptr);
}

#if defined(__GLIBC__)
namespace {

// A signal that waits, one that does not, a time that is none; for both widths of time.
template <class Time>
void WaitForSignal() {
  Set set(SIGUSR1);
  Block(set);
  kill(getpid(), SIGUSR1);
  Time none = {};
  Call(&set, nullptr, &none, kSignalSetBytes);
  Call(&set, nullptr, &none, kSignalSetBytes);
  none = {0, -1};
  Call(&set, nullptr, &none, kSignalSetBytes);
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1);
  siginfo_t info = {};
  none = {};
  Call(&set, &info, &none, kSignalSetBytes);
  Seen(info.si_code);
  Call(&set, nullptr, &none, 4);
  Call(nullptr, nullptr, &none, kSignalSetBytes);
  Unblock();
}

}  // namespace

CASE(rt_sigtimedwait, "a pending signal, a timeout, si_code of a signal by tkill") {
  WaitForSignal<libcify::adapters::WordTime>();
}
#if defined(LIBCIFY_HAS_TIME64)
CASE(rt_sigtimedwait_time64, "a pending signal, a timeout, si_code of a signal by tkill") {
  WaitForSignal<libcify::adapters::Time64>();
}
#endif
#endif
