// Nanoseconds per call of one operation: times OPERATION ROUNDS. ../main.go is the same in Go.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int zero, null;
static char buffer[1];
static struct stat status;

static int do_getpid(void) { return getpid() > 0; }
static int do_close(void) { return close(-1) == -1; }
static int do_read(void) { return read(zero, buffer, 1) == 1; }
static int do_pread(void) { return pread(zero, buffer, 1, 0) == 1; }
static int do_write(void) { return write(null, buffer, 1) == 1; }
static int do_fstat(void) { return fstat(zero, &status) == 0; }

static const struct {
  const char* name;
  int (*call)(void);
} kOperations[] = {{"getpid", do_getpid}, {"close(-1)", do_close}, {"read", do_read},
                   {"pread", do_pread},   {"write", do_write},     {"fstat", do_fstat}};

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int rounds = atoi(argv[2]);
  zero = open("/dev/zero", O_RDONLY);
  null = open("/dev/null", O_WRONLY);
  for (unsigned i = 0; i < sizeof kOperations / sizeof *kOperations; i++) {
    if (strcmp(argv[1], kOperations[i].name) != 0) continue;
    struct timespec begin, end;
    int good = 0;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int j = 0; j < rounds; j++) good += kOperations[i].call();
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (good != rounds) return 1;
    printf("%f\n", ((double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec)) / rounds);
    return 0;
  }
  return 2;
}
