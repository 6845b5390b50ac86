// struct stat where libc's function does not leave what the kernel's call leaves: libc's fills libc's structure, and the
// fields are copied to the kernel's.
//
// mips64: the kernel's numbers of devices and times have 32 bits (arch/mips/include/uapi/asm/stat.h). 32-bit ports: glibc
// leaves the short inode number and the padding as they were, and its structure is longer than the caller's memory on mips;
// musl has 64-bit times behind the kernel's fields (arch/*/bits/stat.h).
#pragma once

#include "libcify/adapter.h"
#include "libcify/adapters_wide.h"
//
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__mips__) || !defined(__LP64__)
#define LIBCIFY_COPIES_STAT 1

namespace libcify::adapters {

#if defined(__mips__) && defined(__LP64__)
struct KernelStat {  // struct stat
  unsigned int device, pad0[3];
  unsigned long inode;
  unsigned int mode, links, uid, gid, special, pad1[3];
  long size;
  unsigned int atime, atime_nsec, mtime, mtime_nsec, ctime, ctime_nsec, block_size, pad2;
  unsigned long blocks;
};
static_assert(sizeof(KernelStat) == 104, "arch/mips/include/uapi/asm/stat.h, struct stat of n64");
#elif defined(__mips__)
struct KernelStat {  // struct stat64
  unsigned long device, pad0[3];
  unsigned long long inode;
  unsigned int mode, links, uid, gid;
  unsigned long special, pad1[3];
  long long size;
  long atime, atime_nsec, mtime, mtime_nsec, ctime, ctime_nsec;
  unsigned long block_size, pad2;
  long long blocks;
};
static_assert(sizeof(KernelStat) == 104, "arch/mips/include/uapi/asm/stat.h, struct stat64 of o32");
#else
struct KernelStat {  // struct stat64
  unsigned long long device;
  unsigned char pad0[4];
  unsigned long short_inode;
  unsigned int mode, links, uid, gid;
  unsigned long long special;
  unsigned char pad3[4];
  long long size;
  unsigned long block_size;
  unsigned long long blocks;
  unsigned long atime, atime_nsec, mtime, mtime_nsec, ctime, ctime_nsec;
  unsigned long long inode;
};
#if defined(__i386__)
static_assert(sizeof(KernelStat) == 96, "arch/x86/include/uapi/asm/stat.h, struct stat64");
#else
static_assert(sizeof(KernelStat) == 104, "arch/arm/include/uapi/asm/stat.h, struct stat64");
#endif
#endif

using Stat = struct LIBCIFY_LARGE(stat);

template <class Field, class Value>
static inline void Put(Field& field, Value value) {
  field = static_cast<Field>(value);
}

[[maybe_unused]] static inline long CopyStat(int result, const Stat& from, unsigned long to) {
  if (result == -1) return libcify_errno_neg();
  KernelStat out = {};
  Put(out.device, from.st_dev);
  Put(out.inode, from.st_ino);
#if !defined(__mips__)
  Put(out.short_inode, from.st_ino);
#endif
  Put(out.mode, from.st_mode);
  Put(out.links, from.st_nlink);
  Put(out.uid, from.st_uid);
  Put(out.gid, from.st_gid);
  Put(out.special, from.st_rdev);
  Put(out.size, from.st_size);
  Put(out.block_size, from.st_blksize);
  Put(out.blocks, from.st_blocks);
  Put(out.atime, from.st_atim.tv_sec);
  Put(out.atime_nsec, from.st_atim.tv_nsec);
  Put(out.mtime, from.st_mtim.tv_sec);
  Put(out.mtime_nsec, from.st_mtim.tv_nsec);
  Put(out.ctime, from.st_ctim.tv_sec);
  Put(out.ctime_nsec, from.st_ctim.tv_nsec);
  *Pointer<KernelStat>(to) = out;
  return 0;
}

LIBCIFY_ADAPTER(copied_stat) {
  if (a1 == 0 || a2 == 0) return LIBCIFY_AS_IT_CAME();
  Stat status;
  return CopyStat(::LIBCIFY_LARGE(stat)(Pointer<const char>(a1), &status), status, a2);
}
LIBCIFY_ADAPTER(copied_lstat) {
  if (a1 == 0 || a2 == 0) return LIBCIFY_AS_IT_CAME();
  Stat status;
  return CopyStat(::LIBCIFY_LARGE(lstat)(Pointer<const char>(a1), &status), status, a2);
}
LIBCIFY_ADAPTER(copied_fstat) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  Stat status;
  return CopyStat(::LIBCIFY_LARGE(fstat)(Int(a1), &status), status, a2);
}
LIBCIFY_ADAPTER(copied_fstatat) {
  constexpr int kFlags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH;  // libc makes statx of it, which has more
  if (a2 == 0 || a3 == 0 || (Int(a4) & ~kFlags) != 0) return LIBCIFY_AS_IT_CAME();
  Stat status;
  return CopyStat(::LIBCIFY_LARGE(fstatat)(Int(a1), Pointer<const char>(a2), &status, Int(a4)), status, a3);
}

}  // namespace libcify::adapters

#endif
