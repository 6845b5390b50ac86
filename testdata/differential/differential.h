// The frame of the differential runs: what each bound system call answers and leaves, by the kernel and through the table.
//
// In: TABLE, the generated translation unit of a target with the very rows that programs get; CALLS, lines of
// CALL(name, number, how, shape) for every number of that target (scripts/test/differential writes them); scenarios.
// Out: a line per call. A scenario runs in a child process of its own, once with raw_call and once by the table, both from
// the same parent and in a fresh folder, so addresses, descriptors and files are alike. What it made known with Call, Seen
// and Path lies in shared memory, which outlives every end of the child; it and the child's end must be the same, byte for
// byte. What libc calls for a scenario's set-up is no part of it: both ways do the same there.
#pragma once

#include TABLE
//
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../shims/words.h"
#include "raw.h"

namespace differential {

struct Traced {
  unsigned long long number, words[6];
};

// What one run of a scenario made known.
struct Run {
  volatile int calling;  // between the start and the end of a call under test: for the tracer
  volatile int hung;     // ended from outside, because it did not end
  int answers, successes, errors, status;
  bool absent, full;  // the kernel does not know the call; the record has no room left
  unsigned used, traces, passing_count;
  unsigned long passing[16];  // numbers that are others each time: of processes, of queues
  unsigned char record[1 << 15];
  Traced trace[128];
};

struct Scenario {
  const char* call;
  int successes, errors;  // at least so many, on a kernel of the machine itself
  void (*run)();
  bool not_made;  // never made: only its number and words are compared, where they can be caught
  Scenario* next;
};

enum class Way { kRaw, kTable };

inline Scenario* scenarios = nullptr;
inline Run* run = nullptr;  // of this child
inline pid_t self;          // this child
inline long slowness = 1;   // so many times longer a scenario lets what it set up take its time
inline Way way;
inline unsigned long number;

struct Register {
  explicit Register(Scenario& scenario) {
    scenario.next = scenarios;
    scenarios = &scenario;
  }
};

// A part of the record: 'a' an answer, 'm' memory, each with its size.
inline void Note(char kind, const void* bytes, unsigned size) {
  if (run->used + size + 5 > sizeof run->record) {
    run->full = true;
    return;
  }
  run->record[run->used++] = static_cast<unsigned char>(kind);
  memcpy(run->record + run->used, &size, sizeof size);
  memcpy(run->record + run->used + sizeof size, bytes, size);
  run->used += sizeof size + size;
}

inline void See(const void* bytes, unsigned long size) { Note('m', bytes, static_cast<unsigned>(size)); }
// A value, or memory that the call may have written.
template <class T>
void Seen(const T& value) {
  See(&value, sizeof value);
}

inline long Make(const unsigned long* w) {
  run->calling = 1;
  const long answer = way == Way::kRaw ? raw_call(static_cast<long>(number), w[0], w[1], w[2], w[3], w[4], w[5])
                                       : check::ByEntry(libcify_table[LibcifyIndex(number)], w, number);
  run->calling = 0;
  ++run->answers;
  const bool error = static_cast<unsigned long>(answer) > -4096UL;
  ++(error ? run->errors : run->successes);
  if (answer == -ENOSYS && run->answers == 1) run->absent = true;
  return answer;
}

// The call under test.
template <class... T>
long Call(T... arguments) {
  check::Words words;
  (words.Put(arguments), ...);
  const long answer = Make(words.at);
  Note('a', &answer, sizeof answer);
  return answer;
}

// A number that is another one in each run, for the comparison of traces.
inline void Passing(long value) {
  if (run->passing_count < 16) run->passing[run->passing_count++] = static_cast<unsigned long>(value);
}

// A call whose answer is another one each time (a process, a time): of a success only that it is one is compared.
template <class... T>
long CallNew(T... arguments) {
  check::Words words;
  (words.Put(arguments), ...);
  const long answer = Make(words.at), shown = static_cast<unsigned long>(answer) > -4096UL ? answer : 0;
  if (getpid() != self) return answer;  // of a process that the call made; the record is its parent's
  if (shown == 0) Passing(answer);
  Note('a', &shown, sizeof shown);
  return answer;
}

// What a file is now: kind and mode, owner, size, links; its first bytes; its times, where they are not the present.
inline void Path(const char* path) {
  struct stat status;
  const int answer = lstat(path, &status);
  Seen(answer);
  if (answer != 0) return;
  const long shown[] = {static_cast<long>(status.st_mode),
                        static_cast<long>(status.st_uid),
                        static_cast<long>(status.st_gid),
                        static_cast<long>(status.st_size),
                        static_cast<long>(status.st_nlink),
                        static_cast<long>(status.st_rdev),
                        status.st_mtime < 100000 ? static_cast<long>(status.st_mtime) : -1,
                        status.st_mtime < 100000 ? status.st_mtim.tv_nsec : -1,
                        status.st_atime < 100000 ? static_cast<long>(status.st_atime) : -1};
  Seen(shown);
  if (!S_ISREG(status.st_mode)) return;
  char text[64] = {};
  const int fd = open(path, O_RDONLY);
  if (fd < 0) return;
  const long got = read(fd, text, sizeof text);
  See(text, got > 0 ? static_cast<unsigned long>(got) : 0);
  close(fd);
}

// What a descriptor is now, by calls that no scenario of it makes.
inline void Descriptor(long fd) {
  const int shown[] = {fcntl(static_cast<int>(fd), F_GETFD), fcntl(static_cast<int>(fd), F_GETFL)};
  struct stat status = {};
  const int answer = fstat(static_cast<int>(fd), &status);
  Seen(shown);
  Seen(answer);
  Seen(status.st_mode);
}

// Set-up that must work.
[[noreturn]] inline void Broken(const char* what) {
  fprintf(stderr, "differential: set-up failed: %s: %s\n", what, strerror(errno));
  _exit(99);
}
template <class T>
T Must(T answer, const char* what) {
  if ((long)answer == -1) Broken(what);
  return answer;
}
#define MUST(call) differential::Must((call), #call)

// A file of this run with ten bytes, open for both.
inline int File(const char* name = "file") {
  const int fd = MUST(open(name, O_RDWR | O_CREAT | O_TRUNC | O_LARGEFILE, 0644));
  MUST(write(fd, "0123456789", 10));
  MUST(lseek(fd, 0, SEEK_SET));
  return fd;
}

// How long a file is, on 32-bit ports too, where glibc's plain off_t is a word and musl has the 64 bits only.
inline long long Length(int fd) {
#if defined(__GLIBC__)
  return lseek64(fd, 0, SEEK_END);
#else
  return lseek(fd, 0, SEEK_END);
#endif
}

inline int signals_seen = 0;
// Counts a signal instead of dying of it.
inline void Catch(int signal, int flags = 0) {
  struct sigaction action = {};
  action.sa_handler = [](int) { ++signals_seen; };
  action.sa_flags = flags;
  MUST(sigaction(signal, &action, nullptr));
}

// The path of a file that all runs share and none writes: same inode, same times.
inline const char* shared_file = nullptr;

// An address that is none of this process.
inline void* Nowhere() { return reinterpret_cast<void*>(8); }

// Where libc hands structures on as they are. Elsewhere (musl; times and limits on 32-bit ports) it reads and writes them
// itself, and a pointer to nowhere is a crash, not EFAULT (docs/bindings.md). On loong64 glibc makes stat of statx.
#if defined(__GLIBC__) && defined(__LP64__) && !defined(__loongarch__)
constexpr bool kPointersPass = true;
#else
constexpr bool kPointersPass = false;
#endif

}  // namespace differential

// The name is not to be expanded: musl has macros of some names.
#define DIFFERENTIAL_SCENARIO(function, scenario, registered, text, successes, errors, not_made)    \
  static void function();                                                                           \
  static differential::Scenario scenario = {text, successes, errors, &function, not_made, nullptr}; \
  static const differential::Register registered(scenario);                                         \
  static void function()

// SCENARIO(call, successes, errors) { … }: at least so many answers of either kind. One success and two errors, but where
// the call has no errors or none that can be had here.
#define SCENARIO(name, successes, errors) \
  DIFFERENTIAL_SCENARIO(Run_##name, scenario_##name, register_##name, #name, successes, errors, false)
// A call that would stop the machine or change it for all.
#define NOT_MADE(name) DIFFERENTIAL_SCENARIO(Run_##name, scenario_##name, register_##name, #name, 0, 0, true)
// A number of the same contract under another name.
#define SAME_AS(name, other, successes, errors) \
  DIFFERENTIAL_SCENARIO(Run_##name, scenario_##name, register_##name, #name, successes, errors, false) { Run_##other(); }
