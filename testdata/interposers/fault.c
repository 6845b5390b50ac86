// LD_PRELOAD library: getppid() faults inside this library, as a bug in any C library would. Nothing else is changed.
#include <sys/types.h>

pid_t getppid(void) {
  volatile int* nowhere = (volatile int*)8;
  return *nowhere;
}
