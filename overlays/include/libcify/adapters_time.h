// Clocks.
#pragma once

#include "libcify/adapter.h"
//
#include <sys/time.h>
#include <time.h>

namespace libcify::adapters {

// libc returns the error number. For the thread's own CPU clock libc says EINVAL where the kernel says EOPNOTSUPP
// (sysdeps/unix/sysv/linux/clock_nanosleep.c; src/time/clock_nanosleep.c in musl).
LIBCIFY_ADAPTER(clock_nanosleep) {
  if (Int(a1) == CLOCK_THREAD_CPUTIME_ID) return LIBCIFY_AS_IT_CAME();
  return -::clock_nanosleep(Int(a1), Int(a2), Pointer<const struct timespec>(a3), Pointer<struct timespec>(a4));
}

// musl does not fill in the time zone (src/time/gettimeofday.c).
LIBCIFY_ADAPTER(gettimeofday) {
  if (a1 == 0 || a2 != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::gettimeofday(Pointer<struct timeval>(a1), nullptr));
}

// glibc refuses a time together with a time zone and reads the time without looking whether it is there
// (time/settimeofday.c); musl ignores the zone (src/linux/settimeofday.c).
LIBCIFY_ADAPTER(settimeofday) {
  if (a1 == 0 || a2 != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::settimeofday(Pointer<const struct timeval>(a1), nullptr));
}

}  // namespace libcify::adapters
