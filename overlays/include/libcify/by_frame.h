// libcify_dispatch: what every architecture's assembly but amd64's calls (frame.h).
//
// In: a frame. Out: the kernel's answer, and the second result in the frame. Its table is libcify_table (table.h).
#pragma once

#include "libcify/frame.h"
#include "libcify/plain.h"

long libcify_dispatch(LibcifyFrame* frame) {
  const unsigned long* words = frame->arguments;
  const int saved = errno;
  const LibcifyEntry& entry = libcify_table[LibcifyIndex(frame->number)];
  const long answer = libcify::CallEntry(entry, words[0], words[1], words[2], words[3], words[4], words[5],
#if defined(__mips__)
                                         words[6], frame->number, &frame->second);
#else
                                         frame->number);
#endif
  if (frame->keep_errno != 0) errno = saved;
  return answer;
}
