// Waiting for descriptors: poll, select, epoll, and what can be waited for.
#pragma once

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/timerfd.h>

#include "differential.h"
#include "scenarios_files.h"
#include "scenarios_signals.h"

namespace {
using namespace differential;

// A kernel's set of descriptors, of 64 of them.
struct Bits {
  unsigned long words[128 / sizeof(long)] = {};
  explicit Bits(int fd = -1) {
    if (fd >= 0)
      words[static_cast<unsigned>(fd) / (8 * sizeof(long))] = 1UL << (static_cast<unsigned>(fd) % (8 * sizeof(long)));
  }
};
template <class Wait>
void Select(Wait wait) {
  const FullPipe pipe;
  Bits readable(pipe.ends[0]), writable(pipe.ends[1]), except(pipe.ends[0]);
  wait(pipe.ends[1] + 1, &readable, &writable, &except);
  See(&readable, 8);
  See(&writable, 8);
  See(&except, 8);
}
struct Watched {
  explicit Watched(int fd, unsigned events = EPOLLIN, unsigned long long data = 0x123456789abcdefULL)
      : epoll(MUST(epoll_create1(0))) {
    struct epoll_event event = {};
    event.events = events;
    event.data.u64 = data;
    MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
  }
  int epoll;
};
struct Events {
  Events() { memset(events, 0xee, sizeof events); }
  struct epoll_event events[3];
};
}  // namespace

