// Processes and threads: identities, groups, limits, scheduling, starting and ending.
#pragma once

#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "differential.h"

namespace {
using namespace differential;

// A child that ends at once with that code.
pid_t Ended(int code) {
  const pid_t child = MUST(fork());
  if (child == 0) _exit(code);
  Passing(child);
  return child;
}
// A child that sleeps until it is killed, and what is then known of its end.
struct Sleeper {
  Sleeper() : pid(MUST(fork())) {
    for (; pid == 0;) pause();
    Passing(pid);
  }
  ~Sleeper() {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  pid_t pid;
};
// How far into a buffer of 0xee bytes something was written.
struct Buffer {
  Buffer() { memset(bytes, 0xee, sizeof bytes); }
  unsigned long End() const {
    unsigned long end = sizeof bytes;
    while (end > 0 && bytes[end - 1] == 0xee) --end;
    return end;
  }
  ~Buffer() { Seen(End()); }
  alignas(16) unsigned char bytes[512];
};
const int kNobody = 0x3fffffff;  // above every possible pid
}  // namespace

#define ONE_VALUE(name, expected)     \
  SCENARIO(name, 1, 0) {              \
    MUST(setresgid(11, 12, 13));      \
    MUST(setresuid(21, 22, 0));       \
    const long answer = CallNew();    \
    Seen(answer == (long)(expected)); \
  }
ONE_VALUE(getpid, getpid())
ONE_VALUE(getppid, getppid())
ONE_VALUE(gettid, getpid())
ONE_VALUE(getpgrp, getpgrp())
ONE_VALUE(getuid, getuid())
ONE_VALUE(getgid, getgid())
ONE_VALUE(geteuid, geteuid())
ONE_VALUE(getegid, getegid())
ONE_VALUE(getuid32, getuid())
ONE_VALUE(getgid32, getgid())
ONE_VALUE(geteuid32, geteuid())
ONE_VALUE(getegid32, getegid())

SCENARIO(getpgid, 2, 1) {
  Call(0);
  Seen(CallNew(getpid()) == getpgid(0));
  Call(kNobody);
}
SCENARIO(setpgid, 1, 2) {
  Call(0, 0);
  Seen(getpgid(0) == getpid());
  Call(0, -1);
  Call(kNobody, 0);
}
SCENARIO(getsid, 1, 1) {
  Call(0);
  Call(kNobody);
}
SCENARIO(setsid, 1, 1) {
  CallNew();
  Seen(getsid(0) == getpid());
  Call();
}
SCENARIO(getresuid, 1, 1) {
  MUST(setresuid(0, 0, 7));
  unsigned ids[3] = {9, 9, 9};
  Call(ids, ids + 1, ids + 2);
  Seen(ids);
  Call(Nowhere(), ids, ids);
}
SAME_AS(getresuid32, getresuid, 1, 1)
SCENARIO(getresgid, 1, 1) {
  MUST(setresgid(5, 6, 7));
  unsigned ids[3] = {9, 9, 9};
  Call(ids, ids + 1, ids + 2);
  Seen(ids);
  Call(Nowhere(), ids, ids);
}
SAME_AS(getresgid32, getresgid, 1, 1)
namespace {
void Ids() {
  unsigned ids[6] = {};
  getresuid(ids, ids + 1, ids + 2);
  getresgid(ids + 3, ids + 4, ids + 5);
  Seen(ids);
}
// Groups of this process as the kernel shows them; the line behind them has its number, which differs.
template <class Set>
void Groups(Set set) {
  set();
  char text[2048] = {};
  const int fd = MUST(open("/proc/self/status", O_RDONLY));
  MUST(read(fd, text, sizeof text - 1));
  char* const line = strstr(text, "Groups:");
  See(line != nullptr ? line : text, line != nullptr ? strcspn(line, "\n") : 24);
}
}  // namespace
#define IDS(name, good, bad) \
  SCENARIO(name, 1, 1) {     \
    Call bad;                \
    Call good;               \
    Ids();                   \
    Call bad;                \
  }
// -1 is no id; of the calls that take -1 for "as it is", an id that an ordinary user may not take.
IDS(setuid, (1234), (-1))
IDS(setgid, (1234), (-1))
SAME_AS(setuid32, setuid, 1, 1)
SAME_AS(setgid32, setgid, 1, 1)
SCENARIO(setresuid, 1, 1) {
  Call(-1, 12, 13);
  Ids();
  Call(14, 12, -1);
  Ids();
  Call(15, 15, 15);
}
SAME_AS(setresuid32, setresuid, 1, 1)
SCENARIO(setresgid, 1, 0) {
  Call(-1, 12, 13);
  Ids();
  MUST(setresuid(7, 7, 7));
  Call(15, 15, 15);
}
SAME_AS(setresgid32, setresgid, 1, 0)
SCENARIO(setreuid, 1, 1) {
  Call(12, 13);
  Ids();
  Call(15, 15);
}
SAME_AS(setreuid32, setreuid, 1, 1)
SCENARIO(setregid, 1, 0) {
  Call(12, 13);
  Ids();
}
SAME_AS(setregid32, setregid, 1, 0)
SCENARIO(setfsuid, 2, 0) {
  MUST(chmod(".", 0777));
  Call(77);
  Call(-1);
  close(File());
  Path("file");
}
SAME_AS(setfsuid32, setfsuid, 2, 0)
SCENARIO(setfsgid, 2, 0) {
  MUST(chmod(".", 0777));
  Call(77);
  Call(-1);
  close(File());
  Path("file");
}
SAME_AS(setfsgid32, setfsgid, 2, 0)
SCENARIO(getgroups, 2, 2) {
  const gid_t set[2] = {5, 0x12345};
  MUST(setgroups(2, set));
  unsigned groups[4] = {};
  Call(0, groups);
  Call(4, groups);
  Seen(groups);
  Call(1, groups);
  Call(-1, groups);
}
SAME_AS(getgroups32, getgroups, 2, 2)
SCENARIO(setgroups, 1, 1) {
  const unsigned groups[2] = {5, 0x12345};
  Groups([&] { Call(2, groups); });
  Call(0x777777, groups);
}
SAME_AS(setgroups32, setgroups, 1, 1)

SCENARIO(execve, 0, 2) {
  char* const arguments[] = {const_cast<char*>("sh"), const_cast<char*>("-c"), const_cast<char*>("exit $CODE"), nullptr};
  char* const environment[] = {const_cast<char*>("CODE=7"), nullptr};
  Call("/no/such/program", arguments, environment);
  Call("/", arguments, environment);
  close(File());
  Call("file", arguments, environment);
  Call("/bin/sh", arguments, environment);  // the end of this process is compared
}
SCENARIO(execveat, 0, 2) {
  char* const arguments[] = {const_cast<char*>("sh"), const_cast<char*>("-c"), const_cast<char*>("exit 9"), nullptr};
  Call(AT_FDCWD, "/no/such/program", arguments, nullptr, 0);
  Call(AT_FDCWD, "/bin/sh", arguments, nullptr, 0x777);
  Call(AT_FDCWD, "/bin/sh", arguments, nullptr, 0);
}
SCENARIO(exit_group, 0, 0) {
  const pid_t child = MUST(fork());
  if (child == 0) {
    static Run unseen;  // or a tracer would take what the parent does meanwhile for a part of the call
    run = &unseen;
    Call(0x1234);
  }
  Passing(child);
  int status = 0;
  MUST(waitpid(child, &status, 0));
  Seen(status);
  Call(5);
}
SCENARIO(exit, 0, 0) { Call(0x1234); }
SCENARIO(fork, 1, 0) {
  const pid_t child = static_cast<pid_t>(CallNew());
  if (child == 0) _exit(6);
  int status = 0;
  MUST(waitpid(child, &status, 0));
  Seen(status);
}
#if defined(__s390x__)  // the stack comes first (CONFIG_CLONE_BACKWARDS2)
#define CLONE_FLAGS(flags) 0UL, flags
#else
#define CLONE_FLAGS(flags) flags, 0UL
#endif
SCENARIO(clone, 1, 1) {
  const pid_t child = static_cast<pid_t>(CallNew(CLONE_FLAGS(SIGCHLD), 0UL, 0UL, 0UL));
  if (child == 0) _exit(6);
  int status = 0;
  MUST(waitpid(child, &status, 0));
  Seen(status);
  Call(CLONE_FLAGS(0x10000UL), 0UL, 0UL, 0UL);  // CLONE_THREAD without CLONE_VM
}
SCENARIO(process_madvise, 0, 2) {
  static char page[16];
  const struct iovec piece = {page, sizeof page};
  Call(-1, &piece, 1UL, 20, 0U);
  Call(-1, &piece, 1UL, 20, 0x777U);
}
SCENARIO(process_mrelease, 0, 2) {
  Call(-1, 0U);
  Call(-1, 0x777U);
}
SCENARIO(wait4, 2, 2) {
  const pid_t child = Ended(5);
  int status = 0x77777777;
  {
    Buffer usage;
    Seen(CallNew(child, &status, 0, usage.bytes) == child);
  }
  Seen(status);
  const Sleeper sleeper;
  Call(sleeper.pid, &status, WNOHANG, nullptr);
  Call(kNobody, &status, 0, nullptr);
  Call(-1, &status, 0x777777, nullptr);
}
SCENARIO(waitid, 2, 3) {
  const pid_t child = Ended(5);
  struct {
    siginfo_t info;
    unsigned char more[64];
  } end;
  memset(&end, 0xee, sizeof end);
  {
    Buffer usage;
    Call(P_PID, child, &end, WEXITED | WNOWAIT, usage.bytes);
  }
  Seen(end.info.si_status);
  Seen(end.info.si_code);
  Seen(end.info.si_pid == child);
  Seen(end.more);
  Call(P_PID, child, nullptr, WEXITED, nullptr);
  Call(P_PID, child, &end, WEXITED, nullptr);
  Call(P_PID, child, &end, 0, nullptr);
  Call(77, child, &end, WEXITED, nullptr);
}
SCENARIO(waitpid, 1, 1) {
  const pid_t child = Ended(5);
  int status = 0x77777777;
  Seen(CallNew(child, &status, 0) == child);
  Seen(status);
  Call(kNobody, &status, 0);
}
SCENARIO(pidfd_open, 1, 2) {
  Descriptor(Call(getpid(), 0));
  Call(kNobody, 0);
  Call(getpid(), 0x777777);
}
SCENARIO(pidfd_send_signal, 1, 2) {
  Catch(SIGUSR1);
  const int fd = static_cast<int>(raw_call(SYS_pidfd_open, static_cast<unsigned long>(getpid()), 0, 0, 0, 0, 0));
  Call(fd, SIGUSR1, nullptr, 0);
  Seen(signals_seen);
  Call(fd, 999, nullptr, 0);
  Call(-1, SIGUSR1, nullptr, 0);
}
namespace {
void Limits() {
  struct rlimit limit = {};
  MUST(getrlimit(RLIMIT_NOFILE, &limit));
  Seen(limit);
}
}  // namespace
SCENARIO(getrlimit, 2, 2) {
  unsigned long limit[2] = {1, 1};
  Call(RLIMIT_NOFILE, limit);
  Seen(limit);
  Call(RLIMIT_AS, limit);
  Seen(limit);
  Call(777, limit);
  Call(RLIMIT_NOFILE, Nowhere());
}
SAME_AS(ugetrlimit, getrlimit, 2, 2)
SCENARIO(setrlimit, 1, 2) {
  const unsigned long limit[2] = {100, 200}, bad[2] = {300, 200};
  Call(RLIMIT_NOFILE, limit);
  Limits();
  Call(RLIMIT_NOFILE, bad);
  Call(777, limit);
}
SCENARIO(prlimit64, 3, 3) {
  const unsigned long long limit[2] = {100, 200}, bad[2] = {300, 200};
  unsigned long long old[2] = {1, 1};
  Call(0, RLIMIT_NOFILE, limit, old);
  Seen(old);
  Limits();
  Call(getpid(), RLIMIT_NOFILE, nullptr, old);
  Seen(old);
  Call(0, RLIMIT_AS, nullptr, old);
  Seen(old);
  Call(0, RLIMIT_NOFILE, bad, nullptr);
  Call(0, 777, nullptr, old);
  Call(kNobody, RLIMIT_NOFILE, nullptr, old);
}
SCENARIO(getrusage, 2, 1) {
  const int whose[] = {0, -1, 1, 77};
  for (const int who : whose) {
    Buffer usage;
    Call(who, usage.bytes);
  }
  if (kPointersPass) Call(0, Nowhere());
}
SCENARIO(times, 1, 0) {
  {
    Buffer buffer;
    CallNew(buffer.bytes);
  }
  CallNew(nullptr);
}
SCENARIO(getpriority, 2, 2) {
  MUST(setpriority(PRIO_PROCESS, 0, 5));
  Call(PRIO_PROCESS, 0);
  Call(PRIO_PROCESS, getpid());
  Call(77, 0);
  Call(PRIO_PROCESS, kNobody);
}
SCENARIO(setpriority, 1, 2) {
  Call(PRIO_PROCESS, 0, 7);
  Seen(getpriority(PRIO_PROCESS, 0));
  Call(77, 0, 7);
  Call(PRIO_PROCESS, kNobody, 7);
}
SCENARIO(nice, 1, 0) {
  Call(3);
  Seen(getpriority(PRIO_PROCESS, 0));
}
SCENARIO(sched_yield, 1, 0) { Call(); }
SCENARIO(sched_getparam, 1, 2) {
  int priority = 77;
  Call(0, &priority);
  Seen(priority);
  Call(kNobody, &priority);
  Call(0, nullptr);
}
SCENARIO(sched_setparam, 1, 2) {
  int priority = 0;
  Call(0, &priority);
  priority = 7;
  Call(0, &priority);
  Call(kNobody, &priority);
}
SCENARIO(sched_getscheduler, 1, 2) {
  Call(0);
  Call(kNobody);
  Call(-1);
}
SCENARIO(sched_setscheduler, 1, 2) {
  int priority = 0;
  Call(0, 3, &priority);  // SCHED_BATCH
  Seen(raw_call(SYS_sched_getscheduler, 0, 0, 0, 0, 0, 0));
  Call(0, 77, &priority);
  Call(kNobody, 0, &priority);
}
SCENARIO(sched_get_priority_max, 2, 1) {
  Call(1);
  Call(0);
  Call(77);
}
SCENARIO(sched_get_priority_min, 2, 1) {
  Call(1);
  Call(0);
  Call(77);
}
namespace {
template <class T>
void RoundRobinInterval() {
  T interval[2] = {-7, -7};
  Call(0, interval);
  Seen(interval);
  Call(kNobody, interval);
  Call(-1, interval);
}
}  // namespace
SCENARIO(sched_rr_get_interval, 1, 2) { RoundRobinInterval<long>(); }
SCENARIO(sched_rr_get_interval_time64, 1, 2) { RoundRobinInterval<long long>(); }
SCENARIO(sched_getaffinity, 1, 3) {
  unsigned char set[1024];
  memset(set, 0xee, sizeof set);
  Call(0, sizeof set, set);
  Seen(set);
  Call(0, 3UL, set);
  Call(kNobody, sizeof set, set);
  Call(0, sizeof set, Nowhere());
}
SCENARIO(sched_setaffinity, 1, 2) {
  unsigned long set[128] = {1};
  Call(0, sizeof set, set);
  cpu_set_t now;
  MUST(sched_getaffinity(0, sizeof now, &now));
  Seen(now);
  set[0] = 0;
  Call(0, sizeof set, set);
  Call(kNobody, sizeof set, set);
}
SCENARIO(getcpu, 2, 0) {
  unsigned cpu = 0x77777777, node = 0x77777777;
  Call(&cpu, &node, nullptr);
  Seen(cpu < 1024);
  Seen(node);
  Call(nullptr, nullptr, nullptr);
}
SCENARIO(prctl, 5, 3) {
  Call(PR_SET_NAME, "a name", 0UL, 0UL, 0UL);
  char name[16] = {};
  Call(PR_GET_NAME, name, 0UL, 0UL, 0UL);
  Seen(name);
  Call(PR_SET_PDEATHSIG, SIGUSR1, 0UL, 0UL, 0UL);
  int signal = 0;
  Call(PR_GET_PDEATHSIG, &signal, 0UL, 0UL, 0UL);
  Seen(signal);
  Call(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL);
  Call(PR_GET_NO_NEW_PRIVS, 0UL, 0UL, 0UL, 0UL);
  Call(PR_SET_NO_NEW_PRIVS, 7UL, 0UL, 0UL, 0UL);
  Call(77777, 0UL, 0UL, 0UL, 0UL);
  Call(PR_SET_PDEATHSIG, 777UL, 0UL, 0UL, 0UL);
}
SCENARIO(personality, 2, 0) {
  Call(0xffffffffUL);
  Call(0x40000UL);  // ADDR_NO_RANDOMIZE
  Call(0xffffffffUL);
}
SCENARIO(ptrace, 1, 3) {
  Call(PTRACE_PEEKDATA, kNobody, 0UL, 0UL);
  Call(77777, kNobody, 0UL, 0UL);
  Call(PTRACE_ATTACH, -1, 0UL, 0UL);
  const pid_t child = MUST(fork());
  static volatile long value = 0x1234;
  if (child == 0) {
    for (;;) pause();
  }
  Passing(child);
  const bool attached = Call(PTRACE_ATTACH, child, 0UL, 0UL) == 0;
  if (!attached) kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  long word = 0;
  Call(PTRACE_PEEKDATA, child, &value, &word);
  Seen(word);
  Call(PTRACE_POKEDATA, child, &value, -1L);
  Call(PTRACE_PEEKDATA, child, &value, &word);
  Seen(word);
  Call(PTRACE_PEEKDATA, child, 8UL, &word);
  Call(PTRACE_KILL, child, 0UL, 0UL);
  waitpid(child, nullptr, 0);
  Call(PTRACE_TRACEME, 0, 0UL, 0UL);  // from here on every signal stops this process
}
SCENARIO(unshare, 1, 1) {
  Call(CLONE_FS | CLONE_FILES);
  Call(0x777777 | 1);
  Call(0);
}
SCENARIO(setns, 1, 2) {
  Call(MUST(open("/proc/self/ns/uts", O_RDONLY)), CLONE_NEWUTS);
  Call(File(), 0);
  Call(-1, 0);
}
SCENARIO(set_tid_address, 1, 0) {
  static int word;
  Seen(CallNew(&word) == getpid());
}
SCENARIO(set_robust_list, 1, 1) {
  static long head[3];
  Call(head, sizeof head);
  Call(head, 7UL);
}
