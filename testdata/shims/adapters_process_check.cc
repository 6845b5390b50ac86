// Adapters of processes, clocks and messages against the kernel.
#include "adapters_check.h"
//
#include <stdlib.h>
#include <sys/ipc.h>

using check::Call;
using check::CallForNew;
using check::QueueName;
using check::QueuePath;
using check::Seen;

namespace {

// A child that ends at once with a status.
pid_t Child(int status) {
  const pid_t pid = fork();
  if (pid == 0) _exit(status);
  return pid;
}

// A child that waits, traced.
struct Traced {
  Traced() {
    pid = fork();
    if (pid == 0) {
      if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0) raise(SIGSTOP);
      _exit(0);
    }
    int status;
    if (waitpid(pid, &status, 0) != pid) _exit(9);
    stopped = WIFSTOPPED(status);
  }
  ~Traced() {
    if (!stopped) return;
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  pid_t pid;
  bool stopped;  // not by qemu-user, which has no ptrace
};

long word_for_peek = -1;  // a value that looks like an error

}  // namespace

CASE(getpriority, "values and errors") {
  // A nice value of 10 is 10 to both sides.
  if (getpriority(PRIO_PROCESS, 0) == 10) setpriority(PRIO_PROCESS, 0, 11);
  Call(PRIO_PROCESS, 0);
  Call(PRIO_PROCESS, 0x7fffffff);
  Call(77, 0);
}
CASE(sched_getaffinity, "sizes and errors") {
  unsigned long mask[2048];
  const unsigned long sizes[] = {16384, 1024, 128, 64, 8, 7, 4, 0, 8 | check::kHigh};
  for (const unsigned long size : sizes) {
    memset(mask, 0xab, sizeof mask);
    Call(0, size, &mask);
    Seen(mask);
  }
  Call(0x7fffffff, 128, &mask);
  Call(0, 128, nullptr);
}
CASE(ptrace, "peek, poke, errors") {
  const Traced traced;
  if (!traced.stopped) return;
  long word = 5;
  Call(PTRACE_PEEKDATA, traced.pid, &word_for_peek, &word);
  Seen(word);
  word = 5;
  Call(PTRACE_PEEKDATA, traced.pid, 16, &word);
  Seen(word);
  Call(PTRACE_PEEKDATA, traced.pid, &word_for_peek, nullptr);
  Call(PTRACE_POKEDATA, traced.pid, &word_for_peek, 77);
  Call(PTRACE_PEEKTEXT, traced.pid, &word_for_peek, &word);
  Seen(word);
  Call(PTRACE_PEEKUSER, traced.pid, 8, &word);
  Call(PTRACE_PEEKDATA, 0x7fffffff, &word_for_peek, &word);
  Call(PTRACE_PEEKDATA, traced.pid + static_cast<long>(check::kHigh), &word_for_peek, &word);
  Call(0x7777, traced.pid, nullptr, nullptr);
  Call(PTRACE_PEEKDATA | check::kHigh, traced.pid, &word_for_peek, &word);
}
CASE(mprotect, "whole pages, an address inside of one, errors") {
  alignas(4096) static char pages[8192];
  Call(&pages, 4096, PROT_READ);
  Call(&pages, 8192, PROT_READ | PROT_WRITE);
  Call(pages + 1, 4096, PROT_READ);
  Call(&pages, 1, PROT_READ | PROT_WRITE);
  Call(&pages, 4096, PROT_READ | check::kHigh);
  Call(nullptr, 4096, PROT_READ);
}
CASE(prctl, "names, flags, a long answer, errors") {
  char name[16] = "checking", got[16] = {};
  Call(PR_SET_NAME, &name);
  Call(PR_GET_NAME, &got);
  Seen(got);
  Call(PR_GET_DUMPABLE);
  Call(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
  Call(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 7);
  Call(PR_SET_TIMERSLACK, 3000000000UL);
  Call(PR_GET_TIMERSLACK);
  Call(PR_SET_TIMERSLACK, 0);
  Call(0x7777);
}
CASE(waitid, "a status, with and without the resources") {
  siginfo_t info = {};
  Child(3);
  CallForNew(P_ALL, 0, &info, WEXITED, nullptr);
  Seen(info.si_status);
  Seen(info.si_code);
  unsigned long usage[64];
  memset(&usage, 0xff, sizeof usage);
  Child(4);
  CallForNew(P_ALL, 0, &info, WEXITED, &usage);
  Seen(info.si_status);
  Seen(usage[0]);
  Child(5);
  Call(P_ALL, 0, nullptr, WEXITED, nullptr);
  Call(P_ALL, 0, &info, WEXITED, nullptr);
  Call(P_ALL, 0, &info, 0x7777000, nullptr);
  Call(77, 0, &info, WEXITED, nullptr);
}
#if LIBCIFY_GLIBC(2, 29)
CASE(getcpu, "the third word is not looked at") {
  cpu_set_t first;
  CPU_ZERO(&first);
  CPU_SET(0, &first);
  sched_setaffinity(0, sizeof first, &first);
  unsigned int cpu = 99, node = 99;
  Call(&cpu, &node, 0x7777);
  Seen(cpu);
  Seen(node);
  Call(nullptr, nullptr, nullptr);
}
#endif
// Nothing here can restart the machine: wrong magic numbers, an unknown command.
CASE(reboot, "errors") {
  Call(0xfee1dead, 7, 0, 0);
  Call(7, 672274793, 0, 0);
  Call(0xfee1dead, 672274793, 0x11111111, 0);
}
namespace {

void SoonAlarm() {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  sigaction(SIGALRM, &action, nullptr);
  struct itimerval soon = {{0, 0}, {0, 20000}};
  setitimer(ITIMER_REAL, &soon, nullptr);
}

// A nap, errors, a signal; for both widths of time.
template <class Time>
void Nap() {
  Time time = {0, 1000}, left = {7, 7};
  Call(CLOCK_MONOTONIC, 0, &time, &left);
  Seen(left);
  Call(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr);
  Call(CLOCK_THREAD_CPUTIME_ID, 0, &time, nullptr);
  Call(77, 0, &time, nullptr);
  Call(CLOCK_MONOTONIC, 0, nullptr, nullptr);
  time = {0, -1};
  Call(CLOCK_MONOTONIC, 0, &time, nullptr);
  SoonAlarm();
  time = {1000, 0};
  Call(CLOCK_MONOTONIC, 0, &time, &left);
  memset(reinterpret_cast<unsigned char*>(&left) + sizeof left / 2, 0, sizeof left / 2);
  Seen(left);
  signal(SIGALRM, SIG_DFL);
}

}  // namespace

CASE(clock_nanosleep, "a nap, errors, a signal") { Nap<libcify::adapters::WordTime>(); }
#if defined(LIBCIFY_HAS_TIME64)
CASE(clock_nanosleep_time64, "a nap, errors, a signal") { Nap<libcify::adapters::Time64>(); }
#endif
CASE(gettimeofday, "with and without a zone") {
  libcify::adapters::WordTimeval time = {};
  struct timezone zone = {77, 77};
  Call(&time, nullptr);
  memset(&time, 0, sizeof time);
  Seen(time);
  Call(&time, &zone);
  Seen(zone);
  Call(nullptr, &zone);
  Call(nullptr, nullptr);
}
CASE(settimeofday, "errors") {
  const libcify::adapters::WordTimeval bad = {0, -1}, late = {0, 5000000};
  Call(&bad, nullptr);
  Call(&late, nullptr);
  if (!check::emulated) Call(nullptr, nullptr);  // qemu-user 7.2 ends there
  const struct timezone zone = {7777, 0};
  Call(&bad, &zone);
  Call(nullptr, &zone);
}
CASE(semctl, "values, arrays, errors") {
  const int id = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  unsigned short values[3] = {5, 6, 7}, got[3] = {};
  Call(id, 0, SETALL, &values);
  Call(id, 0, GETALL, &got);
  Seen(got);
  Call(id, 1, SETVAL, 42);
  Call(id, 1, GETVAL, 0);
  Call(id, 1, SETVAL, -1);
  Call(id, 9, GETVAL, 0);
  unsigned char status[256];
  memset(status, 0xee, sizeof status);
  Call(id, 0, IPC_STAT, &status);
  CallForNew(id, 0, IPC_STAT | 0x100, &status);  // with IPC_64; a 64-bit kernel answers 386 with the identifier
  Call(id, 0, 77, &got);
  Call(-1, 0, GETVAL, 0);
  Call(id, 0, IPC_RMID, 0);
}
CASE(mq_open, "names, errors") {
  if (check::emulated) return;  // qemu-user takes the byte before the name for the slash
  mq_attr attributes = {};
  attributes.mq_maxmsg = 2;
  attributes.mq_msgsize = 8;
  const long queue = CallForNew(QueueName(), O_RDWR | O_CREAT | O_EXCL, check::kHigh | 0600, &attributes);
  Call(QueueName(), O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  close(static_cast<int>(queue));
  syscall(SYS_mq_unlink, QueueName());
  Call(QueueName(), O_RDWR, 0, nullptr);
  Call(QueuePath(), O_RDWR, 0, nullptr);
  Call("", O_RDWR, 0, nullptr);
  Call(nullptr, O_RDWR, 0, nullptr);
  char name[512];
  const int lengths[] = {255, 256, 400};
  for (const int length : lengths) {
    memset(name, 'n', sizeof name);
    name[length] = '\0';
    Call(&name, O_RDWR, 0, nullptr);
  }
}
CASE(mq_unlink, "names, errors") {
  if (check::emulated) return;
  const long queue = syscall(SYS_mq_open, QueueName(), O_RDWR | O_CREAT, 0600, nullptr);
  close(static_cast<int>(queue));
  Call(QueueName());
  Call(QueueName());
  Call(QueuePath());
  Call("");
  Call(nullptr);
}
CASE(mq_notify, "signals, threads, errors") {
  const long queue = syscall(SYS_mq_open, QueueName(), O_RDWR | O_CREAT, 0600, nullptr);
  sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGUSR1;
  Call(queue, &event);
  Call(queue, &event);
  Call(queue, nullptr);
  event.sigev_notify = SIGEV_THREAD;  // to the kernel: a socket in sigev_signo
  Call(queue, &event);
  event.sigev_notify = 77;
  Call(queue, &event);
  Call(-1, &event);
  close(static_cast<int>(queue));
  syscall(SYS_mq_unlink, QueueName());
}

namespace {

struct KernelHeader {
  void* name;
  unsigned long name_length;
  iovec* vectors;
  unsigned long count;
  void* control;
  unsigned long control_length;
  unsigned long flags;
};

}  // namespace

CASE(sendmsg, "data, much control data, errors") {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0) _exit(9);
  char text[] = "text", got[8] = {};
  iovec vector = {text, 4};
  KernelHeader header = {nullptr, 0, &vector, 1, nullptr, 0, 0};
  Call(ends[0], &header, 0);
  Seen(recv(ends[1], got, sizeof got, 0));
  Seen(got);
  // 253 descriptors are 1032 bytes of control data: more than musl's copy holds, as much as the kernel takes.
  alignas(8) static unsigned char control[1056];
  memset(control, 0, sizeof control);
  cmsghdr* first = reinterpret_cast<cmsghdr*>(control);
  const unsigned long length = CMSG_LEN(253 * sizeof(int));
  memcpy(first, &length, sizeof length);
  first->cmsg_level = SOL_SOCKET;
  first->cmsg_type = SCM_RIGHTS;
  header.control = control;
  header.control_length = CMSG_SPACE(253 * sizeof(int));
  Call(ends[0], &header, MSG_DONTWAIT);
  header.control = nullptr;
  header.control_length = 0;
  header.count = 1 | check::kHigh;
  Call(ends[0], &header, 0);
  Call(ends[0], nullptr, 0);
  Call(-1, &header, 0);
  close(ends[0]);
  close(ends[1]);
}
CASE(recvmsg, "data, descriptors, errors") {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0) _exit(9);
  if (send(ends[0], "text", 4, 0) != 4) _exit(9);
  char got[8] = {}, control[64] = {};
  iovec vector = {got, 2};
  KernelHeader header = {nullptr, 0, &vector, 1, control, sizeof control, 0};
  Call(ends[1], &header, 0);
  Seen(got);
  Seen(header.control_length);
  Seen(static_cast<int>(header.flags));
  Call(ends[1], &header, MSG_DONTWAIT);
  header.count = 1 | check::kHigh;
  Call(ends[1], &header, MSG_DONTWAIT);
  Call(ends[1], nullptr, MSG_DONTWAIT);
  close(ends[0]);
  close(ends[1]);
}
