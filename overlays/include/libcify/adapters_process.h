// Processes, scheduling, memory, the machine.
#pragma once

#include "libcify/adapter.h"
//
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace libcify::adapters {

// libc turns the kernel's 40…1 into -20…19, so that -1 is a value (getpriority(2), "C library/kernel differences").
LIBCIFY_ADAPTER(getpriority) {
  errno = 0;
#if defined(__GLIBC__)
  const int nice = ::getpriority(static_cast<__priority_which_t>(Int(a1)), Unsigned(a2));
#else
  const int nice = ::getpriority(Int(a1), Unsigned(a2));
#endif
  return nice == -1 && errno != 0 ? libcify_errno_neg() : 20 - nice;
}

// The kernel gives the number of bytes that it wrote, min(size, its own mask); libc gives 0 and clears what the kernel left
// (sched_setaffinity(2), "C library/kernel differences"). So libc is asked for the kernel's own size at most, which is
// learnt once by syscall().
LIBCIFY_ADAPTER(sched_getaffinity) {
  static int kernel_bytes = 0;
  int most = __atomic_load_n(&kernel_bytes, __ATOMIC_RELAXED);
  if (most == 0) {
    unsigned long mask[1024];  // 65536 processors: more than any kernel can have (NR_CPUS)
    most = static_cast<int>(ByNumber(number, 0, sizeof mask, reinterpret_cast<unsigned long>(mask)));
    if (most <= 0) return LIBCIFY_AS_IT_CAME();
    __atomic_store_n(&kernel_bytes, most, __ATOMIC_RELAXED);
  }
  if (a3 == 0) return LIBCIFY_AS_IT_CAME();
  const unsigned int bytes = Unsigned(a2) < static_cast<unsigned int>(most) ? Unsigned(a2) : static_cast<unsigned int>(most);
  if (::sched_getaffinity(Int(a1), bytes, Pointer<cpu_set_t>(a3)) == -1) return libcify_errno_neg();
  return bytes;
}

// A peek of the kernel's stores through the fourth word; libc's returns what it read (ptrace(2), "C library/kernel
// differences"). The kernel reads request and pid as whole words.
LIBCIFY_ADAPTER(ptrace) {
  if (!FitsInt(a1) || !FitsInt(a2)) return LIBCIFY_AS_IT_CAME();
  const bool peek = a1 == PTRACE_PEEKTEXT || a1 == PTRACE_PEEKDATA || a1 == PTRACE_PEEKUSER;
  if (peek && a4 == 0) return LIBCIFY_AS_IT_CAME();
#if defined(__GLIBC__)
  const auto request = static_cast<enum __ptrace_request>(a1);
#else
  const int request = Int(a1);
#endif
  errno = 0;
  const long result = ::ptrace(request, Int(a2), Pointer<void>(a3), Pointer<void>(peek ? 0 : a4));
  if (result == -1 && errno != 0) return libcify_errno_neg();
  if (!peek) return result;
  *Pointer<long>(a4) = result;
  return 0;
}

// musl widens the range to whole pages; the kernel refuses an address inside of one (src/mman/mprotect.c).
LIBCIFY_ADAPTER(mprotect) {
  if ((a1 & (static_cast<unsigned long>(getpagesize()) - 1)) != 0 || !FitsInt(a3)) return LIBCIFY_AS_IT_CAME();
  return Checked(::mprotect(Pointer<void>(a1), a2, Int(a3)));
}

// libc's result is an int. One option answers an unsigned long: the timer slack in nanoseconds.
LIBCIFY_ADAPTER(prctl) {
  if (Int(a1) == PR_GET_TIMERSLACK) return LIBCIFY_AS_IT_CAME();
  return Checked(::prctl(Int(a1), a2, a3, a4, a5));
}

// The kernel's call has a fifth argument, the resources used.
LIBCIFY_ADAPTER(waitid) {
  if (a5 != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::waitid(static_cast<idtype_t>(Int(a1)), Unsigned(a2), Pointer<siginfo_t>(a3), Int(a4)));
}

#if LIBCIFY_GLIBC(2, 29)
// The third argument is not used (getcpu(2), since Linux 2.6.24).
LIBCIFY_ADAPTER(getcpu) { return Checked(::getcpu(Pointer<unsigned int>(a1), Pointer<unsigned int>(a2))); }
#endif

// libc gives the magic numbers by itself and has no fourth argument, which only the restart with a command reads
// (reboot(2)).
LIBCIFY_ADAPTER(reboot) {
  constexpr unsigned int kMagic1 = 0xfee1dead, kMagic2 = 672274793, kRestart2 = 0xa1b2c3d4;
  if (Unsigned(a1) != kMagic1 || Unsigned(a2) != kMagic2 || Unsigned(a3) == kRestart2) return LIBCIFY_AS_IT_CAME();
  return Checked(::reboot(Int(a3)));
}

}  // namespace libcify::adapters
