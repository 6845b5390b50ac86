// Waiting for descriptors. libc's functions take libc's signal set where the kernel takes a set and its size, and libc's
// pselect, ppoll (and musl's select) do not write the remaining time back, as the kernel does (select(2), "C library/kernel
// differences").
#pragma once

#include "libcify/adapters_signal.h"
//
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

namespace libcify::adapters {

// Whether the kernel has no remaining time to write back: no timeout, or one of zero.
template <class Time>
static inline bool NothingRemains(unsigned long word) {
  const Time none = {};
  return word == 0 || memcmp(Pointer<void>(word), &none, sizeof none) == 0;
}

// Go's poller gives no mask.
LIBCIFY_ADAPTER(epoll_pwait) {
  if (a5 == 0) return Checked(::epoll_pwait(Int(a1), Pointer<epoll_event>(a2), Int(a3), Int(a4), nullptr));
  if (a6 != kSignalSetBytes) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a5);
  return Checked(::epoll_pwait(Int(a1), Pointer<epoll_event>(a2), Int(a3), Int(a4), set.get()));
}

// The time has 64 bits on every port. glibc's plain symbol takes words.
#if LIBCIFY_GLIBC(2, 35)
#if defined(__LP64__)
using PollTime = struct timespec;
#define LIBCIFY_EPOLL_PWAIT2 ::epoll_pwait2
#else
using PollTime = Time64;
#define LIBCIFY_EPOLL_PWAIT2 libcify_epoll_pwait2
extern "C" int libcify_epoll_pwait2(int, epoll_event*, int, const Time64*, const sigset_t*) __asm__("__epoll_pwait2_time64");
#endif
LIBCIFY_ADAPTER(epoll_pwait2) {
  if (a5 != 0 && a6 != kSignalSetBytes) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a5);
  return Checked(LIBCIFY_EPOLL_PWAIT2(Int(a1), Pointer<epoll_event>(a2), Int(a3), Pointer<const PollTime>(a4), set.get()));
}
#endif

LIBCIFY_ADAPTER(ppoll) {
  if (!NothingRemains<WordTime>(a3) || (a4 != 0 && a5 != kSignalSetBytes)) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a4);
  // The kernel reads the number of descriptors as an unsigned int.
  return Checked(LIBCIFY_WORD_TIME(ppoll)(Pointer<pollfd>(a1), Unsigned(a2), Pointer<const WordTime>(a3), set.get()));
}

// What the sixth word points to: the set and its size.
struct SetAndSize {
  explicit SetAndSize(unsigned long word) {
    const unsigned long* words = Pointer<const unsigned long>(word);
    if (words == nullptr || words[0] == 0) return;
    set = words[0];
    fits = words[1] == kSignalSetBytes;
  }
  unsigned long set = 0;
  bool fits = true;
};

LIBCIFY_ADAPTER(pselect6) {
  const SetAndSize mask(a6);
  if (!NothingRemains<WordTime>(a5) || !mask.fits) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(mask.set);
  return Checked(LIBCIFY_WORD_TIME(pselect)(Int(a1), Pointer<fd_set>(a2), Pointer<fd_set>(a3), Pointer<fd_set>(a4),
                                            Pointer<const WordTime>(a5), set.get()));
}

#if defined(LIBCIFY_HAS_TIME64)
LIBCIFY_ADAPTER(ppoll_time64) {
  if (!NothingRemains<Time64>(a3) || (a4 != 0 && a5 != kSignalSetBytes)) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a4);
  return Checked(::libcify_ppoll64(Pointer<pollfd>(a1), Unsigned(a2), Pointer<const Time64>(a3), set.get()));
}
LIBCIFY_ADAPTER(pselect6_time64) {
  const SetAndSize mask(a6);
  if (!NothingRemains<Time64>(a5) || !mask.fits) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(mask.set);
  return Checked(::libcify_pselect64(Int(a1), Pointer<fd_set>(a2), Pointer<fd_set>(a3), Pointer<fd_set>(a4),
                                     Pointer<const Time64>(a5), set.get()));
}
#endif

// musl: glibc's select writes the remaining time back itself.
LIBCIFY_ADAPTER(select) {
  if (!NothingRemains<WordTimeval>(a5)) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(select)(Int(a1), Pointer<fd_set>(a2), Pointer<fd_set>(a3), Pointer<fd_set>(a4),
                                           Pointer<WordTimeval>(a5)));
}

// The first select of 386: its arguments lie behind a pointer (fs/select.c, sys_old_select).
LIBCIFY_ADAPTER(old_select) {
  if (a1 == 0) return LIBCIFY_AS_IT_CAME();
  const unsigned long* words = Pointer<const unsigned long>(a1);
#if !defined(__GLIBC__)
  if (!NothingRemains<WordTimeval>(words[4])) return LIBCIFY_AS_IT_CAME();
#endif
  return Checked(LIBCIFY_WORD_TIME(select)(Int(words[0]), Pointer<fd_set>(words[1]), Pointer<fd_set>(words[2]),
                                           Pointer<fd_set>(words[3]), Pointer<WordTimeval>(words[4])));
}

}  // namespace libcify::adapters
