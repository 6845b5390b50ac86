// Calls that libc's functions serve directly, compared with the kernel through a generated table: time, processes and
// signals.
//
// LIBCIFY_ROWS names the table, as bind_report writes it. Chosen are places where libc does more than make the call, or
// where a caller could see the difference.
#include LIBCIFY_ROWS
//
#include "adapters_check.h"
//
#include <grp.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/times.h>

// musl has a macro of this name.
#undef prlimit64

using check::Call;
using check::CallForNew;
using check::Seen;
using libcify::adapters::WordTime;
using libcify::adapters::WordTimeval;

namespace {

void Close(long fd) {
  if (fd >= 0) close(static_cast<int>(fd));
}

void OnAlarm(int) {}

void CatchAlarm() {
  struct sigaction action = {};
  action.sa_handler = OnAlarm;
  sigaction(SIGALRM, &action, nullptr);
}

void SoonAlarm() {
  CatchAlarm();
  const struct itimerval soon = {{0, 0}, {0, 20000}};
  setitimer(ITIMER_REAL, &soon, nullptr);
}

}  // namespace

BINDING(pause, "a signal ends it") {
  SoonAlarm();
  Call();
}
BINDING(alarm, "the seconds left") {
  CatchAlarm();
  Call(0);
  Call(100);
  Call(0);
  const struct itimerval later = {{0, 0}, {7, 400000}};
  setitimer(ITIMER_REAL, &later, nullptr);
  Call(0);
}
BINDING(time, "with and without a place to store it") {
  long now = 0;
  Seen(CallForNew(&now) < 1000);
  CallForNew(nullptr);
  Seen(now > 1000);
}
BINDING(times, "with and without a place to store it") {
  struct tms used;
  CallForNew(&used);
  CallForNew(nullptr);
}
BINDING(gettimeofday, "zone and null pointers") {
  WordTimeval now = {};
  struct timezone zone = {77, 77};
  Call(&now, &zone);
  Seen(zone);
  Call(&now, nullptr);
}
BINDING(clock_getres, "a null pointer, a clock that is none") {
  WordTime time = {};
  Call(CLOCK_MONOTONIC, &time);
  Seen(time);
  Call(CLOCK_MONOTONIC, nullptr);
  Call(77, &time);
  Call(-1, &time);
}
BINDING(clock_gettime, "clocks") {
  WordTime time = {};
  Call(CLOCK_REALTIME, &time);
  Seen(time.tv_sec > 1000);
  Call(77, &time);
}
BINDING(nanosleep, "errors, a signal") {
  WordTime time = {0, 1000}, left = {7, 7};
  Call(&time, &left);
  Seen(left);
  time.tv_nsec = 1000000000;
  Call(&time, nullptr);
  time = {1000, 0};
  SoonAlarm();
  Call(&time, &left);
  Seen(left.tv_sec);
}
namespace {

void Select() {
  int ends[2];
  if (pipe(ends) != 0 || dup2(ends[0], 700) != 700 || write(ends[1], "x", 1) != 1) _exit(9);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(700, &set);
  WordTimeval time = {1000, 0};
  Call(701, &set, nullptr, nullptr, &time);
  Seen(set);
  if (check::emulated) return Close(700), Close(ends[0]), Close(ends[1]);  // qemu-user writes no time back everywhere
  Seen(time.tv_sec);
  time = {0, 1500000};
  Call(701, &set, nullptr, nullptr, &time);
  Seen(time.tv_sec);
  time = {0, -1};
  Call(701, &set, nullptr, nullptr, &time);
  time = {-1, 0};
  Call(0, nullptr, nullptr, nullptr, &time);
  Close(700);
  Close(ends[0]);
  Close(ends[1]);
}

}  // namespace

