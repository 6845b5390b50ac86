// The frame in which adapters and whole tables are compared with the kernel: each case runs once by libc's syscall() and
// once by the adapter (or by the table's entry), from the same start, and result and memory must be the same.
//
// A case is a function that makes its call with Call and may show memory to Seen; it is run twice, with Call going the one
// way and the other, and what it gave is compared. Cases register themselves. No C++ library. Each *_check.cc is a program.
//
// A call that the architecture does not have is left out. Programs are compiled for every port at hand and run natively or
// by qemu-user, which makes the kernel's part of both ways.
//
// With LIBCIFY_NAIVE the table named by LIBCIFY_ROWS has libc's functions where adapters belong, and each case shows whether
// that can be told from the kernel. Such a call may crash or wait for ever, so each case runs in a child.
#pragma once

#include "libcify/entry.h"
//
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
//
#include "libcify/adapters.h"
#include "libcify/dispatch.h"
//
#include "words.h"

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

// A bit of a word that the kernel does not read where it takes an int; 0 where a word is one.
// qemu-user does read it.
static const bool emulated = getenv("LIBCIFY_EMULATED") != nullptr;
static const unsigned long kHigh = sizeof(long) == 8 && !emulated ? 1UL << (sizeof(long) * 4) : 0;

// libc's syscall() hands on six arguments, and mips o32 has calls of seven.
inline long Raw(const unsigned long* w) {
#if defined(__mips__) && !defined(__LP64__)
  register long number asm("$2") = current->number;
  register unsigned long a1 asm("$4") = w[0], a2 asm("$5") = w[1], a3 asm("$6") = w[2], a4 asm("$7") = w[3];
  asm volatile("subu $29, 32\n\tsw %[a5], 16($29)\n\tsw %[a6], 20($29)\n\tsw %[a7], 24($29)\n\tsyscall\n\taddiu $29, 32"
               : "+r"(number), "+r"(a4)
               : "r"(a1), "r"(a2), "r"(a3), [a5] "r"(w[4]), [a6] "r"(w[5]), [a7] "r"(w[6])
               : "memory", "$1", "$3", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25");
  return a4 != 0 ? -number : number;
#else
  const long answer = syscall(current->number, w[0], w[1], w[2], w[3], w[4], w[5]);
  return answer == -1 ? -static_cast<long>(errno) : answer;
#endif
}

// The call under test, as the kernel answers. The answer is compared.
template <class... T>
long Call(T... arguments) {
  Words words;
  (words.Put(arguments), ...);
  const unsigned long number = static_cast<unsigned long>(current->number);
  long answer;
  if (by_adapter) {
    const LibcifyEntry adapter = {reinterpret_cast<void*>(current->function), kLibcifyKernel};
    answer = ByEntry(table != nullptr ? table[LibcifyIndex(number)] : adapter, words.at, number);
  } else {
    const unsigned long* w = words.at;
    answer = Raw(w);
  }
  Seen(answer);
  return answer;
}

// The value of a macro SYS_x from its expansion: "3", "(4000 + 3)". The name itself where there is no such call: -1.
constexpr long Number(const char* text) {
  long sum = 0, number = 0;
  for (; *text != '\0'; ++text) {
    if (*text >= '0' && *text <= '9') {
      number = number * 10 + (*text - '0');
    } else if (*text == '_' || (*text >= 'A' && *text <= 'z')) {
      return -1;
    } else {
      sum += number;
      number = 0;
    }
  }
  return sum + number;
}

// Whether the kernel (or qemu-user) has the call under test.
inline bool Exists() { return syscall(current->number, -1, -1, -1, -1, -1, -1) != -1 || errno != ENOSYS; }

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
    if (current->number < 0) {
      printf("%s: %s: not on this architecture\n", current->adapter, current->what);
      continue;
    }
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

#define CHECK_TEXT2(text) #text
#define CHECK_TEXT(text) CHECK_TEXT2(text)
#define CHECK_CASE(name, what, function)                                                                  \
  static void CHECK_JOIN(Run, __LINE__)();                                                                \
  static check::Case CHECK_NAME(__LINE__) = {                                                             \
      #name, what, function, check::Number(CHECK_TEXT(SYS_##name)), &CHECK_JOIN(Run, __LINE__), nullptr}; \
  static const check::Register CHECK_JOIN(Register, __LINE__)(CHECK_NAME(__LINE__));                      \
  static void CHECK_JOIN(Run, __LINE__)()

// CASE(adapter, "what is tried") { … }
#define CASE(name, what) CHECK_CASE(name, what, &libcify::adapters::name)
// An adapter that has another name than the call: CASE_OF(adapter, call, "what is tried").
#define CASE_OF(name, call, what) CHECK_CASE(call, what, &libcify::adapters::name)
// The same for whatever the table binds to the number.
#define BINDING(name, what) CHECK_CASE(name, what, nullptr)

#if defined(LIBCIFY_NAIVE)
#include LIBCIFY_ROWS
#endif

int main() {
#if defined(LIBCIFY_ROWS)
  const unsigned long none[8] = {};
  const LibcifyEntry first = {reinterpret_cast<void*>(&libcify_first), kLibcifyKernel};
  check::ByEntry(first, none, SYS_getpid);
  check::table = libcify_table;
#endif
  return check::RunAll();
}
