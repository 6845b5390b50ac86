// libcify_dispatch: what the assembly calls on systems that say errors by a flag (frame.h). It stands before
// include/libcify/by_frame.h in the search path of their translation unit.
//
// In: a frame. Out: a value, or an error number with the frame's error word set; the second result in the frame.
#pragma once

#include "libcify/frame.h"
#include "libcify/plain.h"

// What the kernel says where a call sets no second result: 0, or on x86 but for NetBSD what the register held
// (cpu_fetch_syscall_args of FreeBSD's sys/amd64/amd64/trap.c, sys/i386/i386/trap.c, sys/arm/arm/syscall.c,
// sys/arm64/arm64/trap.c and sys/riscv/riscv/trap.c; DragonFly sys/platform/pc64/x86_64/trap.c, syscall2; NetBSD
// sys/sys/syscallvar.h, sy_invoke).
#if (defined(__x86_64__) || defined(__i386__)) && !defined(__NetBSD__)
constexpr bool kLibcifySecondStays = true;
#else
constexpr bool kLibcifySecondStays = false;
#endif

long libcify_dispatch(LibcifyFrame* frame) {
  const unsigned long* words = frame->arguments;
  const int saved = errno;
  LibcifyEntry& entry = libcify_table[LibcifyIndex(frame->number)];
  const bool may_fail = entry.kind < kLibcifyKernel;
  // -1 alone is no error: a priority or a traced word may be -1 (getpriority(2), ptrace(2)). By number it always is, and
  // there errno must be left alone: NetBSD's signal trampoline calls setcontext, which does not come back, and the errno of
  // what the signal interrupted would be lost.
  if (entry.function != reinterpret_cast<void*>(&libcify_generic)) errno = 0;
  const unsigned long second = frame->second;
  if (!kLibcifySecondStays) frame->second = 0;
  const long result = libcify::CallEntry(entry, words[0], words[1], words[2], words[3], words[4], words[5], words[6],
                                         words[7], frame->number, &frame->second);
  const int error = may_fail && result == -1 ? errno : 0;
  frame->error = error != 0 ? 1 : 0;
  if (error != 0) frame->second = second;
  if (frame->keep_errno != 0) errno = saved;
  return error != 0 ? error : result;
}