// The number of this name has its arguments behind a pointer on 386.
#if !defined(__i386__)
BINDING(select, "the remaining time, a time to normalise, errors") { Select(); }
#endif
BINDING(_newselect, "the remaining time, a time to normalise, errors") { Select(); }
BINDING(poll, "counts, errors") {
  int ends[2];
  if (pipe(ends) != 0) _exit(9);
  pollfd fds[1] = {{ends[1], POLLOUT, 0}};
  Call(&fds, 1, 0);
  Seen(fds[0].revents);
  Call(&fds, 1 | check::kHigh, 0);
  Call(&fds, 1UL << 31, 0);
  Close(ends[0]);
  Close(ends[1]);
}
BINDING(personality, "ask, set, a high bit") {
  Call(0xffffffffUL);
  if (!check::emulated) Call(0x80000000UL);
  Call(0xffffffffUL);
  Call(0);
}
BINDING(setfsuid, "the one before, an id that is none") {
  Call(-1);
  Call(geteuid());
}
BINDING(setfsgid, "the one before, an id that is none") {
  Call(-1);
  Call(getegid());
}
BINDING(umask, "the one before") {
  Call(027);
  Call(0x12340000 | 022);
}
BINDING(getuid, "a value") { Call(); }
BINDING(getgid, "a value") { Call(); }
BINDING(getpid, "a value") { Call(); }
BINDING(gettid, "a value") { Call(); }
BINDING(getpgrp, "a value") { Call(); }
BINDING(getgroups, "count, list, errors") {
  unsigned int groups[64] = {};
  Call(0, nullptr);
  Call(64, &groups);
  Seen(groups);
  Call(-1, &groups);
}
BINDING(sched_setaffinity, "a mask, an empty mask, errors") {
  unsigned long mask[16] = {1};
  Call(0, sizeof mask, &mask);
  Call(0, 8, &mask);
  Call(0, 3, &mask);
  mask[0] = 0;
  Call(0, sizeof mask, &mask);
  Call(0x7fffffff, sizeof mask, &mask);
}
BINDING(getrlimit, "values, errors") {
  unsigned long limit[2] = {};
  Call(RLIMIT_NOFILE, &limit);
  Seen(limit);
  Call(RLIMIT_STACK, &limit);
  if (!check::emulated) Seen(limit);  // qemu-user's infinity of mips64 is that of 32 bits
  Call(77, &limit);
}
BINDING(setrlimit, "values, errors") {
  unsigned long limit[2] = {1000, 1000};
  getrlimit(RLIMIT_NOFILE, reinterpret_cast<struct rlimit*>(&limit));
  Call(RLIMIT_NOFILE, &limit);
  limit[0] = limit[1] + 1;
  Call(RLIMIT_NOFILE, &limit);
  Call(77, &limit);
}
BINDING(prlimit64, "both, errors") {
  unsigned long long limit[2] = {};
  Call(0, RLIMIT_NOFILE, nullptr, &limit);
  Seen(limit);
  Call(getpid(), RLIMIT_NOFILE, &limit, nullptr);
  Call(0x7fffffff, RLIMIT_NOFILE, nullptr, &limit);
  Call(0, 77, nullptr, &limit);
}
BINDING(wait4, "a status, resources, errors") {
  int status = 0;
  rusage usage[2];
  memset(&usage, 0xff, sizeof usage);
  if (fork() == 0) _exit(6);
  CallForNew(-1, &status, 0, &usage);
  Seen(status);
  Seen(*reinterpret_cast<long*>(&usage));
  // Nothing behind the kernel's 144 bytes is written.
  Seen(reinterpret_cast<unsigned char*>(&usage)[144]);
  Call(-1, &status, 0, &usage);
  Call(-1, &status, 0x7777, nullptr);
}
BINDING(getrusage, "values, errors") {
  unsigned char usage[512];
  memset(usage, 0xee, sizeof usage);
  Call(RUSAGE_CHILDREN, &usage);
  Seen(usage[144]);
  Seen(usage[200]);
  Call(77, &usage);
}
BINDING(sysinfo, "what is behind the kernel's bytes") {
  unsigned char info[512];
  memset(info, 0xee, sizeof info);
  Call(&info);
  Seen(info[112]);
  Seen(info[300]);
}
BINDING(uname, "all fields") {
  char names[390];
  Call(&names);
  Seen(names);
}
BINDING(sigaltstack, "flags") {
  static char stack[65536];
  stack_t set = {};
  set.ss_sp = stack;
  set.ss_size = sizeof stack;
  set.ss_flags = SS_ONSTACK;
  Call(&set, nullptr);
  set.ss_flags = SS_DISABLE;
  Call(&set, nullptr);
}
BINDING(timerfd_create, "flags") {
  Close(CallForNew(CLOCK_MONOTONIC, O_CLOEXEC));
  Call(CLOCK_MONOTONIC, 0x777);
  Call(77, 0);
}
BINDING(setpriority, "errors") { Call(77, 0, 0); }
BINDING(kill, "errors") {
  Call(getpid(), 0);
  Call(getpid(), 777);
  Call(0x7fffffff, 0);
}
BINDING(setitimer, "values, errors") {
  struct itimerval when = {{0, 0}, {1000, 0}}, none = {}, old = {};
  Call(ITIMER_VIRTUAL, &when, nullptr);
  Call(ITIMER_VIRTUAL, &none, &old);
  Seen(old.it_interval);
  when.it_value.tv_usec = 1000000;
  Call(ITIMER_VIRTUAL, &when, nullptr);
  Call(77, &none, nullptr);
}
BINDING(sched_rr_get_interval, "a slice") {
  WordTime time = {7, 7};
  Call(0, &time);
  Call(-1, &time);
}
BINDING(sched_getscheduler, "a policy") {
  Call(0);
  Call(-5);
}
BINDING(sched_getparam, "a priority") {
  int priority[8] = {7, 7, 7, 7, 7, 7, 7, 7};
  Call(0, &priority);
  Seen(priority);
}
BINDING(timerfd_settime, "values, errors") {
  const int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  struct itimerspec when = {{0, 0}, {1000, 0}}, old = {};
  Call(fd, 0, &when, &old);
  Seen(old.it_interval);
  when.it_value.tv_nsec = -1;
  Call(fd, 0, &when, nullptr);
  Call(fd, 77, &when, nullptr);
  Close(fd);
}
BINDING(syslog, "sizes, errors") {
  CallForNew(10, nullptr, 0);
  Call(77, nullptr, 0);
  Call(3, nullptr, -1);
}
BINDING(execve, "errors") {
  const char* const words[] = {"x", nullptr};
  Call("/nothing", &words, &words);
  Call("/", &words, &words);
}
BINDING(unshare, "flags") {
  Call(0);
  Call(0x1);
}
BINDING(adjtimex, "reading") {
  unsigned char state[208];
  memset(state, 0, sizeof state);
  Call(&state);
  Seen(state[sizeof(long) == 8 ? 40 : 20]);  // status
}
BINDING(getrandom, "flags") {
  char bytes[8];
  CallForNew(&bytes, 8, 0);
  Call(&bytes, 8, 0x777);
}
BINDING(quotactl, "errors") {
  Call(0x77777777, nullptr, 0, nullptr);
  Call(0x80000700, "/nothing", -1, nullptr);
}
