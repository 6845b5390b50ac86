// Signals. The kernel's signal set has 8 bytes (16 on mips), libc's sigset_t has 128; every call says how large its set is,
// and the kernel answers EINVAL for a size that is not its own: such calls go to syscall() as they came.
#pragma once

#include "libcify/times.h"
//
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>

namespace libcify::adapters {

#if defined(__mips__)
constexpr unsigned long kSignalSetBytes = 16;  // arch/mips/include/uapi/asm/signal.h, _NSIG
#else
constexpr unsigned long kSignalSetBytes = 8;
#endif
static_assert(_NSIG - 1 <= kSignalSetBytes * 8 && sizeof(sigset_t) >= kSignalSetBytes, "the kernel's signal set");

// A kernel set, widened. All of libc's set is given a value, because glibc copies the whole set in some cases.
class SignalSet {
 public:
  explicit SignalSet(unsigned long word) {
    if (word == 0) return;
    set_ = {};
    memcpy(&set_, Pointer<void>(word), kSignalSetBytes);
    pointer_ = &set_;
  }
  const sigset_t* get() const { return pointer_; }

 private:
  sigset_t set_;
  const sigset_t* pointer_ = nullptr;
};

// struct kernel_sigaction, include/linux/signal_types.h: the restorer only where the architecture defines SA_RESTORER.
#if defined(__mips__)
struct KernelSigaction {
  unsigned int flags;
  void (*handler)(int);
  unsigned char mask[kSignalSetBytes];
};
#else
struct KernelSigaction {
  void (*handler)(int);
  unsigned long flags;
#if !defined(__riscv) && !defined(__loongarch__)
#define LIBCIFY_RESTORER 1
  void (*restorer)(void);
#endif
  unsigned char mask[kSignalSetBytes];
};
#endif

// Signals from 32 on that libc keeps for itself and refuses: 32 and 33 in glibc (nptl/internaltypes: SIGCANCEL, SIGSETXID),
// 34 as well in musl (src/internal/pthread_impl.h: SIGTIMER, SIGCANCEL, SIGSYNCCALL).
#if defined(__GLIBC__)
constexpr unsigned long kReservedSignals = 2;
#else
constexpr unsigned long kReservedSignals = 3;
#endif

// On x86 Go sets a restorer of its own, which would make a system call in Go text; libc's sigaction puts its own in its
// place there and on arm. On other architectures Go sets none, and glibc hands on what it is given, but for arm64, where it
// leaves that word to chance; without SA_RESTORER the kernel does not look at it. A signal that libc
// refuses goes to the kernel as it is: Go only reads such an action, adds SA_ONSTACK and writes it back with the restorer
// that was there (runtime.setsigstack).
LIBCIFY_ADAPTER(rt_sigaction) {
  // On mips the kernel's last signal is 128, libc's 127 (glibc bits/signum-arch.h).
  if (a4 != kSignalSetBytes || a1 - 32 < kReservedSignals || a1 >= _NSIG) return LIBCIFY_AS_IT_CAME();
  struct sigaction action = {}, old = {};  // glibc writes no restorer where the port has none
  const KernelSigaction* from = Pointer<const KernelSigaction>(a2);
#if defined(LIBCIFY_RESTORER) && defined(__GLIBC__) && !defined(__x86_64__) && !defined(__i386__) && !defined(__arm__)
  constexpr unsigned long kSaRestorer = 0x04000000;
  if (from != nullptr && (from->flags & kSaRestorer) != 0) return LIBCIFY_AS_IT_CAME();
#endif
  if (from != nullptr) {
    action.sa_handler = from->handler;
    action.sa_flags = static_cast<int>(from->flags);
    action.sa_mask = {};
    memcpy(&action.sa_mask, from->mask, kSignalSetBytes);
#if defined(LIBCIFY_RESTORER)
    action.sa_restorer = from->restorer;
#endif
  }
  KernelSigaction* to = Pointer<KernelSigaction>(a3);
#if defined(LIBCIFY_RESTORER) && !defined(__GLIBC__)
  // musl's sigaction does not give the restorer.
  KernelSigaction before = {};
  if (to != nullptr) ByNumber(number, a1, 0, reinterpret_cast<unsigned long>(&before), a4);
#endif
  if (sigaction(Int(a1), from != nullptr ? &action : nullptr, to != nullptr ? &old : nullptr) == -1) {
    return libcify_errno_neg();
  }
  if (to != nullptr) {
    to->handler = old.sa_handler;
    to->flags = static_cast<unsigned int>(old.sa_flags);
#if defined(LIBCIFY_RESTORER) && defined(__GLIBC__)
    to->restorer = old.sa_restorer;
#elif defined(LIBCIFY_RESTORER)
    to->restorer = before.restorer;
#endif
    memcpy(to->mask, &old.sa_mask, kSignalSetBytes);
  }
  return 0;
}

// sigprocmask, not pthread_sigmask: on Linux both set the thread's mask, and glibc before 2.32 has the latter in libpthread.
// libc leaves the signals out of the set that it needs for itself (nptl(7)).
LIBCIFY_ADAPTER(rt_sigprocmask) {
  if (a4 != kSignalSetBytes) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a2);
  sigset_t old;
  if (sigprocmask(Int(a1), set.get(), a3 != 0 ? &old : nullptr) == -1) return libcify_errno_neg();
  if (a3 != 0) memcpy(Pointer<void>(a3), &old, kSignalSetBytes);
  return 0;
}

