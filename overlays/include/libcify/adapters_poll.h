// Waiting for descriptors. libc's functions take libc's signal set where the kernel takes a set and its size, and libc's
// pselect, ppoll (and musl's select) do not write the remaining time back, as the kernel does (select(2), "C library/kernel
// differences").
#pragma once

#include "libcify/adapters_signal.h"
//
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>

namespace libcify::adapters {

// Whether the kernel has no remaining time to write back: no timeout, or one of zero.
template <class Time>
static inline bool NothingRemains(unsigned long word) {
  struct Words {
    long seconds, fraction;
  };
  static_assert(sizeof(Time) == sizeof(Words), "two words, as the kernel's");
  const Words* time = Pointer<const Words>(word);
  return time == nullptr || (time->seconds == 0 && time->fraction == 0);
}

// Go's poller gives no mask.
LIBCIFY_ADAPTER(epoll_pwait) {
  if (a5 == 0) return Checked(::epoll_pwait(Int(a1), Pointer<epoll_event>(a2), Int(a3), Int(a4), nullptr));
  if (a6 != kSignalSetBytes) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a5);
  return Checked(::epoll_pwait(Int(a1), Pointer<epoll_event>(a2), Int(a3), Int(a4), set.get()));
}

#if LIBCIFY_GLIBC(2, 35)
LIBCIFY_ADAPTER(epoll_pwait2) {
  if (a5 != 0 && a6 != kSignalSetBytes) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a5);
  return Checked(::epoll_pwait2(Int(a1), Pointer<epoll_event>(a2), Int(a3), Pointer<const struct timespec>(a4), set.get()));
}
#endif

LIBCIFY_ADAPTER(ppoll) {
  if (!NothingRemains<struct timespec>(a3) || (a4 != 0 && a5 != kSignalSetBytes)) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(a4);
  // The kernel reads the number of descriptors as an unsigned int.
  return Checked(::ppoll(Pointer<pollfd>(a1), Unsigned(a2), Pointer<const struct timespec>(a3), set.get()));
}

// The sixth word points to the set and its size.
LIBCIFY_ADAPTER(pselect6) {
  struct Mask {
    unsigned long set, size;
  };
  const Mask* mask = Pointer<const Mask>(a6);
  const bool masked = mask != nullptr && mask->set != 0;
  if (!NothingRemains<struct timespec>(a5) || (masked && mask->size != kSignalSetBytes)) return LIBCIFY_AS_IT_CAME();
  const SignalSet set(masked ? mask->set : 0);
  return Checked(::pselect(Int(a1), Pointer<fd_set>(a2), Pointer<fd_set>(a3), Pointer<fd_set>(a4),
                           Pointer<const struct timespec>(a5), set.get()));
}

// musl: glibc's select writes the remaining time back itself.
LIBCIFY_ADAPTER(select) {
  if (!NothingRemains<struct timeval>(a5)) return LIBCIFY_AS_IT_CAME();
  return Checked(
      ::select(Int(a1), Pointer<fd_set>(a2), Pointer<fd_set>(a3), Pointer<fd_set>(a4), Pointer<struct timeval>(a5)));
}

}  // namespace libcify::adapters
