// Times as system calls have them, whatever the libc's own struct timespec is.
//
// A number either takes words (WordTime: struct timespec where a word has 64 bits, old_timespec32 of the kernel's
// include/vdso/time32.h where it has 32) or, on 32-bit kernels by a number of its own, 64 bits (Time64: __kernel_timespec).
// Out: for either form libc's function of exactly that layout. The symbol decides: glibc's plain names take 32 bits on
// 32-bit ports and __clock_gettime64 and the like 64 (since 2.34); musl's headers take 64 by such names, and its plain
// symbols are those of programs built before musl 1.2 and take 32 (compat/time32). So 32-bit ports declare both here, by asm
// label.
#pragma once

#include "libcify/adapter.h"
//
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

#if defined(__LP64__)

namespace libcify::adapters {
using WordTime = struct timespec;
using WordTimeval = struct timeval;
}  // namespace libcify::adapters
#define LIBCIFY_WORD_TIME(name) ::name

#else

namespace libcify::adapters {
struct WordTime {
  long tv_sec, tv_nsec;
};
struct WordTimeval {
  long tv_sec, tv_usec;
};
struct WordTimer {
  WordTime interval, value;
};
struct Time64 {
  long long seconds, nanoseconds;
};
struct Timer64 {
  Time64 interval, value;
};
}  // namespace libcify::adapters

#define LIBCIFY_SYMBOL(result, name, symbol, ...) extern "C" result name(__VA_ARGS__) __asm__(symbol)
#define LIBCIFY_WORD_TIME(name) ::libcify_word_##name
#define LIBCIFY_WORD_SYMBOL(name, ...) LIBCIFY_SYMBOL(int, libcify_word_##name, #name, __VA_ARGS__)

LIBCIFY_WORD_SYMBOL(clock_gettime, clockid_t, libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(clock_nanosleep, clockid_t, int, const libcify::adapters::WordTime*, libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(gettimeofday, libcify::adapters::WordTimeval*, void*);
LIBCIFY_WORD_SYMBOL(settimeofday, const libcify::adapters::WordTimeval*, const void*);
LIBCIFY_WORD_SYMBOL(ppoll, pollfd*, nfds_t, const libcify::adapters::WordTime*, const sigset_t*);
LIBCIFY_WORD_SYMBOL(pselect, int, fd_set*, fd_set*, fd_set*, const libcify::adapters::WordTime*, const sigset_t*);
LIBCIFY_WORD_SYMBOL(select, int, fd_set*, fd_set*, fd_set*, libcify::adapters::WordTimeval*);
LIBCIFY_WORD_SYMBOL(semtimedop, int, sembuf*, size_t, const libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(sigtimedwait, const sigset_t*, siginfo_t*, const libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(utimensat, int, const char*, const libcify::adapters::WordTime*, int);
LIBCIFY_WORD_SYMBOL(clock_getres, clockid_t, libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(clock_settime, clockid_t, const libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(nanosleep, const libcify::adapters::WordTime*, libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(sched_rr_get_interval, pid_t, libcify::adapters::WordTime*);
LIBCIFY_WORD_SYMBOL(timerfd_gettime, int, libcify::adapters::WordTimer*);
LIBCIFY_WORD_SYMBOL(timerfd_settime, int, int, const libcify::adapters::WordTimer*, libcify::adapters::WordTimer*);
LIBCIFY_WORD_SYMBOL(getitimer, int, libcify::adapters::WordTimer*);
LIBCIFY_WORD_SYMBOL(setitimer, int, const libcify::adapters::WordTimer*, libcify::adapters::WordTimer*);
LIBCIFY_WORD_SYMBOL(getrusage, int, void*);
LIBCIFY_WORD_SYMBOL(utimes, const char*, const libcify::adapters::WordTimeval*);
LIBCIFY_WORD_SYMBOL(futimesat, int, const char*, const libcify::adapters::WordTimeval*);

#if LIBCIFY_GLIBC(2, 34) || !defined(__GLIBC__)
#define LIBCIFY_HAS_TIME64 1
// glibc's and musl's names of one function.
#if defined(__GLIBC__)
#define LIBCIFY_TIME64_SYMBOL(name, glibc, musl, ...) LIBCIFY_SYMBOL(int, libcify_##name, glibc, __VA_ARGS__)
#else
#define LIBCIFY_TIME64_SYMBOL(name, glibc, musl, ...) LIBCIFY_SYMBOL(int, libcify_##name, musl, __VA_ARGS__)
#endif

LIBCIFY_TIME64_SYMBOL(clock_getres64, "__clock_getres64", "__clock_getres_time64", clockid_t, libcify::adapters::Time64*);
LIBCIFY_TIME64_SYMBOL(clock_gettime64, "__clock_gettime64", "__clock_gettime64", clockid_t, libcify::adapters::Time64*);
LIBCIFY_TIME64_SYMBOL(clock_nanosleep64, "__clock_nanosleep_time64", "__clock_nanosleep_time64", clockid_t, int,
                      const libcify::adapters::Time64*, libcify::adapters::Time64*);
LIBCIFY_TIME64_SYMBOL(clock_settime64, "__clock_settime64", "__clock_settime64", clockid_t,
                      const libcify::adapters::Time64*);
LIBCIFY_TIME64_SYMBOL(ppoll64, "__ppoll64", "__ppoll_time64", pollfd*, nfds_t, const libcify::adapters::Time64*,
                      const sigset_t*);
LIBCIFY_TIME64_SYMBOL(pselect64, "__pselect64", "__pselect_time64", int, fd_set*, fd_set*, fd_set*,
                      const libcify::adapters::Time64*, const sigset_t*);
LIBCIFY_TIME64_SYMBOL(sched_rr_get_interval64, "__sched_rr_get_interval64", "__sched_rr_get_interval_time64", pid_t,
                      libcify::adapters::Time64*);
LIBCIFY_TIME64_SYMBOL(semtimedop64, "__semtimedop64", "__semtimedop_time64", int, sembuf*, size_t,
                      const libcify::adapters::Time64*);
LIBCIFY_TIME64_SYMBOL(sigtimedwait64, "__sigtimedwait64", "__sigtimedwait_time64", const sigset_t*, siginfo_t*,
                      const libcify::adapters::Time64*);
LIBCIFY_TIME64_SYMBOL(timerfd_gettime64, "__timerfd_gettime64", "__timerfd_gettime64", int, libcify::adapters::Timer64*);
LIBCIFY_TIME64_SYMBOL(timerfd_settime64, "__timerfd_settime64", "__timerfd_settime64", int, int,
                      const libcify::adapters::Timer64*, libcify::adapters::Timer64*);
LIBCIFY_TIME64_SYMBOL(utimensat64, "__utimensat64", "__utimensat_time64", int, const char*, const libcify::adapters::Time64*,
                      int);
extern "C" int libcify_mq_timedsend64(mqd_t, const char*, size_t, unsigned,
                                      const libcify::adapters::Time64*) __asm__("__mq_timedsend_time64");
extern "C" ssize_t libcify_mq_timedreceive64(mqd_t, char*, size_t, unsigned*,
                                             const libcify::adapters::Time64*) __asm__("__mq_timedreceive_time64");
#endif

#endif
