// Which system calls reach the kernel from inside a call under test, by ptrace(2).
//
// In: a child that called TraceMe. Out: its end, and the numbers and words of every system call that it made while
// run->calling. Where the call must not be made, its number is turned to none at the entry; the caller sees ENOSYS.
#pragma once

#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#include "differential.h"

namespace differential {

inline int Wait(pid_t child) {
  int status = 0;
  MUST(waitpid(child, &status, 0));
  return status;
}

// struct ptrace_syscall_info of linux/ptrace.h, whose header and libc's do not go together; of an entry.
struct SyscallInfo {
  unsigned char op, pad[3];
  unsigned arch;
  unsigned long long instruction, stack, number, words[6];
  unsigned long long more[4];
};
constexpr int kGetSyscallInfo = 0x420e;
constexpr unsigned char kEntry = 1;

inline void TraceMe() {
  MUST(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
  raise(SIGSTOP);
}

using Request = decltype(PTRACE_TRACEME);
inline long Ask(Request request, pid_t child, void* address, void* data) { return ptrace(request, child, address, data); }
// The word of the child's registers at that offset.
inline void SetWord(pid_t child, unsigned long at, long value) {
  MUST(Ask(PTRACE_POKEUSER, child, reinterpret_cast<void*>(at), reinterpret_cast<void*>(value)));
}
// A set of registers of elf.h, read and written as a whole.
template <class Registers>
void Exchange(Request request, pid_t child, unsigned long set, Registers& registers) {
  iovec piece = {&registers, sizeof registers};
  MUST(Ask(request, child, reinterpret_cast<void*>(set), &piece));
}

// Turns the number of the call that the child is about to make to one that no kernel has (arch/*/kernel/ptrace.c).
inline void NotMade(pid_t child) {
#if defined(__x86_64__)
  SetWord(child, offsetof(struct user_regs_struct, orig_rax), -1);
#elif defined(__i386__)
  SetWord(child, offsetof(struct user_regs_struct, orig_eax), -1);
#elif defined(__powerpc64__)
  SetWord(child, 0, -1);  // r0
#elif defined(__mips__)
  SetWord(child, 2, -1);  // v0, by its number
#elif defined(__arm__)
  constexpr int kSetSyscall = 23;
  MUST(Ask(static_cast<Request>(kSetSyscall), child, nullptr, reinterpret_cast<void*>(-1L)));
#elif defined(__s390x__)
  SetWord(child, offsetof(struct _user_regs_struct, gprs[2]), -1);
#elif defined(__aarch64__)
  constexpr unsigned long kSystemCall = 0x404;  // NT_ARM_SYSTEM_CALL
  int none = -1;
  Exchange(PTRACE_SETREGSET, child, kSystemCall, none);
#elif defined(__riscv)
  constexpr unsigned long kGeneral = 1, kA7 = 17;  // NT_PRSTATUS: pc, then x1 to x31
  long registers[32];
  Exchange(PTRACE_GETREGSET, child, kGeneral, registers);
  registers[kA7] = -1;
  Exchange(PTRACE_SETREGSET, child, kGeneral, registers);
#else
  (void)child;
  Broken("no way to leave out a call on this machine");
#endif
}

inline int Trace(pid_t child, bool not_made, Run* into) {
  int status = Wait(child);
  if (!WIFSTOPPED(status)) return status;
  MUST(Ask(PTRACE_SETOPTIONS, child, nullptr, reinterpret_cast<void*>(PTRACE_O_TRACESYSGOOD)));
  long deliver = 0;
  for (;;) {
    MUST(Ask(PTRACE_SYSCALL, child, nullptr, reinterpret_cast<void*>(deliver)));
    deliver = 0;
    status = Wait(child);
    if (!WIFSTOPPED(status)) return status;
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
      const bool event = WSTOPSIG(status) == SIGTRAP;  // execve: what follows are calls of the new program
      if (event) into->calling = 0;
      deliver = event ? 0 : WSTOPSIG(status);
      continue;
    }
    SyscallInfo info = {};
    MUST(Ask(static_cast<Request>(kGetSyscallInfo), child, reinterpret_cast<void*>(sizeof info), &info));
    if (info.op != kEntry || into->calling == 0) continue;
    if (into->traces < sizeof into->trace / sizeof into->trace[0]) {
      Traced& traced = into->trace[into->traces++];
      traced.number = info.number;
      memcpy(traced.words, info.words, sizeof traced.words);
    }
    if (not_made) NotMade(child);
  }
}

// Whether the words that libc's function of that shape takes are the same; all six where no shape says which count. Of an
// int the kernel looks at the lower half.
inline bool SameWord(unsigned long long one, unsigned long long other, unsigned long long mask, const Run& raw,
                     const Run& table) {
  if (((one ^ other) & mask) == 0) return true;
  for (unsigned i = 0; i < raw.passing_count && i < table.passing_count; ++i) {
    if (((one ^ raw.passing[i]) & mask) == 0 && ((other ^ table.passing[i]) & mask) == 0) return true;
  }
  return false;
}
inline bool SameWords(const Traced& one, const Traced& other, const char* shape, const Run& raw, const Run& table) {
  const char* const takes = strchr(shape, '=');
  for (unsigned i = 0; i < 6; ++i) {
    if (takes != nullptr && takes[1 + i] == '\0') return true;
    if (takes != nullptr && takes[1 + i] == '.') return true;
    const bool is_int = takes != nullptr && (takes[1 + i] == 'i' || takes[1 + i] == 'u');
    const unsigned long long mask = is_int ? 0xffffffff : ~0ULL;
    if (!SameWord(one.words[i], other.words[i], mask, raw, table)) return false;
  }
  return true;
}

// Two columns: "same", "words" (the same calls with other words: copies of memory, say), "other" or "nothing"; and the calls
// of both sides where they differ.
inline void ShowTraces(const Run& raw, const Run& table, const char* shape) {
  bool numbers = raw.traces == table.traces, words = numbers;
  for (unsigned i = 0; numbers && i < raw.traces; ++i) {
    numbers = raw.trace[i].number == table.trace[i].number;
    // The end of a handler takes no words; where the handler's frame lies depends on libc's.
    if (raw.trace[i].number == SYS_rt_sigreturn) continue;
#if defined(SYS_sigreturn)
    if (raw.trace[i].number == SYS_sigreturn) continue;
#endif
    words = words && SameWords(raw.trace[i], table.trace[i], shape, raw, table);
  }
  printf("%s\t", !numbers ? "other" : !words ? "words" : raw.traces > 0 ? "same" : "nothing");
  if (numbers && words) return;
  const Run* const both[] = {&raw, &table};
  for (const Run* one : both) {
    printf("%s", one == &raw ? "kernel:" : " table:");
    for (unsigned i = 0; i < one->traces && i < 12; ++i) {
      const Traced& traced = one->trace[i];
      printf(" %llu", traced.number);
      if (!numbers) continue;
      for (unsigned word = 0; word < 6; ++word) printf("%c%llx", word == 0 ? '(' : ',', traced.words[word]);
      printf(")");
    }
  }
}

}  // namespace differential
