// The frame through which an architecture's assembly calls libc: machine words, on the stack that libc runs on.
//
// The assembly writes these words, calls libcify_dispatch with the frame's address, and takes the answer from it and the
// second result from its word; the other words are as before, so that it can take registers back from them. What else it
// saves for itself lies behind LIBCIFY_FRAME_WORDS. linux/amd64 needs no frame: its assembly calls through the table by
// itself. The answer is a value or -errno on Linux; on the BSDs a value or, where the error word is not 0, errno.
//
// Assembly and C++ both include this: the numbers count words, so that one list serves 32 and 64 bits.
#pragma once

#define LIBCIFY_FRAME_NUMBER 0  // as the site gave it, with the base of the ABI (mips: 4000, 5000)
#if defined(__linux__)
#define LIBCIFY_FRAME_ARGUMENT1 1   // seven of them; the seventh is 0 but for mips o32, where it lies on the stack
#define LIBCIFY_FRAME_KEEP_ERRNO 8  // not 0: errno is as it was before
#define LIBCIFY_FRAME_SECOND 9      // second result register: in what the site had there, out what it gets
#define LIBCIFY_FRAME_WORDS 10      // even, so that a frame of 64-bit words keeps a stack aligned to 16
#else
#define LIBCIFY_FRAME_ARGUMENT1 1  // eight of them, as many as a call of the BSDs has (struct sysent, sy_narg)
#define LIBCIFY_FRAME_KEEP_ERRNO 9
#define LIBCIFY_FRAME_SECOND 10
#define LIBCIFY_FRAME_ERROR 11  // out: 1 where the answer is an error number, else 0
#define LIBCIFY_FRAME_WORDS 12
#endif

#if !defined(__ASSEMBLER__)

struct LibcifyFrame {
  unsigned long number;
  unsigned long arguments[LIBCIFY_FRAME_KEEP_ERRNO - LIBCIFY_FRAME_ARGUMENT1];
  unsigned long keep_errno;
  unsigned long second;
#if !defined(__linux__)
  unsigned long error;
#endif
};

#define LIBCIFY_FRAME_HAS(field, word)                                                       \
  static_assert(__builtin_offsetof(LibcifyFrame, field) == (word) * sizeof(unsigned long) && \
                    sizeof(LibcifyFrame) == LIBCIFY_FRAME_WORDS * sizeof(unsigned long),     \
                "libcify: the frame of the assembly has " #field " elsewhere")
LIBCIFY_FRAME_HAS(number, LIBCIFY_FRAME_NUMBER);
LIBCIFY_FRAME_HAS(arguments, LIBCIFY_FRAME_ARGUMENT1);
LIBCIFY_FRAME_HAS(keep_errno, LIBCIFY_FRAME_KEEP_ERRNO);
LIBCIFY_FRAME_HAS(second, LIBCIFY_FRAME_SECOND);
#if !defined(__linux__)
LIBCIFY_FRAME_HAS(error, LIBCIFY_FRAME_ERROR);
#endif
#undef LIBCIFY_FRAME_HAS

// Makes the call of a frame. On Linux it gives a value or -errno, as the kernel does before an architecture's flag is set.
// For a child of vfork and for signal handlers as well: it takes no lock and allocates nothing.
extern "C" __attribute__((visibility("hidden"))) long libcify_dispatch(LibcifyFrame* frame);

#endif
