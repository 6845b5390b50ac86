// Signals: actions, masks, sending, waiting. The kernel's structures, as Go has them.
#pragma once

#include <signal.h>
#include <sys/time.h>
#include <time.h>

#include "differential.h"

namespace {
using namespace differential;

#if defined(__mips__)
const unsigned long kSetSize = 16;
#else
const unsigned long kSetSize = 8;
#endif
// The kernel's set: bit n - 1 of words, in words of the machine.
struct KernelSet {
  unsigned long words[16 / sizeof(long)] = {};
  KernelSet() = default;
  explicit KernelSet(int signal, int other = 0) {
    Add(signal);
    if (other != 0) Add(other);
  }
  void Add(int signal) {
    words[static_cast<unsigned>(signal - 1) / (8 * sizeof(long))] |=
        1UL << (static_cast<unsigned>(signal - 1) % (8 * sizeof(long)));
  }
};
void Mask() {
  KernelSet now;
  raw_call(SYS_rt_sigprocmask, SIG_BLOCK, 0, check::Word(&now), kSetSize, 0, 0);
  See(&now, kSetSize);
}
void Block(int signal) {
  const KernelSet set(signal);
  raw_call(SYS_rt_sigprocmask, SIG_BLOCK, check::Word(&set), 0, kSetSize, 0, 0);
}
// SIGALRM after some milliseconds, for calls that wait.
void AlarmIn(long milliseconds) {
  struct itimerval timer = {};
  timer.it_value.tv_usec = milliseconds * slowness * 1000;
  MUST(setitimer(ITIMER_REAL, &timer, nullptr));
}
// The kernel's structure of an action, as libc filled it in: with the way back from a handler that this machine wants.
struct KernelAction {
  unsigned char bytes[160] = {};
};
KernelAction ActionOf(int signal) {
  KernelAction action;
  raw_call(SYS_rt_sigaction, static_cast<unsigned long>(signal), 0, check::Word(&action), kSetSize, 0, 0);
  return action;
}
void Handler(int) { ++signals_seen; }
}  // namespace

