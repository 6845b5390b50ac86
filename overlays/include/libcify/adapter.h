// What all adapters have in common. An adapter stands for a system call whose libc function has another signature, another
// result or a structure of another size.
//
// In: the machine words of the call and its number. Out: the kernel's answer, and memory as the kernel would leave it.
// Always holds: where the arguments say something that libc's function cannot be told (another set size, a field that libc
// ignores), the same words go to libc's syscall(), so no call ever means something else than it does to the kernel. A null
// pointer gets the kernel's answer; other pointers to nowhere may fault in libc, where the kernel says EFAULT.
// errno of the thread may be changed (entry.h).
#pragma once

#include "libcify/entry.h"
#include "libcify/fallback.h"

#define LIBCIFY_ADAPTER(name) [[maybe_unused]] static long name(LIBCIFY_PARAMETERS)

// The call as it came, for the cases that libc's function does not cover.
#define LIBCIFY_AS_IT_CAME() libcify_generic(LIBCIFY_WORDS)

namespace libcify::adapters {

#if defined(__linux__)
// Another call by libc's syscall(), for what an adapter has to learn from the kernel itself.
[[maybe_unused]] static inline long ByNumber(unsigned long number, unsigned long a1 = 0, unsigned long a2 = 0,
                                             unsigned long a3 = 0, unsigned long a4 = 0, unsigned long a5 = 0,
                                             unsigned long a6 = 0) {
#if defined(__mips__)
  return libcify_generic(a1, a2, a3, a4, a5, a6, 0, number, nullptr);
#else
  return libcify_generic(a1, a2, a3, a4, a5, a6, number);
#endif
}

// -1 and errno, as the kernel says it.
static inline long Checked(long result) { return __builtin_expect(result == -1, 0) ? Failed(errno) : result; }

// What functions return that say the error number itself, or 0. What stands in front of libc, or in its place (posix_fadvise
// of zig's musl), may say -1 and errno.
[[maybe_unused]] static inline long Returned(int error) { return error == 0 ? 0 : Failed(error == -1 ? errno : error); }
#endif

template <class T>
static inline T* Pointer(unsigned long word) {
  return reinterpret_cast<T*>(word);
}

// The kernel reads an int argument from the low half of its word.
[[maybe_unused]] static inline int Int(unsigned long word) { return static_cast<int>(word); }
[[maybe_unused]] static inline unsigned int Unsigned(unsigned long word) { return static_cast<unsigned int>(word); }

// Whether a word that the kernel reads whole is a value that fits libc's int.
[[maybe_unused]] static inline bool FitsInt(unsigned long word) {
  return static_cast<long>(word) == static_cast<long>(static_cast<int>(word));
}

}  // namespace libcify::adapters
