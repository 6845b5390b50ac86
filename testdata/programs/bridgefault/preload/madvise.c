// LD_PRELOAD library: faults where memory is given back (bridgefault), on the thread that has asked for its parent's id:
// the runtime's own threads give memory back too.
#define _GNU_SOURCE 1
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Thread_local int armed;

pid_t getppid(void) {
  armed = 1;
  return (pid_t)syscall(SYS_getppid);
}

int madvise(void* address, size_t length, int advice) {
  if (armed && (advice == MADV_DONTNEED || advice == MADV_FREE)) *(volatile int*)8 = 1;
  return (int)syscall(SYS_madvise, address, length, advice);
}
