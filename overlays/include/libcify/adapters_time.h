// Clocks. Plain names take times of words, *64 and *_time64 those of 64 bits on 32-bit ports (times.h).
#pragma once

#include "libcify/times.h"
//
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace libcify::adapters {

// libc returns the error number. For the thread's own CPU clock libc says EINVAL where the kernel says EOPNOTSUPP
// (sysdeps/unix/sysv/linux/clock_nanosleep.c; src/time/clock_nanosleep.c in musl). On 32-bit ports it reads the time itself,
// and would read it from a null pointer.
LIBCIFY_ADAPTER(clock_nanosleep) {
  if (Int(a1) == CLOCK_THREAD_CPUTIME_ID || a3 == 0) return LIBCIFY_AS_IT_CAME();
  return Returned(LIBCIFY_WORD_TIME(clock_nanosleep)(Int(a1), Int(a2), Pointer<const WordTime>(a3), Pointer<WordTime>(a4)));
}

// musl does not fill in the time zone (src/time/gettimeofday.c); glibc writes the time to a null pointer on ports that do
// not define USE_IFUNC_GETTIMEOFDAY (sysdeps/unix/sysv/linux/gettimeofday.c): those but amd64, arm64 and ppc64le.
LIBCIFY_ADAPTER(gettimeofday) {
  if (a1 == 0 || a2 != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(gettimeofday)(Pointer<WordTimeval>(a1), nullptr));
}

// glibc refuses a time together with a time zone and reads the time without looking whether it is there
// (time/settimeofday.c); musl ignores the zone (src/linux/settimeofday.c).
LIBCIFY_ADAPTER(settimeofday) {
  if (a1 == 0 || a2 != 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(settimeofday)(Pointer<const WordTimeval>(a1), nullptr));
}

#if !defined(__LP64__)
// musl's headers declare these with times of 64 bits; here they are as the symbols of these names take them.
LIBCIFY_ADAPTER(clock_gettime) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(clock_gettime)(Int(a1), Pointer<WordTime>(a2)));
}
LIBCIFY_ADAPTER(clock_getres) { return Checked(LIBCIFY_WORD_TIME(clock_getres)(Int(a1), Pointer<WordTime>(a2))); }
LIBCIFY_ADAPTER(clock_settime) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(clock_settime)(Int(a1), Pointer<const WordTime>(a2)));
}
LIBCIFY_ADAPTER(nanosleep) {
  if (a1 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(nanosleep)(Pointer<const WordTime>(a1), Pointer<WordTime>(a2)));
}
LIBCIFY_ADAPTER(sched_rr_get_interval) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(sched_rr_get_interval)(Int(a1), Pointer<WordTime>(a2)));
}
LIBCIFY_ADAPTER(timerfd_gettime) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(timerfd_gettime)(Int(a1), Pointer<WordTimer>(a2)));
}
LIBCIFY_ADAPTER(timerfd_settime) {
  if (a3 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(timerfd_settime)(Int(a1), Int(a2), Pointer<const WordTimer>(a3), Pointer<WordTimer>(a4)));
}
LIBCIFY_ADAPTER(getitimer) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(getitimer)(Int(a1), Pointer<WordTimer>(a2)));
}
LIBCIFY_ADAPTER(setitimer) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(setitimer)(Int(a1), Pointer<const WordTimer>(a2), Pointer<WordTimer>(a3)));
}
LIBCIFY_ADAPTER(getrusage) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(getrusage)(Int(a1), Pointer<void>(a2)));
}
// musl's plain symbol forgets what the child used: it hands that on where the answer is 0, not a process
// (compat/time32/wait4_time32.c). So the one that its headers name, with times of 64 bits.
LIBCIFY_ADAPTER(wait4) {
  struct WordUsage {
    WordTimeval user, system;
    long rest[14];
  };
  struct rusage usage;
  const long child = Checked(::wait4(Int(a1), Pointer<int>(a2), Int(a3), a4 != 0 ? &usage : nullptr));
  if (child <= 0 || a4 == 0) return child;
  WordUsage& words = *Pointer<WordUsage>(a4);
  words.user = {static_cast<long>(usage.ru_utime.tv_sec), static_cast<long>(usage.ru_utime.tv_usec)};
  words.system = {static_cast<long>(usage.ru_stime.tv_sec), static_cast<long>(usage.ru_stime.tv_usec)};
  memcpy(words.rest, reinterpret_cast<const char*>(&usage) + offsetof(struct rusage, ru_maxrss), sizeof words.rest);
  return child;
}
LIBCIFY_ADAPTER(utimes) {
  return Checked(LIBCIFY_WORD_TIME(utimes)(Pointer<const char>(a1), Pointer<const WordTimeval>(a2)));
}
LIBCIFY_ADAPTER(futimesat) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(LIBCIFY_WORD_TIME(futimesat)(Int(a1), Pointer<const char>(a2), Pointer<const WordTimeval>(a3)));
}
#endif

