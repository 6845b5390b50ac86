// LD_PRELOAD library: counts the calls of the functions in calls.h.
//
// In:  COUNT_FILE=PATH   where the counts go: one record of 32 bytes per function, its name in 24 bytes, then a 64-bit
//                        count, whose lower half alone is counted: 32-bit mips has no 64-bit atomics outside of libatomic.
//                        The file is shared memory, so the counts outlive any kind of death and add up over processes.
//      COUNT_ONLY=NAME   count only in the process whose executable has this base name
// Out: the counts; scripts/test/counts prints them.
// Always: adds nothing to what it counts except an atomic increment; keeps no file descriptor open.
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/syscall.h>

#include "calls.h"

struct record {
  char name[24];
  uint32_t count[2];
};
enum { lower_half = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ };

static struct record fallback[call_count];
static struct record* records = fallback;

#define WRAP(name, arguments) __atomic_fetch_add(&records[index_##name].count[lower_half], 1, __ATOMIC_RELAXED);
CALLS(WRAPPER)

#define NAME_OF(result, name, parameters, arguments) #name,
static const char* const names[] = {CALLS(NAME_OF)};

static int is_counted(void) {
  const char* only = getenv("COUNT_ONLY");
  char path[PATH_MAX] = "";
  if (!only || !*only) return 1;
  if (readlink("/proc/self/exe", path, sizeof path - 1) < 0) return 0;
  const char* base = strrchr(path, '/');
  return base && strcmp(base + 1, only) == 0;
}

__attribute__((constructor)) static void start(void) {
  look_up_all();
  const char* path = getenv("COUNT_FILE");
  if (!path || !*path || !is_counted()) return;
  int fd = real_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return;
  if (ftruncate(fd, sizeof fallback) == 0) {
    // PROT_READ | PROT_WRITE, MAP_SHARED: from mmap(2); <sys/mman.h> would clash with the list's prototypes
    struct record* map = real_mmap(NULL, sizeof fallback, 3, 1, fd, 0);
    if (map != (void*)-1) {
      for (int i = 0; i < call_count; i++) strncpy(map[i].name, names[i], sizeof map[i].name - 1);
      records = map;
    }
  }
  real_close(fd);
}
