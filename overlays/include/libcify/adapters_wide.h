// Calls with file offsets and other values of 64 bits. Where a word has 64 bits these are plain; where it has 32, kernels
// and architectures split them in their own ways (syscall(2), "Architecture-specific requirements").
#pragma once

#include "libcify/adapter.h"
//
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

// glibc has another name for the functions of 64-bit offsets where a word has 32 bits; musl knows no other offsets.
#if defined(__LP64__) || !defined(__GLIBC__)
#define LIBCIFY_LARGE(name) name
#else
#define LIBCIFY_LARGE(name) name##64
#endif

namespace libcify::adapters {

// An offset that comes as a low and a high word (pos_from_hilo in fs/read_write.c: the high one is shifted out where the low
// one holds all of it).
[[maybe_unused]] static inline long long LowHigh(unsigned long low, unsigned long high) {
  return sizeof(long) == 8 ? static_cast<long long>(low)
                           : static_cast<long long>(static_cast<unsigned long long>(high) << 32 | low);
}

#if !defined(__LP64__)
// A value in two words as the C ABI passes it: the first one in memory first.
[[maybe_unused]] static inline long long InTwo(unsigned long first, unsigned long second) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return LowHigh(second, first);
#else
  return LowHigh(first, second);
#endif
}
#endif

// The number of vectors is an unsigned int to the kernel (import_iovec).
LIBCIFY_ADAPTER(preadv) {
  return Checked(::LIBCIFY_LARGE(preadv)(Int(a1), Pointer<const iovec>(a2), Int(a3), LowHigh(a4, a5)));
}
LIBCIFY_ADAPTER(pwritev) {
  return Checked(::LIBCIFY_LARGE(pwritev)(Int(a1), Pointer<const iovec>(a2), Int(a3), LowHigh(a4, a5)));
}

#if defined(__GLIBC__)
#if defined(__LP64__)
#define LIBCIFY_PREADV2 ::preadv2
#define LIBCIFY_PWRITEV2 ::pwritev2
#else
#define LIBCIFY_PREADV2 ::preadv64v2
#define LIBCIFY_PWRITEV2 ::pwritev64v2
#endif
// The flags are the kernel's sixth word and libc's fifth argument.
LIBCIFY_ADAPTER(preadv2) {
  return Checked(LIBCIFY_PREADV2(Int(a1), Pointer<const iovec>(a2), Int(a3), LowHigh(a4, a5), Int(a6)));
}
LIBCIFY_ADAPTER(pwritev2) {
  return Checked(LIBCIFY_PWRITEV2(Int(a1), Pointer<const iovec>(a2), Int(a3), LowHigh(a4, a5), Int(a6)));
}
#endif

// The offset as two words in a fixed order, also where one would do (fs/read_write.c, sys_llseek).
LIBCIFY_ADAPTER(llseek) {
  if (a4 == 0) return LIBCIFY_AS_IT_CAME();
  const auto offset = static_cast<long long>(static_cast<unsigned long long>(a2) << 32 | a3);
  const long long position = ::LIBCIFY_LARGE(lseek)(Int(a1), offset, Int(a5));
  if (position == -1) return libcify_errno_neg();
  *Pointer<long long>(a4) = position;
  return 0;
}

// libc's function returns the error number.
LIBCIFY_ADAPTER(fadvise64) {
#if defined(__LP64__)
  return Returned(::posix_fadvise(Int(a1), static_cast<off_t>(a2), static_cast<off_t>(a3), Int(a4)));
#elif defined(__mips__)
  return Returned(::LIBCIFY_LARGE(posix_fadvise)(Int(a1), InTwo(a3, a4), InTwo(a5, a6), Int(a7)));
#else
  // The length has one word (arch/x86/kernel/sys_ia32.c).
  return Returned(::LIBCIFY_LARGE(posix_fadvise)(Int(a1), InTwo(a2, a3), a4, Int(a5)));
#endif
}

#if defined(__arm__)
// Advice before offset, so that pairs of registers are aligned (arch/arm/kernel/sys_arm.c).
LIBCIFY_ADAPTER(fadvise64_64) {
  return Returned(::LIBCIFY_LARGE(posix_fadvise)(Int(a1), InTwo(a3, a4), InTwo(a5, a6), Int(a2)));
}
#elif !defined(__LP64__)
LIBCIFY_ADAPTER(fadvise64_64) {
  return Returned(::LIBCIFY_LARGE(posix_fadvise)(Int(a1), InTwo(a2, a3), InTwo(a4, a5), Int(a6)));
}
#endif

// The flags come before the offset (fs/sync.c, sys_sync_file_range2).
LIBCIFY_ADAPTER(sync_file_range2) {
#if defined(__LP64__)
  return Checked(::sync_file_range(Int(a1), static_cast<off_t>(a3), static_cast<off_t>(a4), Unsigned(a2)));
#else
  return Checked(::sync_file_range(Int(a1), InTwo(a3, a4), InTwo(a5, a6), Unsigned(a2)));
#endif
}

[[maybe_unused]] static inline long Mapped(void* address) {
  return address == MAP_FAILED ? libcify_errno_neg() : reinterpret_cast<long>(address);
}

// The offset counts units of 4096 bytes, whatever the size of a page (mmap2(2)).
LIBCIFY_ADAPTER(mmap2) {
  const auto offset = static_cast<long long>(static_cast<unsigned long long>(a6) << 12);
  return Mapped(::LIBCIFY_LARGE(mmap)(Pointer<void>(a1), a2, Int(a3), Int(a4), Int(a5), offset));
}

// The arguments lie behind a pointer on 386 and s390x (mm/mmap.c, sys_old_mmap).
LIBCIFY_ADAPTER(old_mmap) {
  if (a1 == 0) return LIBCIFY_AS_IT_CAME();
  const unsigned long* words = Pointer<const unsigned long>(a1);
  return Mapped(::LIBCIFY_LARGE(mmap)(Pointer<void>(words[0]), words[1], Int(words[2]), Int(words[3]), Int(words[4]),
                                      static_cast<long long>(words[5])));
}

// The kernel is told the size and refuses another (fs/statfs.c).
LIBCIFY_ADAPTER(statfs64) {
  using Status = struct LIBCIFY_LARGE(statfs);
  if (a2 != sizeof(Status)) return LIBCIFY_AS_IT_CAME();
  return Checked(::LIBCIFY_LARGE(statfs)(Pointer<const char>(a1), Pointer<Status>(a3)));
}
LIBCIFY_ADAPTER(fstatfs64) {
  using Status = struct LIBCIFY_LARGE(statfs);
  if (a2 != sizeof(Status)) return LIBCIFY_AS_IT_CAME();
  return Checked(::LIBCIFY_LARGE(fstatfs)(Int(a1), Pointer<Status>(a3)));
}

// A device number is a word to the kernel and 64 bits to libc.
LIBCIFY_ADAPTER(mknod) { return Checked(::mknod(Pointer<const char>(a1), static_cast<unsigned short>(a2), Unsigned(a3))); }
LIBCIFY_ADAPTER(mknodat) {
  return Checked(::mknodat(Int(a1), Pointer<const char>(a2), static_cast<unsigned short>(a3), Unsigned(a4)));
}

}  // namespace libcify::adapters
