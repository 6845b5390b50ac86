// LD_PRELOAD library: a vfork whose child runs in the parent's thread, on the parent's memory and stack, until it executes a
// program or exits. qemu-user makes an ordinary fork of vfork, so that a trampoline that loses its way back passes there.
//
// In:  syscall(SYS_clone or SYS_clone3 with CLONE_VFORK|CLONE_VM, …), which the vfork trampoline calls.
// Out: it returns 0 (the child), and after the child's execve or exit a second time, to the same place with the registers
//      that a C function keeps, now the child's pid: what the kernel's vfork does. The program runs in a process of a real
//      fork, made when the child executes or exits.
//      VFORK_REPORT=FILE  the number of such children so far is written there (a test must see that there were some)
// Always: what the child does to the process instead of to itself is undone when the parent goes on: descriptors and working
// directory. What cannot be undone (setsid, setuid …) a test program must not ask for.
// A vfork's parent takes no signals while it waits, so this thread takes none: a handler would be fatal to Go ("signal
// received during fork"), and preemption would take the child to another thread. Actions and mask that the child sets wait
// for the process that executes; the handlers of the other threads stay what they are.
// One child at a time in the whole process: syscall.ForkLock is held from clone to execve.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

typedef long word;
enum { kDescriptors = 64, kKept = 128 };

static __thread int in_child;  // between clone and the child's end, in the thread that runs it

static struct {
  jmp_buf parent;
  volatile word pid;
  volatile unsigned made;
  int* descriptor;          // where CLONE_PIDFD wants it, or NULL
  int flags[kDescriptors];  // FD_CLOEXEC or not; -1: was not open
  int directory;
  sigset_t parent_mask;
  sigset_t mask;      // as the child has set it
  sigset_t defaults;  // signals to which it gave the default action
} child;

static word (*real_syscall)(word, ...);
static int (*real_execve)(const char*, char* const*, char* const*);
static void (*real_exit)(int);
static int (*real_sigaction)(int, const struct sigaction*, struct sigaction*);
static int (*real_sigprocmask)(int, const sigset_t*, sigset_t*);

static void remember(void) {
  for (int fd = 0; fd < kDescriptors; fd++) {
    child.flags[fd] = fcntl(fd, F_GETFD);
    if (child.flags[fd] < 0) continue;
    real_syscall(SYS_dup3, fd, kKept + fd, O_CLOEXEC, 0, 0, 0, 0);
  }
  child.directory = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  sigset_t all;
  sigfillset(&all);
  real_sigprocmask(SIG_SETMASK, &all, &child.parent_mask);
  child.mask = child.parent_mask;
  sigemptyset(&child.defaults);
}

static void restore(void) {
  for (int fd = 0; fd < kDescriptors; fd++) {
    if (child.flags[fd] < 0) {
      close(fd);
      continue;
    }
    real_syscall(SYS_dup3, kKept + fd, fd, child.flags[fd] & FD_CLOEXEC ? O_CLOEXEC : 0, 0, 0, 0, 0);
    close(kKept + fd);
  }
  if (child.directory >= 0 && fchdir(child.directory) == 0) close(child.directory);
}

static void report(void) {
  const char* path = getenv("VFORK_REPORT");
  char text[32];
  if (!path) return;
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  int n = snprintf(text, sizeof text, "children %u\n", child.made);
  if (fd < 0 || write(fd, text, (size_t)n) != n) abort();
  close(fd);
}

// The parent goes on: second return of the call that made the child.
static _Noreturn void go_on(word pid) {
  child.pid = pid;
  in_child = 0;
  restore();
  if (child.descriptor) *child.descriptor = (int)real_syscall(SYS_pidfd_open, pid, 0, 0, 0, 0, 0, 0);
  report();
  real_sigprocmask(SIG_SETMASK, &child.parent_mask, NULL);
  longjmp(child.parent, 1);
}

