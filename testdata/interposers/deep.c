// LD_PRELOAD library: every function of calls.h keeps DEEP_KIB KiB of the stack it is called on in use until it returns.
//
// In:  DEEP_KIB=N (default 32)
//      DEEP_REPORT=FILE  one line "deep PID BYTES" is appended per process, to show that it was there
// Out: the process aborts when the buffer was overwritten during the call. A vfork child must not run over the frames of its
//      parent, and this buffer is in one of them (Go forks by clone through libc's syscall(), which calls.h lists).
// Always: a program passes when its stacks are as deep as an interposer may want, on g0 and in signal handlers too.
#include <alloca.h>
#include <stddef.h>

#define WRAP(name, arguments)          \
  volatile char* room = alloca(depth); \
  dig(room);
#define AFTER(failed) inspect(room);

static size_t depth = 32 << 10;
static void dig(volatile char* room);
static inline void inspect(volatile char* room);
#include <fcntl.h>
#include <stdio.h>

#include "calls.h"

enum { kStep = 64, kMark = 0x5a };

// Touches the pages downwards, as a deep chain of calls would: a guard page is hit, not jumped over.
static void dig(volatile char* room) {
  for (size_t at = depth; at >= kStep; at -= kStep) room[at - kStep] = kMark;
}

// Inline, because a function that may return twice (syscall with CLONE_VFORK) must be the last call of its caller: the next
// call of the child would overwrite the return address that the parent still needs.
__attribute__((always_inline)) static inline void inspect(volatile char* room) {
  for (size_t at = 0; at + kStep <= depth; at += kStep) {
    if (room[at] != kMark) abort();
  }
}

CALLS(WRAPPER)

__attribute__((constructor)) static void start(void) {
  look_up_all();
  const char* kib = getenv("DEEP_KIB");
  if (kib && *kib) depth = (size_t)atoi(kib) << 10;
  const char* path = getenv("DEEP_REPORT");
  if (!path || !*path) return;
  int fd = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return;
  char line[64];
  int n = snprintf(line, sizeof line, "deep %d %zu\n", real_getpid(), depth);
  if (real_write(fd, line, (size_t)n) != n) abort();
  real_close(fd);
}
