// Adapters of waiting calls against the kernel.
#include "adapters_check.h"

using check::Call;
using check::Seen;
using libcify::adapters::kSignalSetBytes;
using libcify::adapters::WordTime;

namespace {

struct Pipe {
  Pipe() {
    if (pipe(ends) != 0) _exit(9);
  }
  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }
  void Fill() const {
    if (write(ends[1], "x", 1) != 1) _exit(9);
  }
  int ends[2];
};

struct Poller {
  Poller() : fd(epoll_create1(0)) {
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = 0x1122334455667788;
    epoll_ctl(fd, EPOLL_CTL_ADD, pipe.ends[0], &event);
  }
  ~Poller() { close(fd); }
  Pipe pipe;
  int fd;
};

const unsigned long empty_set[16 / sizeof(long)] = {};

// Above every other descriptor, so that both runs have the same sets.
int High(int fd) {
  const int high = dup2(fd, 700);
  if (high != 700) _exit(9);
  return high;
}

}  // namespace

CASE(epoll_pwait, "without a mask") {
  const Poller poller;
  epoll_event events[2] = {};
  Call(poller.fd, &events, 2, 0, nullptr, 0);
  poller.pipe.Fill();
  Call(poller.fd, &events, 2, -1, nullptr, 0);
  Seen(events);
  Call(poller.fd, &events, 0, 0, nullptr, 0);
  Call(-1, &events, 2, 0, nullptr, 0);
}
CASE(epoll_pwait, "with a mask, with a wrong size") {
  const Poller poller;
  poller.pipe.Fill();
  epoll_event events[2] = {};
  Call(poller.fd, &events, 2, -1, &empty_set, kSignalSetBytes);
  Seen(events);
  Call(poller.fd, &events, 2, -1, &empty_set, 4);
}

#if LIBCIFY_GLIBC(2, 35)
CASE(epoll_pwait2, "all forms") {
  const Poller poller;
  epoll_event events[2] = {};
  libcify::adapters::PollTime time = {0, 1000};
  Call(poller.fd, &events, 2, &time, nullptr, 0);
  poller.pipe.Fill();
  Call(poller.fd, &events, 2, nullptr, &empty_set, kSignalSetBytes);
  Seen(events);
  Call(poller.fd, &events, 2, nullptr, &empty_set, 4);
  time = {0, -1};
  Call(poller.fd, &events, 2, &time, nullptr, 0);
}
#endif

namespace {

// The same for both widths of time.
template <class Time>
void PollReady() {
  const Pipe pipe;
  pollfd fds[1] = {{pipe.ends[0], POLLIN, 0}};
  Time time = {0, 0};
  Call(&fds, 1, &time, nullptr, 0);
  Seen(fds[0].revents);
  pipe.Fill();
  Call(&fds, 1, nullptr, &empty_set, kSignalSetBytes);
  Seen(fds[0].revents);
  Call(&fds, 1, nullptr, &empty_set, 4);
  Call(&fds, 1UL << 31, &time, nullptr, 0);
  Call(&fds, 1 | check::kHigh, &time, nullptr, 0);
  time = {0, -1};
  Call(&fds, 1, &time, nullptr, 0);
  time = {1000, 0};
  Call(&fds, 1, &time, nullptr, 0);
  memset(reinterpret_cast<unsigned char*>(&time) + sizeof time / 2, 0, sizeof time / 2);
  Seen(time);  // 999: some nanoseconds have gone
}

template <class Time>
void SelectReady() {
  const Pipe pipe;
  const int fd = High(pipe.ends[0]);
  struct {
    const void* set;
    unsigned long size;
  } mask = {&empty_set, kSignalSetBytes};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(fd, &set);
  Time time = {0, 0};
  Call(fd + 1, &set, nullptr, nullptr, &time, &mask);
  Seen(set);
  FD_SET(fd, &set);
  pipe.Fill();
  Call(fd + 1, &set, nullptr, nullptr, nullptr, &mask);
  Seen(set);
  Call(fd + 1, &set, nullptr, nullptr, nullptr, nullptr);
  mask.size = 4;
  Call(fd + 1, &set, nullptr, nullptr, nullptr, &mask);
  mask.set = nullptr;
  Call(fd + 1, &set, nullptr, nullptr, nullptr, &mask);
  Call(-1, nullptr, nullptr, nullptr, &time, nullptr);
  time = {0, -1};
  Call(0, nullptr, nullptr, nullptr, &time, nullptr);
  time = {1000, 0};
  Call(fd + 1, &set, nullptr, nullptr, &time, nullptr);
  memset(reinterpret_cast<unsigned char*>(&time) + sizeof time / 2, 0, sizeof time / 2);
  Seen(time);
  close(fd);
}

}  // namespace

CASE(ppoll, "ready, not ready, errors, the remaining time") { PollReady<WordTime>(); }
CASE(pselect6, "ready, not ready, errors, the remaining time") { SelectReady<WordTime>(); }
#if defined(LIBCIFY_HAS_TIME64)
CASE(ppoll_time64, "ready, not ready, errors, the remaining time") { PollReady<libcify::adapters::Time64>(); }
CASE(pselect6_time64, "ready, not ready, errors, the remaining time") { SelectReady<libcify::adapters::Time64>(); }
#endif
#if defined(__i386__)
CASE_OF(old_select, select, "arguments behind a pointer") {
  const Pipe pipe;
  const int fd = High(pipe.ends[0]);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(fd, &set);
  libcify::adapters::WordTimeval time = {0, 0};
  const unsigned long words[5] = {static_cast<unsigned long>(fd) + 1, check::Word(&set), 0, 0, check::Word(&time)};
  Call(&words);
  Seen(set);
  pipe.Fill();
  FD_SET(fd, &set);
  time = {1000, 0};
  Call(&words);
  Seen(set);
  Seen(time.tv_sec);
  Call(nullptr);
  close(fd);
}
#endif
// The number of this name is another call on 386, and none on ppc64.
#if !defined(__i386__) && !defined(__powerpc64__)
CASE(select, "ready, not ready, the remaining time") {
  const Pipe pipe;
  const int fd = High(pipe.ends[0]);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(fd, &set);
  libcify::adapters::WordTimeval time = {0, 0};
  Call(fd + 1, &set, nullptr, nullptr, &time);
  Seen(set);
  pipe.Fill();
  FD_SET(fd, &set);
  time = {1000, 0};
  Call(fd + 1, &set, nullptr, nullptr, &time);
  Seen(set);
  memset(reinterpret_cast<unsigned char*>(&time) + sizeof time / 2, 0, sizeof time / 2);
  Seen(time);
  Call(fd + 1, &set, nullptr, nullptr, nullptr);
  Call(-1, nullptr, nullptr, nullptr, &time);
  close(fd);
}
#endif