// Is this call a vfork? Then child.descriptor is set. clone(flags, stack, parent_tid, …), where s390x has the stack first;
// clone3(&{u64 flags, u64 pidfd, …}, size): clone(2).
static int is_vfork(word number, const word* a) {
  uint64_t head[2] = {0, 0};
  if (number == SYS_clone) {
#ifdef __s390x__
    head[0] = (unsigned long)a[1];
#else
    head[0] = (unsigned long)a[0];
#endif
    head[1] = (unsigned long)a[2];
  }
#ifdef SYS_clone3
  if (number == SYS_clone3) memcpy(head, (const void*)a[0], sizeof head);
#endif
  if ((head[0] & (CLONE_VM | CLONE_VFORK)) != (CLONE_VM | CLONE_VFORK)) return 0;
  child.descriptor = head[0] & CLONE_PIDFD ? (int*)(uintptr_t)head[1] : NULL;
  return 1;
}

static _Noreturn void end_child(int code) {
  pid_t pid = fork();
  if (pid == 0) real_exit(code);
  go_on(pid);
}

// Its frame must outlive the child, as the frame of an interposer around a real vfork must: the trampoline's business.
word syscall(word number, ...) __attribute__((returns_twice));
word syscall(word number, ...) {
  __builtin_va_list list;
  word a[7];  // mips: 7, pads included (syscall(2))
  __builtin_va_start(list, number);
  for (int i = 0; i < 7; i++) a[i] = __builtin_va_arg(list, word);
  __builtin_va_end(list);
  if (is_vfork(number, a)) {
    remember();
    if (setjmp(child.parent) != 0) return child.pid;
    child.made++;
    in_child = 1;
    return 0;
  }
  if (in_child && (number == SYS_exit || number == SYS_exit_group)) end_child((int)a[0]);
  return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
}

// In the forked process, where actions come first: qemu-user lets it inherit signals that are pending.
static void take_signals(void) {
  const struct sigaction by_default = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++)
    if (sigismember(&child.defaults, number) == 1) real_sigaction(number, &by_default, NULL);
  real_sigprocmask(SIG_SETMASK, &child.mask, NULL);
}

// The child executes: a process of its own does. A pipe that execve closes brings back the error of one that fails.
int execve(const char* path, char* const argv[], char* const envp[]) {
  if (!in_child) return real_execve(path, argv, envp);
  int ends[2], error = 0;
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  pid_t pid = fork();
  if (pid == 0) {
    for (int fd = kKept; fd < kKept + kDescriptors; fd++) close(fd);
    take_signals();
    real_execve(path, argv, envp);
    error = errno;
    if (write(ends[1], &error, sizeof error) < 0) real_exit(98);
    real_exit(97);
  }
  close(ends[1]);
  ssize_t got = read(ends[0], &error, sizeof error);
  close(ends[0]);
  if (got <= 0) go_on(pid);
  waitpid(pid, NULL, 0);
  errno = error;
  return -1;
}

void _exit(int code) {
  if (in_child) end_child(code);
  real_exit(code);
  __builtin_unreachable();
}

int sigaction(int number, const struct sigaction* action, struct sigaction* old) {
  if (!in_child || !action) return real_sigaction(number, action, old);
  if (action->sa_handler != SIG_DFL) abort();  // Go's child takes handlers away only
  sigaddset(&child.defaults, number);
  return real_sigaction(number, NULL, old);
}

int sigprocmask(int how, const sigset_t* set, sigset_t* old) {
  if (!in_child) return real_sigprocmask(how, set, old);
  if (set && how != SIG_SETMASK) abort();  // Go's child sets the mask whole, once
  if (old) *old = child.mask;
  if (set) child.mask = *set;
  return 0;
}

__attribute__((constructor)) static void start(void) {
  *(void**)&real_syscall = dlsym(RTLD_NEXT, "syscall");
  *(void**)&real_execve = dlsym(RTLD_NEXT, "execve");
  *(void**)&real_exit = dlsym(RTLD_NEXT, "_exit");
  *(void**)&real_sigaction = dlsym(RTLD_NEXT, "sigaction");
  *(void**)&real_sigprocmask = dlsym(RTLD_NEXT, "sigprocmask");
}
