// Clocks, sleeping and timers. Times of a machine word, and of 64 bits where 32-bit machines have both.
#pragma once

#include <sys/time.h>
#include <time.h>

#include "differential.h"
#include "scenarios_processes.h"
#include "scenarios_signals.h"

namespace {
using namespace differential;

// struct timex: nothing is to be changed; behind the fields come words that the kernel clears and glibc on 32-bit ports does
// not.
struct Timex {
  explicit Timex(unsigned modes = 0) {
    memset(bytes, 0xee, sizeof bytes);
    memcpy(bytes, &modes, sizeof modes);
  }
  void Written() const {
    for (unsigned i = 8; i < 84; ++i) Seen(bytes[i] != 0xee);
  }
  alignas(8) unsigned char bytes[512];
};
// That a time was written and is sane, not which.
template <class T>
void SaneTime(const T* time) {
  Seen(time[0] > 0 && time[1] >= 0 && time[1] < 1000000000);
}
template <class T>
void ClockGettime() {
  T time[3] = {-1, -1, -1};
  Call(CLOCK_MONOTONIC, time);
  SaneTime(time);
  Seen(time[2]);
  Call(CLOCK_REALTIME, time);
  SaneTime(time);
  Call(77, time);
  Call(-777, time);
}
template <class T>
void ClockGetres() {
  T time[3] = {-1, -1, -1};
  Call(CLOCK_MONOTONIC, time);
  Seen(time);
  Call(CLOCK_MONOTONIC_COARSE, time);
  Seen(time);
  Call(CLOCK_REALTIME, nullptr);
  Call(77, time);
  Call(-777, time);
}
template <class T>
void ClockNanosleep() {
  const T shortly[2] = {0, 1000}, bad[2] = {0, 1000000000}, longer[2] = {1, 0};
  T rest[2] = {-1, -1};
  Call(CLOCK_MONOTONIC, 0, shortly, rest);
  Seen(rest);
  Call(CLOCK_MONOTONIC, TIMER_ABSTIME, shortly, nullptr);
  Call(CLOCK_MONOTONIC, 0, bad, nullptr);
  Call(77, 0, shortly, nullptr);
  Catch(SIGALRM);
  AlarmIn(5);
  Call(CLOCK_MONOTONIC, 0, longer, rest);
  Seen(rest[0] == 0 && rest[1] > 500000000);
}
template <class T>
void ClockSettime() {
  const T bad[2] = {1, 1000000000}, good[2] = {1, 0};
  Call(CLOCK_REALTIME, bad);
  Call(CLOCK_MONOTONIC, good);
  Call(77, good);
}
}  // namespace

