// LD_PRELOAD library: every function of calls.h sets errno to a value that no system call gives, before and, when the real
// one succeeds, after it. A bridge that takes errno for the result of a call that succeeded, or that loses the errno of C
// code which a signal handler interrupted, is seen at once.
#include <errno.h>

// The place of errno is asked for before the real call, because no call may follow one that returns twice (syscall with
// CLONE_VFORK): it would overwrite the return address that the parent still needs.
#define WRAP(name, arguments) \
  int* place = &errno;        \
  *place = 4242;
#define AFTER(failed) \
  if (!(failed)) *place = 4242;
#include "calls.h"

CALLS(WRAPPER)

__attribute__((constructor)) static void start(void) { look_up_all(); }