SCENARIO(poll, 2, 2) {
  const FullPipe pipe;
  struct pollfd polled[3] = {{pipe.ends[0], POLLIN, 0}, {pipe.ends[1], POLLOUT | POLLIN, 0}, {999, POLLIN, 0}};
  Call(polled, 3UL, -1);
  Seen(polled);
  Call(polled, 0UL, 1);
  Call(polled, 100000000UL, 0);
  Call(Nowhere(), 1UL, 0);
  Catch(SIGALRM, SA_RESTART);
  AlarmIn(5);
  Call(polled, 0UL, 2000);
}
namespace {
template <class T>
void Ppoll() {
  const FullPipe pipe;
  struct pollfd polled[2] = {{pipe.ends[0], POLLIN, 0}, {pipe.ends[1], POLLOUT | POLLIN, 0}};
  T time[2] = {7, 5}, bad[2] = {0, -1}, none[2] = {0, 0};
  Call(polled, 2U, time, nullptr, 0UL);
  Seen(polled);
  Seen(time[0] == 6 || time[0] == 7);  // the kernel writes back what is left
  Call(polled, 0U, none, nullptr, 0UL);
  Seen(none);
  Call(polled, 2U, bad, nullptr, 0UL);
  Catch(SIGALRM);
  Block(SIGALRM);
  const KernelSet open;
  Call(polled, 2U, none, &open, kSetSize);
  Call(polled, 2U, none, &open, 7UL);
  AlarmIn(5);
  Call(polled, 0U, nullptr, &open, kSetSize);
  Seen(signals_seen);
  Mask();
}
}  // namespace
SCENARIO(ppoll, 3, 2) { Ppoll<long>(); }
SCENARIO(ppoll_time64, 3, 2) { Ppoll<long long>(); }
#if defined(__i386__)
// One pointer to five words.
SCENARIO(select, 2, 2) {
  Select([](int count, Bits* readable, Bits* writable, Bits* except) {
    long time[2] = {7, 5};
    const unsigned long words[5] = {check::Word(count), check::Word(readable), check::Word(writable), check::Word(except),
                                    check::Word(time)};
    Call(words);
    Seen(time[0] == 6 || time[0] == 7);
  });
  long none[2] = {0, 1000}, bad[2] = {0, -1};
  const unsigned long sleep[5] = {0, 0, 0, 0, check::Word(none)}, wrong[5] = {0, 0, 0, 0, check::Word(bad)},
                      count[5] = {~0UL, 0, 0, 0, check::Word(none)};
  Call(sleep);
  Seen(none);
  Call(wrong);
  Call(count);
}
SCENARIO(_newselect, 2, 2) {
#else
SCENARIO(select, 2, 2) {
#endif
  Select([](int count, Bits* readable, Bits* writable, Bits* except) {
    long time[2] = {7, 5};
    Call(count, readable, writable, except, time);
    Seen(time[0] == 6 || time[0] == 7);
  });
  long none[2] = {0, 1000}, bad[2] = {0, -1};
  Call(0, nullptr, nullptr, nullptr, none);
  Seen(none);
  Call(0, nullptr, nullptr, nullptr, bad);
  Call(-1, nullptr, nullptr, nullptr, none);
  const Bits closed(60);
  Call(61, &closed, nullptr, nullptr, none);
}
#if !defined(__i386__)
SAME_AS(_newselect, select, 2, 2)
#endif
namespace {
template <class T>
void Pselect() {
  Select([](int count, Bits* readable, Bits* writable, Bits* except) {
    T time[2] = {7, 5};
    Call(count, readable, writable, except, time, nullptr);
    Seen(time[0] == 6 || time[0] == 7);
  });
  T none[2] = {0, 1000}, bad[2] = {0, -1};
  Call(0, nullptr, nullptr, nullptr, none, nullptr);
  Seen(none);
  Call(0, nullptr, nullptr, nullptr, bad, nullptr);
  Call(-1, nullptr, nullptr, nullptr, none, nullptr);
  Catch(SIGALRM);
  Block(SIGALRM);
  const KernelSet open;
  const unsigned long mask[2] = {check::Word(&open), kSetSize}, short_mask[2] = {check::Word(&open), 7};
  Call(0, nullptr, nullptr, nullptr, none, mask);
  Call(0, nullptr, nullptr, nullptr, none, short_mask);
  AlarmIn(5);
  Call(0, nullptr, nullptr, nullptr, nullptr, mask);
  Seen(signals_seen);
  Mask();
}
}  // namespace
SCENARIO(pselect6, 3, 3) { Pselect<long>(); }
SCENARIO(pselect6_time64, 3, 3) { Pselect<long long>(); }
SCENARIO(epoll_create, 1, 2) {
  Descriptor(Call(5));
  Call(0);
  Call(-1);
}
SCENARIO(epoll_create1, 1, 1) {
  Descriptor(Call(O_CLOEXEC));
  Call(0x777);
}
SCENARIO(epoll_ctl, 3, 4) {
  const FullPipe pipe;
  const int epoll = MUST(epoll_create1(0));
  struct epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = 0x123456789abcdefULL;
  Call(epoll, EPOLL_CTL_ADD, pipe.ends[0], &event);
  Events got;
  Seen(epoll_wait(epoll, got.events, 3, 0));
  Seen(got);
  Call(epoll, EPOLL_CTL_ADD, pipe.ends[0], &event);
  event.events = 0;
  Call(epoll, EPOLL_CTL_MOD, pipe.ends[0], &event);
  Seen(epoll_wait(epoll, got.events, 3, 0));
  Call(epoll, EPOLL_CTL_DEL, pipe.ends[0], nullptr);
  Call(epoll, EPOLL_CTL_DEL, pipe.ends[0], nullptr);
  Call(epoll, 77, pipe.ends[0], &event);
  Call(-1, EPOLL_CTL_ADD, pipe.ends[0], &event);
}
SCENARIO(epoll_wait, 2, 3) {
  const FullPipe pipe;
  const Watched watched(pipe.ends[0]), quiet(pipe.ends[1], EPOLLIN);
  Events got;
  Call(watched.epoll, got.events, 3, -1);
  Seen(got);
  Call(quiet.epoll, got.events, 3, 1);
  Call(watched.epoll, got.events, 0, 0);
  Call(-1, got.events, 3, 0);
  Call(pipe.ends[0], got.events, 3, 0);
}
SCENARIO(epoll_pwait, 2, 3) {
  const FullPipe pipe;
  const Watched watched(pipe.ends[0]), quiet(pipe.ends[1], EPOLLIN);
  Events got;
  Call(watched.epoll, got.events, 3, -1, nullptr, 0UL);
  Seen(got);
  Call(watched.epoll, got.events, 0, 0, nullptr, 0UL);
  Call(-1, got.events, 3, 0, nullptr, kSetSize);
  Catch(SIGALRM);
  Block(SIGALRM);
  const KernelSet open;
  Call(quiet.epoll, got.events, 3, 1, &open, kSetSize);
  Call(quiet.epoll, got.events, 3, 0, &open, 7UL);
  AlarmIn(5);
  Call(quiet.epoll, got.events, 3, -1, &open, kSetSize);
  Seen(signals_seen);
  Mask();
}
SCENARIO(epoll_pwait2, 1, 1) {
  const FullPipe pipe;
  const Watched watched(pipe.ends[0]);
  Events got;
  const long long time[2] = {1, 0};
  Call(watched.epoll, got.events, 3, time, nullptr, 0UL);
  Seen(got);
  Call(-1, got.events, 3, time, nullptr, 0UL);
}
SCENARIO(eventfd2, 2, 1) {
  const long fd = Call(7U, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
  Descriptor(fd);
  unsigned long long value = 0;
  Seen(static_cast<long>(read(static_cast<int>(fd), &value, sizeof value)));
  Seen(value);
  const long other = Call(7U, 0);
  MUST(read(static_cast<int>(other), &value, sizeof value));
  Seen(value);
  Call(7U, 0x777777);
}
SCENARIO(eventfd, 1, 0) {
  const long fd = Call(7U);
  Descriptor(fd);
  unsigned long long value = 0;
  Seen(static_cast<long>(read(static_cast<int>(fd), &value, sizeof value)));
  Seen(value);
}
SCENARIO(timerfd_create, 1, 2) {
  Descriptor(Call(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  Call(77, 0);
  Call(CLOCK_MONOTONIC, 0x777777);
}
namespace {
template <class T>
void TimerfdSettime() {
  const int fd = MUST(timerfd_create(CLOCK_MONOTONIC, 0));
  const T soon[4] = {0, 0, 0, 1000000}, bad[4] = {0, 0, 0, -1};
  T old[4] = {-1, -1, -1, -1};
  Call(fd, 0, soon, old);
  Seen(old);
  unsigned long long times = 0;
  Seen(static_cast<long>(read(fd, &times, sizeof times)));
  Seen(times);
  Call(fd, 0, bad, nullptr);
  Call(fd, 0x777, soon, nullptr);
  Call(-1, 0, soon, nullptr);
}
template <class T>
void TimerfdGettime() {
  const int fd = MUST(timerfd_create(CLOCK_MONOTONIC, 0));
  T time[4] = {-1, -1, -1, -1};
  Call(fd, time);
  Seen(time);
  struct itimerspec later = {};
  later.it_value.tv_sec = 1000;
  later.it_interval.tv_sec = 7;
  MUST(timerfd_settime(fd, 0, &later, nullptr));
  Call(fd, time);
  Seen(time[0]);
  Seen(time[2] == 999 || time[2] == 1000);
  Call(-1, time);
  Call(File(), time);
}
}  // namespace
SCENARIO(timerfd_settime, 1, 3) { TimerfdSettime<long>(); }
SCENARIO(timerfd_settime64, 1, 3) { TimerfdSettime<long long>(); }
SCENARIO(timerfd_gettime, 2, 2) { TimerfdGettime<long>(); }
SCENARIO(timerfd_gettime64, 2, 2) { TimerfdGettime<long long>(); }
SCENARIO(inotify_init, 1, 0) { Descriptor(Call()); }
SCENARIO(inotify_init1, 1, 1) {
  Descriptor(Call(O_CLOEXEC | O_NONBLOCK));
  Call(0x777);
}
SCENARIO(inotify_add_watch, 1, 3) {
  const int fd = MUST(inotify_init1(O_NONBLOCK));
  close(File());
  Call(fd, "file", IN_MODIFY | IN_DELETE_SELF);
  close(File());
  unsigned char events[64] = {};
  Seen(static_cast<long>(read(fd, events, sizeof events)));
  Seen(events);
  Call(fd, "no", IN_MODIFY);
  Call(fd, "file", 0U);
  Call(-1, "file", IN_MODIFY);
}
SCENARIO(inotify_rm_watch, 1, 2) {
  const int fd = MUST(inotify_init1(O_NONBLOCK));
  close(File());
  const int watch = MUST(inotify_add_watch(fd, "file", IN_MODIFY));
  Call(fd, watch);
  unsigned char events[64] = {};
  Seen(static_cast<long>(read(fd, events, sizeof events)));
  Seen(events);
  Call(fd, watch);
  Call(-1, watch);
}
SCENARIO(fanotify_init, 0, 1) {
  Descriptor(Call(0x3U, O_RDONLY));
  Call(0x77777777U, 0U);
  Call(0U, 0x77777777U);
}
SCENARIO(fanotify_mark, 0, 2) {
  const long fd = raw_call(SYS_fanotify_init, 0, O_RDONLY, 0, 0, 0, 0);
  close(File());
  Call(fd, 1U, 2LL, AT_FDCWD, "file");  // FAN_MARK_ADD, FAN_MODIFY
  Call(fd, 0x7777U, 2LL, AT_FDCWD, "file");
  Call(-1, 1U, 2LL, AT_FDCWD, "file");
}
