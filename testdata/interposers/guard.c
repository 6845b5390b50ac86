// LD_PRELOAD library: the process dies on any system call whose instruction lies in Go text.
//
// In:  the symbol table of the executable (runtime.text, runtime.etext; so it must not be stripped).
//      GUARD_OBJECT=NAME  guard the loaded object whose path ends in NAME instead of the executable (c-shared)
//      GUARD_REPORT=FILE  append "armed PID OBJECT LO-HI" (or "not armed PID OBJECT: why") to FILE
// Out: a seccomp filter that answers SECCOMP_RET_KILL_PROCESS inside the range and allows everything else.
// Always: programs without Go text are left alone. The filter is inherited by children, also across execve, so a child that
// is a Go program linked at the same fixed address is guarded by its parent's range too.
//
// The kernel reports the address after the instruction (seccomp_data.instruction_pointer, seccomp(2)), hence lo < ip <= hi.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct range {
  uint64_t lo, hi;
};

struct object {
  const char* wanted;  // suffix of the path; NULL: the executable
  uint64_t bias;
  char path[4096];
  int found;
};

static int ends_with(const char* text, const char* suffix) {
  size_t n = strlen(text), m = strlen(suffix);
  return n >= m && strcmp(text + n - m, suffix) == 0;
}

static int find_object(struct dl_phdr_info* info, size_t size, void* data) {
  struct object* object = data;
  (void)size;
  if (object->wanted && !ends_with(info->dlpi_name, object->wanted)) return 0;
  object->bias = info->dlpi_addr;  // the executable is the first entry (dl_iterate_phdr(3))
  snprintf(object->path, sizeof object->path, "%s", object->wanted ? info->dlpi_name : "/proc/self/exe");
  object->found = 1;
  return 1;
}

// Bounds of Go text in a mapped ELF file, zero when it has no such symbols.
static struct range go_text(const char* map) {
  struct range range = {0, 0};
  const ElfW(Ehdr)* header = (const void*)map;
  if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != (sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32))
    return range;
  const ElfW(Shdr)* section = (const void*)(map + header->e_shoff);
  for (int i = 0; i < header->e_shnum; i++) {
    if (section[i].sh_type != SHT_SYMTAB) continue;
    const ElfW(Sym)* symbol = (const void*)(map + section[i].sh_offset);
    const char* names = map + section[section[i].sh_link].sh_offset;
    for (size_t k = 0; k < section[i].sh_size / sizeof *symbol; k++) {
      const char* name = names + symbol[k].st_name;
      if (strcmp(name, "runtime.text") == 0) range.lo = symbol[k].st_value;
      if (strcmp(name, "runtime.etext") == 0) range.hi = symbol[k].st_value;
    }
  }
  return range;
}

static struct range read_range(const char* path) {
  struct range range = {0, 0};
  struct stat status;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return range;
  if (fstat(fd, &status) == 0 && status.st_size > (off_t)sizeof(ElfW(Ehdr))) {
    char* map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map != MAP_FAILED) {
      range = go_text(map);
      munmap(map, (size_t)status.st_size);
    }
  }
  close(fd);
  return range;
}

// Kills when lo < ip <= hi. BPF compares 32 bits at a time: jt and jf count instructions to skip.
static int arm(struct range range) {
  const uint32_t first_hi = (uint32_t)((range.lo + 1) >> 32), first_lo = (uint32_t)(range.lo + 1);
  const uint32_t last_hi = (uint32_t)(range.hi >> 32), last_lo = (uint32_t)range.hi;
  const uint32_t first = offsetof(struct seccomp_data, instruction_pointer);  // 64 bits on every machine
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  const uint32_t low = first + 4, high = first;
#else
  const uint32_t low = first, high = first + 4;
#endif
  struct sock_filter filter[] = {
      /* 0 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, high),
      /* 1 */ BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, first_hi, 3, 0),  // above the first word: look at the end
      /* 2 */ BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, first_hi, 0, 7),
      /* 3 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, low),
      /* 4 */ BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, first_lo, 0, 5),
      /* 5 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, high),
      /* 6 */ BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, last_hi, 3, 0),
      /* 7 */ BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, last_hi, 0, 3),
      /* 8 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, low),
      /* 9 */ BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, last_lo, 0, 1),
      /* 10 */ BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      /* 11 */ BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
  };
  struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0) return 0;
  if (errno != EACCES) return -1;  // EACCES: no CAP_SYS_ADMIN, so no_new_privs is demanded
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

static void report(const char* state, const char* object, struct range range, const char* why) {
  const char* path = getenv("GUARD_REPORT");
  if (!path || !*path) return;
  int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return;
  dprintf(fd, "%s %d %s %lx-%lx%s%s\n", state, (int)getpid(), object, (unsigned long)range.lo, (unsigned long)range.hi,
          *why ? ": " : "", why);
  close(fd);
}

__attribute__((constructor)) static void guard(void) {
  const char* wanted = getenv("GUARD_OBJECT");
  struct object object = {.wanted = wanted && *wanted ? wanted : NULL};
  dl_iterate_phdr(find_object, &object);
  if (!object.found) return;
  char name[4096] = "";
  ssize_t length = readlink(object.path, name, sizeof name - 1);
  if (length < 0) snprintf(name, sizeof name, "%s", object.path);
  struct range range = read_range(object.path);
  if (range.lo == 0 || range.hi == 0) {
    report("not armed", name, range, "no Go text in its symbol table");
    return;
  }
  range.lo += object.bias;
  range.hi += object.bias;
  int saved = errno;
  if (arm(range) == 0) {
    report("armed", name, range, "");
  } else {
    report("not armed", name, range, strerror(errno));
  }
  errno = saved;
}
