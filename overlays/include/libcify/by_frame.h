// libcify_dispatch: what the assembly of every port but linux/amd64 calls (frame.h).
//
// In: a frame. Out: the kernel's answer, and the second result in the frame. Its table is libcify_table (table.h).
#pragma once

#include "libcify/frame.h"
#include "libcify/plain.h"

#if defined(__linux__)
//
#include <pthread.h>
#include <sys/syscall.h>

namespace libcify {
// No cancellation points. A child of vfork leaves by one of them, and what it had switched off would stay off for its
// parent.
inline bool EndsImage(unsigned long number) {
  return number == SYS_execve || number == SYS_execveat || number == SYS_exit || number == SYS_exit_group;
}
}  // namespace libcify

// Where errno must be kept, C code lies below, and its thread may be cancelled (pthread_cancel(3)). The kernel's calls are
// no cancellation points: libc's would unwind through Go's frames.
long libcify_dispatch(LibcifyFrame* frame) {
  const unsigned long* words = frame->arguments;
  const int saved = errno;
  int cancellation = PTHREAD_CANCEL_ENABLE;
  const bool disables = frame->keep_errno != 0 && !libcify::EndsImage(frame->number);
  if (disables) pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancellation);
  const LibcifyEntry& entry = libcify_table[LibcifyIndex(frame->number)];
  const long answer = libcify::CallEntry(entry, words[0], words[1], words[2], words[3], words[4], words[5],
#if defined(__mips__)
                                         words[6], frame->number, &frame->second);
#else
                                         frame->number);
#endif
  if (disables) pthread_setcancelstate(cancellation, nullptr);
  if (frame->keep_errno != 0) errno = saved;
  return answer;
}
#else
long libcify_dispatch(LibcifyFrame* frame) {
  const unsigned long* words = frame->arguments;
  const int saved = errno;
  LibcifyEntry& entry = libcify_table[LibcifyIndex(frame->number)];
  const bool may_fail = entry.kind < kLibcifyKernel;
  // -1 alone is no error: a priority or a traced word may be -1 (getpriority(2), ptrace(2)). By number it always is, and
  // there errno must be left alone: NetBSD's signal trampoline calls setcontext, which does not come back, and the errno of
  // what the signal interrupted would be lost.
  if (entry.function != reinterpret_cast<void*>(&libcify_generic)) errno = 0;
  [[maybe_unused]] const unsigned long second = frame->second;
#if defined(__NetBSD__)
  frame->second = 0;  // so says the kernel where a call sets none (sys/sys/syscallvar.h, sy_invoke)
#endif
  const long result = libcify::CallEntry(entry, words[0], words[1], words[2], words[3], words[4], words[5], words[6],
                                         words[7], frame->number, &frame->second);
  const int error = may_fail && result == -1 ? errno : 0;
  frame->error = error != 0 ? 1 : 0;
#if defined(__NetBSD__)
  if (error != 0) frame->second = second;
#endif
  if (frame->keep_errno != 0) errno = saved;
  return error != 0 ? error : result;
}
#endif