LIBCIFY_ADAPTER(rt_sigpending) {
  if (a2 != kSignalSetBytes || a1 == 0) return LIBCIFY_AS_IT_CAME();
  sigset_t set;
  if (sigpending(&set) == -1) return libcify_errno_neg();
  memcpy(Pointer<void>(a1), &set, kSignalSetBytes);
  return 0;
}

LIBCIFY_ADAPTER(rt_sigsuspend) {
  if (a2 != kSignalSetBytes || a1 == 0) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a1);
  return Checked(sigsuspend(set.get()));
}

// glibc's sigtimedwait turns si_code SI_TKILL into SI_USER (sysdeps/unix/sysv/linux/sigtimedwait.c), so it serves where the
// caller does not want the siginfo. musl's goes on waiting after EINTR (src/signal/sigtimedwait.c): there this is not used.
LIBCIFY_ADAPTER(rt_sigtimedwait) {
  if (a4 != kSignalSetBytes || a1 == 0 || a2 != 0) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a1);
  return Checked(LIBCIFY_WORD_TIME(sigtimedwait)(set.get(), nullptr, Pointer<const WordTime>(a3)));
}
#if defined(LIBCIFY_HAS_TIME64) && defined(__GLIBC__)
LIBCIFY_ADAPTER(rt_sigtimedwait_time64) {
  if (a4 != kSignalSetBytes || a1 == 0 || a2 != 0) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a1);
  return Checked(::libcify_sigtimedwait64(set.get(), nullptr, Pointer<const Time64>(a3)));
}
#endif

LIBCIFY_ADAPTER(signalfd4) {
  if (a3 != kSignalSetBytes || a2 == 0) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a2);
  return Checked(::signalfd(Int(a1), set.get(), Int(a4)));
}

// The older call has no flags; libc's signalfd always makes the newer one.
LIBCIFY_ADAPTER(signalfd) {
  if (a3 != kSignalSetBytes || a2 == 0) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a2);
  return Checked(::signalfd(Int(a1), set.get(), 0));
}

// musl refuses SS_ONSTACK among the flags of a new stack, the kernel takes it (src/signal/sigaltstack.c).
LIBCIFY_ADAPTER(sigaltstack) {
  const stack_t* stack = Pointer<const stack_t>(a1);
  if (stack != nullptr && (stack->ss_flags & SS_ONSTACK) != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::sigaltstack(stack, Pointer<stack_t>(a2)));
}

}  // namespace libcify::adapters