SCENARIO(rt_sigaction, 5, 4) {
  struct sigaction action = {};
  action.sa_handler = Handler;
  action.sa_flags = SA_RESTART | SA_NODEFER;
  sigaddset(&action.sa_mask, SIGUSR2);
  MUST(sigaction(SIGHUP, &action, nullptr));
  const KernelAction wanted = ActionOf(SIGHUP);
  KernelAction old;
  Call(SIGUSR1, &wanted, nullptr, kSetSize);
  raise(SIGUSR1);
  Seen(signals_seen);
  Call(SIGUSR1, nullptr, &old, kSetSize);
#if defined(__mips__)  // flags, four bytes that nobody writes, handler, mask
  See(&old, 4);
  See(old.bytes + 8, sizeof old.bytes - 8);
#elif defined(__x86_64__) || defined(__i386__) || \
    defined(__aarch64__)  // the restorer is libc's own, on arm64 whatever it is
  See(&old, 2 * sizeof(long));
  See(old.bytes + 3 * sizeof(long), 8);
#else
  Seen(old);
#endif
  MUST(sigaction(SIGUSR1, nullptr, &action));
  Seen(action.sa_handler);
  Seen(action.sa_flags & ~0x04000000);
  Seen(sigismember(&action.sa_mask, SIGUSR2));
  const KernelAction none;
  Call(SIGUSR1, &none, &old, kSetSize);
  Call(SIGKILL, nullptr, &old, kSetSize);
  Call(32, &wanted, &old, kSetSize);  // a signal that libc keeps for itself
  Call(64, &wanted, nullptr, kSetSize);
  Call(SIGKILL, &wanted, nullptr, kSetSize);
  Call(0, nullptr, &old, kSetSize);
  Call(65 + 64, nullptr, &old, kSetSize);
  Call(SIGUSR1, nullptr, &old, 7UL);
}
SCENARIO(rt_sigprocmask, 4, 2) {
  const KernelSet one(SIGUSR1), two(SIGUSR2, SIGTERM);
  KernelSet old(SIGINT);
  Call(SIG_BLOCK, &one, &old, kSetSize);
  See(&old, kSetSize);
  Mask();
  Call(SIG_SETMASK, &two, &old, kSetSize);
  See(&old, kSetSize);
  Mask();
  Call(SIG_UNBLOCK, &two, nullptr, kSetSize);
  Call(SIG_BLOCK, nullptr, &old, kSetSize);
  See(&old, kSetSize);
  Mask();
  Call(77, &one, nullptr, kSetSize);
  Call(SIG_BLOCK, &one, nullptr, 7UL);
}
SCENARIO(rt_sigpending, 1, 1) {
  Block(SIGUSR1);
  raise(SIGUSR1);
  KernelSet set(SIGINT);
  Call(&set, kSetSize);
  See(&set, kSetSize);
  Call(&set, 77UL);
}
SCENARIO(rt_sigtimedwait, 1, 2) {
  Block(SIGUSR1);
  raise(SIGUSR1);
  const KernelSet set(SIGUSR1);
  struct {
    siginfo_t info;
    unsigned char more[64];
  } got;
  memset(&got, 0xee, sizeof got);
  const long soon[2] = {0, 1000000}, bad[2] = {0, 2000000000};
  Call(&set, &got, soon, kSetSize);
  Seen(got.info.si_signo);
  Seen(got.info.si_code);
  Seen(got.more);
  Call(&set, &got, soon, kSetSize);
  Call(&set, nullptr, bad, kSetSize);
  Call(&set, nullptr, soon, 7UL);
}
SCENARIO(rt_sigsuspend, 0, 2) {
  Catch(SIGALRM);
  Block(SIGALRM);
  AlarmIn(5);
  const KernelSet none;
  Call(&none, kSetSize);
  Seen(signals_seen);
  Mask();
  Call(&none, 7UL);
}
SCENARIO(rt_sigqueueinfo, 1, 2) {
  Block(SIGUSR1);
  siginfo_t info = {};
  info.si_code = SI_QUEUE;
  info.si_signo = SIGUSR1;
  info.si_value.sival_int = 77;
  Call(getpid(), SIGUSR1, &info);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  siginfo_t got = {};
  Seen(sigwaitinfo(&set, &got));
  Seen(got.si_value.sival_int);
  Call(0x3fffffff, SIGUSR1, &info);
  Call(getpid(), 999, &info);
}
SCENARIO(rt_tgsigqueueinfo, 1, 2) {
  Catch(SIGUSR1);
  siginfo_t info = {};
  info.si_code = SI_QUEUE;
  Call(getpid(), getpid(), SIGUSR1, &info);
  Seen(signals_seen);
  Call(getpid(), getpid(), 999, &info);
  Call(-1, getpid(), SIGUSR1, &info);
}
SCENARIO(sigaltstack, 2, 2) {
  static char memory[1 << 16];
  stack_t stack = {}, old;
  memset(&old, 0, sizeof old);
  stack.ss_sp = memory;
  stack.ss_size = sizeof memory;
  Call(&stack, &old);
  Seen(old);
  Call(nullptr, &old);
  Seen(old);
  stack.ss_size = 7;
  Call(&stack, nullptr);
  stack.ss_flags = 0x77;
  Call(&stack, nullptr);
  if (kPointersPass) Call(Nowhere(), nullptr);
}
SCENARIO(kill, 2, 2) {
  Catch(SIGUSR1);
  Call(getpid(), SIGUSR1);
  Seen(signals_seen);
  Call(getpid(), 0);
  Call(0x3fffffff, SIGUSR1);
  Call(getpid(), 999);
}
SCENARIO(tkill, 1, 2) {
  Catch(SIGUSR1);
  Call(getpid(), SIGUSR1);
  Seen(signals_seen);
  Call(0x3fffffff, SIGUSR1);
  Call(getpid(), 999);
}
SCENARIO(tgkill, 1, 3) {
  Catch(SIGUSR1);
  Call(getpid(), getpid(), SIGUSR1);
  Seen(signals_seen);
  Call(getpid(), 0x3fffffff, SIGUSR1);
  Call(getpid(), getpid(), 999);
  Call(-1, getpid(), SIGUSR1);
}
SCENARIO(pause, 0, 1) {
  Catch(SIGALRM);
  AlarmIn(5);
  Call();
  Seen(signals_seen);
}
SCENARIO(signalfd4, 1, 3) {
  Block(SIGUSR1);
  const KernelSet set(SIGUSR1);
  const long fd = Call(-1, &set, kSetSize, O_NONBLOCK | O_CLOEXEC);
  Descriptor(fd);
  raise(SIGUSR1);
  unsigned info[32] = {};
  Seen(static_cast<long>(read(static_cast<int>(fd), info, sizeof info)));
  Seen(info[0]);
  const KernelSet other(SIGUSR2);
  Call(fd, &other, kSetSize, 0);
  Call(-1, &set, kSetSize, 0x777);
  Call(-1, &set, 7UL, 0);
  Call(1, &set, kSetSize, 0);
}
SCENARIO(signalfd, 1, 2) {
  Block(SIGUSR1);
  const KernelSet set(SIGUSR1);
  const long fd = Call(-1, &set, kSetSize);
  Descriptor(fd);
  raise(SIGUSR1);
  unsigned info[32] = {};
  Seen(static_cast<long>(read(static_cast<int>(fd), info, sizeof info)));
  Seen(info[0]);
  Call(-1, &set, 7UL);
  Call(1, &set, kSetSize);
}
