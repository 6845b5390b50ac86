// The frame in which adapters and whole tables are compared with the kernel: each case runs once by libc's syscall() and
// once by the adapter (or by the table's entry), from the same start, and result and memory must be the same.
//
// A case is a function that makes its call with Call and may show memory to Seen; it is run twice, with Call going the one
// way and the other, and what it gave is compared. Cases register themselves. No C++ library. Each *_check.cc is a program.
//
// With LIBCIFY_NAIVE the table named by LIBCIFY_ROWS has libc's functions where adapters belong, and each case shows whether
// that can be told from the kernel. Such a call may crash or wait for ever, so each case runs in a child.
#pragma once

#include "libcify/entry.h"
//
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
//
#include "libcify/adapters.h"
#include "libcify/dispatch.h"

namespace check {

struct Case {
  const char* adapter;
  const char* what;
  LibcifyAdapter* function;
  long number;
  void (*run)();
  Case* next;
};

inline Case* cases = nullptr;
inline const Case* current = nullptr;
inline const LibcifyEntry* table = nullptr;  // where it is given, its entries are compared, not the adapters
inline bool by_adapter = false;
inline unsigned char record[2][1 << 16];
inline unsigned long recorded[2];

inline void Note(const void* bytes, unsigned long size) {
  unsigned long& used = recorded[by_adapter ? 1 : 0];
  if (used + size > sizeof record[0]) size = sizeof record[0] - used;
  memcpy(record[by_adapter ? 1 : 0] + used, bytes, size);
  used += size;
}

// Memory that the kernel may have written.
template <class T>
void Seen(const T& value) {
  Note(&value, sizeof value);
}

template <class T>
unsigned long Word(T value) {
  return (unsigned long)value;
}

// The call under test, as the kernel answers. The answer is compared.
template <class... T>
long Call(T... arguments) {
  const unsigned long words[6] = {Word(arguments)...};
  long answer;
  if (by_adapter) {
    const LibcifyEntry adapter = {reinterpret_cast<void*>(current->function), kLibcifyKernel};
    answer = libcify::CallEntry(table != nullptr ? table[current->number] : adapter, words[0], words[1], words[2], words[3],
                                words[4], words[5], static_cast<unsigned long>(current->number));
  } else {
    answer = syscall(current->number, words[0], words[1], words[2], words[3], words[4], words[5]);
    if (answer == -1) answer = -static_cast<long>(errno);
  }
  Seen(answer);
  return answer;
}

// A call whose answer is not the same twice (a new descriptor, a time): only its sign or error is compared.
template <class... T>
long CallForNew(T... arguments) {
  unsigned long& used = recorded[by_adapter ? 1 : 0];
  const unsigned long before = used;
  const long answer = Call(arguments...);
  used = before;
  Seen(answer < 0 ? answer : 0L);
  return answer;
}

// "/libcify-check-" and the process's number: message queues are named system-wide, and these programs run side by side.
inline const char* QueuePath() {
  static char path[48];
  if (path[0] == '\0') snprintf(path, sizeof path, "/libcify-check-%d", getpid());
  return path;
}
inline const char* QueueName() { return QueuePath() + 1; }

struct Register {
  explicit Register(Case& entry) {
    entry.next = cases;
    cases = &entry;
  }
};

// Runs the current case both ways and says what came of it.
inline bool RunCase() {
  recorded[0] = recorded[1] = 0;
  by_adapter = false;
  current->run();
  by_adapter = true;
  current->run();
  printf("%s: %s", current->adapter, current->what);
  long answers[2];
  memcpy(&answers[0], record[0], sizeof(long));
  memcpy(&answers[1], record[1], sizeof(long));
  if (recorded[0] == recorded[1] && memcmp(record[0], record[1], recorded[0]) == 0) {
    printf(": same (%ld, %lu bytes)\n", answers[0], recorded[0]);
    return true;
  }
  unsigned long at = 0;
  while (at < recorded[0] && at < recorded[1] && record[0][at] == record[1][at]) ++at;
  printf(": DIFFERS at byte %lu of %lu and %lu (first answers %ld and %ld)\n", at, recorded[0], recorded[1], answers[0],
         answers[1]);
  return false;
}

inline bool RunCaseInChild() {
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    alarm(2);
    const bool same = RunCase();
    fflush(stdout);
    _exit(same ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) printf("%s: %s: DIFFERS, signal %d\n", current->adapter, current->what, WTERMSIG(status));
  return status == 0;
}

inline int RunAll() {
  int failures = 0, count = 0;
  for (current = cases; current != nullptr; current = current->next) {
    ++count;
#if defined(LIBCIFY_NAIVE)
    if (!RunCaseInChild()) ++failures;
#else
    if (!RunCase()) ++failures;
#endif
  }
  printf("%d cases, %d differ\n", count, failures);
  return failures == 0 ? 0 : 1;
}

}  // namespace check

#define CHECK_NAME2(line) check_case_##line
#define CHECK_NAME(line) CHECK_NAME2(line)
#define CHECK_JOIN2(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN2(a, b)

#define CHECK_CASE(name, what, function)                                                                              \
  static void CHECK_JOIN(Run, __LINE__)();                                                                            \
  static check::Case CHECK_NAME(__LINE__) = {#name, what, function, SYS_##name, &CHECK_JOIN(Run, __LINE__), nullptr}; \
  static const check::Register CHECK_JOIN(Register, __LINE__)(CHECK_NAME(__LINE__));                                  \
  static void CHECK_JOIN(Run, __LINE__)()

// CASE(adapter, "what is tried") { … }
#define CASE(name, what) CHECK_CASE(name, what, &libcify::adapters::name)
// The same for whatever the table binds to the number.
#define BINDING(name, what) CHECK_CASE(name, what, nullptr)

#if defined(LIBCIFY_NAIVE)
#include LIBCIFY_ROWS
#endif

int main() {
#if defined(LIBCIFY_ROWS)
  libcify_first(0, 0, 0, 0, 0, 0, SYS_getpid);
  check::table = libcify_table;
#endif
  return check::RunAll();
}