#if defined(LIBCIFY_HAS_TIME64)
// libc's time has 32 bits of nanoseconds and as many of padding, which it may leave as they were; the kernel writes 64.
template <class Time, class Function>
static inline long WriteTime(unsigned long to, Function function) {
  Time time = {};
  const long answer = Checked(function(to != 0 ? &time : nullptr));
  if (answer == 0 && to != 0) *Pointer<Time>(to) = time;
  return answer;
}

LIBCIFY_ADAPTER(clock_gettime64) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return WriteTime<Time64>(a2, [=](Time64* time) { return ::libcify_clock_gettime64(Int(a1), time); });
}
LIBCIFY_ADAPTER(clock_getres_time64) {
  return WriteTime<Time64>(a2, [=](Time64* time) { return ::libcify_clock_getres64(Int(a1), time); });
}
LIBCIFY_ADAPTER(clock_settime64) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::libcify_clock_settime64(Int(a1), Pointer<const Time64>(a2)));
}
LIBCIFY_ADAPTER(clock_nanosleep_time64) {
  if (Int(a1) == CLOCK_THREAD_CPUTIME_ID || a3 == 0) return LIBCIFY_AS_IT_CAME();
  Time64 rest = {};
  const long answer = Returned(::libcify_clock_nanosleep64(Int(a1), Int(a2), Pointer<const Time64>(a3), &rest));
  if (answer == -EINTR && a4 != 0 && (Int(a2) & TIMER_ABSTIME) == 0) *Pointer<Time64>(a4) = rest;
  return answer;
}
LIBCIFY_ADAPTER(sched_rr_get_interval_time64) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return WriteTime<Time64>(a2, [=](Time64* time) { return ::libcify_sched_rr_get_interval64(Int(a1), time); });
}
LIBCIFY_ADAPTER(timerfd_gettime64) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return WriteTime<Timer64>(a2, [=](Timer64* timer) { return ::libcify_timerfd_gettime64(Int(a1), timer); });
}
LIBCIFY_ADAPTER(timerfd_settime64) {
  if (a3 == 0) return LIBCIFY_AS_IT_CAME();
  return WriteTime<Timer64>(
      a4, [=](Timer64* old) { return ::libcify_timerfd_settime64(Int(a1), Int(a2), Pointer<const Timer64>(a3), old); });
}
LIBCIFY_ADAPTER(utimensat_time64) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  return Checked(::libcify_utimensat64(Int(a1), Pointer<const char>(a2), Pointer<const Time64>(a3), Int(a4)));
}
LIBCIFY_ADAPTER(semtimedop_time64) {
  return Checked(::libcify_semtimedop64(Int(a1), Pointer<sembuf>(a2), a3, Pointer<const Time64>(a4)));
}
LIBCIFY_ADAPTER(mq_timedsend_time64) {
  return Checked(::libcify_mq_timedsend64(Int(a1), Pointer<const char>(a2), a3, Unsigned(a4), Pointer<const Time64>(a5)));
}
LIBCIFY_ADAPTER(mq_timedreceive_time64) {
  return Checked(
      ::libcify_mq_timedreceive64(Int(a1), Pointer<char>(a2), a3, Pointer<unsigned>(a4), Pointer<const Time64>(a5)));
}
#endif

}  // namespace libcify::adapters