SCENARIO(clock_gettime, 2, 2) { ClockGettime<long>(); }
SCENARIO(clock_gettime64, 2, 2) { ClockGettime<long long>(); }
SCENARIO(clock_getres, 3, 2) { ClockGetres<long>(); }
SCENARIO(clock_getres_time64, 3, 2) { ClockGetres<long long>(); }
SCENARIO(clock_nanosleep, 2, 3) { ClockNanosleep<long>(); }
SCENARIO(clock_nanosleep_time64, 2, 3) { ClockNanosleep<long long>(); }
SCENARIO(clock_settime, 0, 3) { ClockSettime<long>(); }
SCENARIO(clock_settime64, 0, 3) { ClockSettime<long long>(); }
SCENARIO(clock_adjtime, 1, 1) {
  {
    Timex timex;
    Call(CLOCK_REALTIME, timex.bytes);
    timex.Written();
  }
  Timex timex;
  Call(77, timex.bytes);
}
SCENARIO(adjtimex, 1, 1) {
  {
    Timex timex;
    Call(timex.bytes);
    timex.Written();
  }
  Timex refused(0x4000);  // ADJ_TICK, and a tick that is none
  Call(refused.bytes);
}
SCENARIO(nanosleep, 1, 2) {
  const long shortly[2] = {0, 1000}, bad[2] = {0, -1}, longer[2] = {1, 0};
  long rest[2] = {-1, -1};
  Call(shortly, rest);
  Seen(rest);
  Call(bad, nullptr);
  Catch(SIGALRM, SA_RESTART);
  AlarmIn(5);
  Call(longer, rest);
  Seen(rest[0] == 0 && rest[1] > 500000000);
  if (kPointersPass) Call(Nowhere(), nullptr);
}
SCENARIO(gettimeofday, 1, 0) {
  long time[3] = {-1, -1, -1};
  int zone[2] = {77, 77};
  Call(time, nullptr);
  SaneTime(time);
  Seen(time[2]);
  Call(nullptr, zone);
  Seen(zone);
  Call(time, zone);
  Call(nullptr, nullptr);
}
SCENARIO(settimeofday, 0, 1) {
  const long bad[2] = {1, -1}, other[2] = {1, 1000001};
  Call(bad, nullptr);
  Call(other, nullptr);
}
SCENARIO(stime, 0, 1) { Call(Nowhere()); }
SCENARIO(time, 1, 0) {
  long time = -1;
  CallNew(&time);
  Seen(time > 1000000000);
  CallNew(nullptr);
}
SCENARIO(alarm, 2, 0) {
  Call(100U);
  Call(0U);
  Seen(static_cast<long>(alarm(0)));
  Call(50U);
  Seen(alarm(0) >= 49);
}
SCENARIO(getitimer, 1, 1) {
  struct itimerval timer = {{7, 8}, {1000, 9}};
  MUST(setitimer(ITIMER_REAL, &timer, nullptr));
  long got[4] = {-1, -1, -1, -1};
  Call(ITIMER_REAL, got);
  Seen(got[0]);
  Seen(got[2] == 999 || got[2] == 1000);
  Call(77, got);
  if (kPointersPass) Call(ITIMER_REAL, Nowhere());
}
SCENARIO(setitimer, 2, 2) {
  const long timer[4] = {7, 8, 1000, 9}, bad[4] = {0, 0, 0, 1000000}, none[4] = {};
  long old[4] = {-1, -1, -1, -1};
  Call(ITIMER_REAL, timer, old);
  Seen(old);
  Call(ITIMER_REAL, none, old);
  Seen(old[0]);
  Seen(old[2] == 999 || old[2] == 1000);
  Call(ITIMER_REAL, bad, nullptr);
  Call(77, timer, nullptr);
  Catch(SIGVTALRM);
  const long soon[4] = {0, 0, 0, 1000};
  Call(ITIMER_VIRTUAL, soon, nullptr);
  const volatile int& seen = signals_seen;
  for (unsigned i = 0; seen == 0 && i < 4000000000U; ++i) {
  }
  Seen(signals_seen);
}
namespace {
struct KernelEvent {  // struct sigevent
  long value = 0;
  int signal = SIGUSR1, notify = SIGEV_SIGNAL;
  int more[12] = {};
};
// A timer made by the kernel itself, so that its number is Go's.
int NewTimer() {
  KernelEvent event;
  int timer = -1;
  raw_call(SYS_timer_create, CLOCK_MONOTONIC, check::Word(&event), check::Word(&timer), 0, 0, 0);
  return timer;
}
}  // namespace
SCENARIO(timer_create, 2, 2) {
  KernelEvent event;
  struct {
    int timer = -1, guard = 0x77777777;
  } made;
  Call(CLOCK_MONOTONIC, &event, &made);
  Seen(made);
  Call(CLOCK_REALTIME, nullptr, &made);
  Seen(made);
  Call(77, &event, &made);
  event.notify = 77;
  Call(CLOCK_MONOTONIC, &event, &made);
}
SCENARIO(timer_settime, 1, 2) {
  Catch(SIGUSR1);
  const int timer = NewTimer();
  const long soon[4] = {0, 0, 0, 1000000}, bad[4] = {0, 0, 0, -1};
  long old[4] = {-1, -1, -1, -1};
  Call(timer, 0, soon, old);
  Seen(old);
  for (int i = 0; i < 100 && signals_seen == 0; ++i) {
    const struct timespec time = {0, 10000000};
    nanosleep(&time, nullptr);
  }
  Seen(signals_seen);
  Call(timer, 0, bad, nullptr);
  Call(77, 0, soon, nullptr);
}
SCENARIO(timer_gettime, 1, 1) {
  long time[4] = {-1, -1, -1, -1};
  Call(NewTimer(), time);
  Seen(time);
  Call(77, time);
}
SCENARIO(timer_getoverrun, 1, 1) {
  Call(NewTimer());
  Call(77);
}
SCENARIO(timer_delete, 1, 2) {
  const int timer = NewTimer();
  Call(timer);
  Call(timer);
  Call(-1);
}
