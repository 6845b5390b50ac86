// Names in the file system: what exists, what it is, who may use it.
#pragma once

#include <sys/statvfs.h>
#include <sys/xattr.h>

#include "differential.h"

namespace {
using namespace differential;

const int kHere = AT_FDCWD;

// The kernel's structure of a file that both runs share, whatever its layout is.
template <class Try>
void Status(Try attempt) {
  alignas(8) unsigned char status[256];
  memset(status, 0, sizeof status);
  attempt(static_cast<void*>(status));
  See(status, sizeof status);
}
}  // namespace

// With O_LARGEFILE, as Go does: musl sets it in any case (docs/bindings.md).
SCENARIO(open, 2, 3) {
  Descriptor(Call("new", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_LARGEFILE, 0640));
  Path("new");
  Descriptor(Call("new", O_WRONLY | O_APPEND | O_LARGEFILE));
  Call("new", O_RDWR | O_CREAT | O_EXCL, 0640);
  Call("no", O_RDONLY);
  Call("new/below", O_RDONLY);
  Call(Nowhere(), O_RDONLY);
}
SCENARIO(openat, 3, 4) {
  const int folder = MUST(open(".", O_RDONLY | O_DIRECTORY));
  Descriptor(Call(folder, "new", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_LARGEFILE, 0604));
  Path("new");
  Descriptor(Call(kHere, "new", O_RDONLY | O_NONBLOCK | O_LARGEFILE));
  Descriptor(Call(kHere, ".", O_PATH | O_DIRECTORY));
  Call(folder, "no", O_RDONLY);
  Call(-1, "new", O_RDONLY);
  Call(kHere, "", O_RDONLY);
  Call(kHere, Nowhere(), O_RDONLY);
}
SCENARIO(creat, 1, 2) {
  Descriptor(Call("new", 0751));
  Path("new");
  Call("no/new", 0644);
  Call(".", 0644);
}
SCENARIO(access, 2, 3) {
  close(File());
  Call("file", R_OK | W_OK);
  Call("file", F_OK);
  Call("no", F_OK);
  Call("file", 0x777);
  Call(Nowhere(), F_OK);
}
SCENARIO(faccessat, 2, 3) {
  close(File());
  Call(kHere, "file", R_OK);
  Call(kHere, "file", F_OK, 0x7777);
  Call(kHere, "no", F_OK);
  Call(kHere, "file", 0x777);
  Call(-1, "file", F_OK);
}
SCENARIO(faccessat2, 2, 3) {
  close(File());
  Call(kHere, "file", R_OK, 0);
  Call(kHere, "file", R_OK, AT_EACCESS);
  Call(kHere, "file", F_OK, 0x7777);
  Call(kHere, "no", F_OK, 0);
  Call(-1, "file", F_OK, 0);
}
SCENARIO(chdir, 1, 3) {
  close(File());
  MUST(mkdir("below", 0755));
  Call("below");
  Path("../below");
  Call("no");
  Call("../file");
  Call(Nowhere());
}
SCENARIO(fchdir, 1, 2) {
  const int file = File();
  MUST(mkdir("below", 0755));
  Call(MUST(open("below", O_RDONLY)));
  Path("../file");
  Call(file);
  Call(-1);
}
SCENARIO(chroot, 1, 2) {
  MUST(mkdir("below", 0755));
  close(File("below/inside"));
  Call("no");
  Call(Nowhere());
  Call("below");
  Path("/inside");
}
SCENARIO(getcwd, 2, 2) {
  MUST(chdir("/proc"));
  char text[16];
  memset(text, 'x', sizeof text);
  Call(text, sizeof text);
  Seen(text);
  Call(text, 6);
  Call(text, 5);
  Call(nullptr, 64);
  Call(text, 0);
}
SCENARIO(rename, 1, 2) {
  close(File());
  Call("file", "other");
  Path("other");
  Path("file");
  Call("no", "other");
  Call("other", "no/other");
}
SCENARIO(renameat, 1, 2) {
  close(File());
  Call(kHere, "file", kHere, "other");
  Path("other");
  Call(kHere, "no", kHere, "other");
  Call(-1, "other", kHere, "no");
}
SCENARIO(renameat2, 2, 2) {
  close(File());
  MUST(symlink("to", "link"));
  Call(kHere, "file", kHere, "link", 2);  // RENAME_EXCHANGE
  Path("link");
  Path("file");
  Call(kHere, "file", kHere, "link", 1);  // RENAME_NOREPLACE
  Call(kHere, "file", kHere, "link", 0x777);
  Call(kHere, "file", kHere, "other", 1);
  Path("other");
}
SCENARIO(mkdir, 1, 2) {
  Call("new", 01751);
  Path("new");
  Call("new", 0755);
  Call("no/new", 0755);
}
SCENARIO(mkdirat, 1, 2) {
  Call(kHere, "new", 0751);
  Path("new");
  Call(kHere, "new", 0755);
  Call(-1, "other", 0755);
}
SCENARIO(rmdir, 1, 3) {
  MUST(mkdir("new", 0755));
  close(File("new/file"));
  Call("new");
  Call("new/file");
  Call("no");
  MUST(unlink("new/file"));
  Call("new");
  Path("new");
}
SCENARIO(link, 1, 2) {
  close(File());
  Call("file", "other");
  Path("other");
  Call("file", "other");
  Call("no", "third");
}
SCENARIO(linkat, 2, 3) {
  close(File());
  MUST(symlink("file", "link"));
  Call(kHere, "link", kHere, "other", AT_SYMLINK_FOLLOW);
  Path("other");
  Call(kHere, "link", kHere, "third", 0);
  Path("third");
  Call(kHere, "file", kHere, "other", 0);
  Call(kHere, "file", kHere, "fourth", 0x7777);
  Call(-1, "file", kHere, "fourth", 0);
}
SCENARIO(unlink, 1, 2) {
  close(File());
  Call("file");
  Path("file");
  Call("file");
  Call(".");
}
SCENARIO(unlinkat, 2, 3) {
  close(File());
  MUST(mkdir("new", 0755));
  Call(kHere, "new", 0);
  Call(kHere, "new", AT_REMOVEDIR);
  Path("new");
  Call(kHere, "file", 0);
  Path("file");
  Call(kHere, "file", 0);
  Call(kHere, "file", 0x7777);
}
SCENARIO(symlink, 1, 2) {
  Call("to", "link");
  Path("link");
  Call("to", "link");
  Call("", "other");
}
SCENARIO(symlinkat, 1, 2) {
  Call("to", kHere, "link");
  Path("link");
  Call("to", kHere, "link");
  Call("to", -1, "other");
}
SCENARIO(readlink, 1, 3) {
  close(File());
  MUST(symlink("to-somewhere", "link"));
  char text[16] = {};
  Call("link", text, sizeof text);
  Seen(text);
  Call("link", text, 2);
  Call("link", text, 0);
  Call("file", text, sizeof text);
  Call("no", text, sizeof text);
}
SCENARIO(readlinkat, 1, 3) {
  MUST(symlink("to-somewhere", "link"));
  char text[16] = {};
  Call(kHere, "link", text, sizeof text);
  Seen(text);
  Call(kHere, "link", text, 0);
  Call(kHere, "no", text, sizeof text);
  Call(-1, "link", text, sizeof text);
}
SCENARIO(chmod, 1, 2) {
  close(File());
  Call("file", 04751);
  Path("file");
  Call("no", 0600);
  Call(Nowhere(), 0600);
}
SCENARIO(fchmod, 1, 2) {
  const int fd = File();
  Call(fd, 02640);
  Path("file");
  Call(-1, 0600);
  Call(MUST(open("file", O_PATH)), 0600);
}
SCENARIO(fchmodat, 1, 2) {
  close(File());
  Call(kHere, "file", 0611);
  Path("file");
  Call(kHere, "file", 0612, 0x7777);
  Path("file");
  Call(kHere, "no", 0600);
  Call(-1, "file", 0600);
}
SCENARIO(chown, 1, 2) {
  close(File());
  Call("file", -1, -1);
  Call("file", 1234, 0x12345);
  Path("file");
  Call("no", 1, 1);
  Call(Nowhere(), 1, 1);
}
SAME_AS(chown32, chown, 1, 2)
SCENARIO(fchown, 1, 2) {
  const int fd = File();
  Call(fd, 1234, 0x12345);
  Path("file");
  Call(-1, 1, 1);
  Call(MUST(open("file", O_PATH)), 1, 1);
}
SAME_AS(fchown32, fchown, 1, 2)
SCENARIO(lchown, 1, 2) {
  MUST(symlink("to", "link"));
  Call("link", 1234, 0x12345);
  Path("link");
  Call("no", 1, 1);
  Call(Nowhere(), 1, 1);
}
SAME_AS(lchown32, lchown, 1, 2)
SCENARIO(fchownat, 2, 3) {
  close(File());
  MUST(symlink("file", "link"));
  Call(kHere, "link", 12, 13, AT_SYMLINK_NOFOLLOW);
  Call(kHere, "link", 14, -1, 0);
  Path("link");
  Path("file");
  Call(kHere, "no", 1, 1, 0);
  Call(kHere, "file", 1, 1, 0x7777);
  Call(-1, "file", 1, 1, 0);
}
SCENARIO(mknod, 1, 2) {
  Call("fifo", S_IFIFO | 0640, 0);
  Path("fifo");
  Call("device", S_IFCHR | 0600, 0x12345);
  Path("device");
  Call("fifo", S_IFREG | 0600, 0);
  Call("other", S_IFLNK | 0600, 0);
}
SCENARIO(mknodat, 1, 2) {
  Call(kHere, "fifo", S_IFIFO | 0640, 0);
  Path("fifo");
  Call(kHere, "device", S_IFBLK | 0600, 0x12345);
  Path("device");
  Call(kHere, "fifo", S_IFREG | 0600, 0);
  Call(-1, "other", S_IFREG | 0600, 0);
}
SCENARIO(utime, 1, 2) {
  close(File());
  const long times[2] = {1234, 5678};
  Call("file", times);
  Path("file");
  Call("file", nullptr);
  Call("no", times);
  Call(Nowhere(), times);
}
SCENARIO(utimes, 1, 3) {
  close(File());
  const long times[4] = {1000, 5, 2000, 6}, bad[4] = {0, 0, 0, 1000000};
  Call("file", times);
  Path("file");
  Call("file", bad);
  Call("no", times);
  Call(Nowhere(), times);
}
SCENARIO(futimesat, 1, 3) {
  close(File());
  const long times[4] = {1000, 5, 2000, 6}, bad[4] = {0, 0, 0, -1};
  Call(kHere, "file", times);
  Path("file");
  Call(kHere, "file", bad);
  Call(kHere, "no", times);
  Call(-1, "file", times);
}
namespace {
template <class T>
void Utimensat() {
  const int fd = File();
  const T times[4] = {1000, 5, 2000, 6}, bad[4] = {0, 0, 0, 1000000000}, omit[4] = {0, (1 << 30) - 2, 3000, 7};
  MUST(symlink("file", "link"));
  Call(kHere, "file", times, 0);
  Path("file");
  Call(fd, nullptr, omit, 0);
  Path("file");
  Call(kHere, "link", times, AT_SYMLINK_NOFOLLOW);
  Path("link");
  Call(kHere, "file", bad, 0);
  Call(kHere, "file", times, 0x7777);
  Call(kHere, "no", times, 0);
  Call(kHere, nullptr, times, 0);
}
}  // namespace
SCENARIO(utimensat, 3, 4) { Utimensat<long>(); }
SCENARIO(utimensat_time64, 3, 4) { Utimensat<long long>(); }
SCENARIO(stat, 1, 2) {
  Status([](void* status) { Call(shared_file, status); });
  Status([](void* status) {
    Call("no", status);
    Call(Nowhere(), status);
    if (kPointersPass) Call(shared_file, nullptr);
  });
}
SAME_AS(stat64, stat, 1, 2)
SCENARIO(lstat, 1, 2) {
  Status([](void* status) { Call("/proc/self", status); });
  Status([](void* status) {
    Call("no", status);
    Call(Nowhere(), status);
  });
}
SAME_AS(lstat64, lstat, 1, 2)
SCENARIO(fstat, 1, 1) {
  const int fd = MUST(open(shared_file, O_RDONLY));
  Status([fd](void* status) { Call(fd, status); });
  Status([fd](void* status) {
    Call(-1, status);
    if (kPointersPass) Call(fd, nullptr);
  });
}
SAME_AS(fstat64, fstat, 1, 1)
SCENARIO(newfstatat, 3, 4) {
  const int fd = MUST(open(shared_file, O_RDONLY));
  Status([](void* status) { Call(kHere, shared_file, status, 0); });
  Status([](void* status) { Call(kHere, "/proc/1/exe", status, AT_SYMLINK_NOFOLLOW); });
  Status([fd](void* status) { Call(fd, "", status, AT_EMPTY_PATH); });
  Status([](void* status) {
    Call(kHere, "no", status, 0);
    Call(kHere, shared_file, status, 0x7777);
    Call(-1, "no", status, 0);
    Call(kHere, "", status, 0);
  });
}
SAME_AS(fstatat64, newfstatat, 3, 4)
SCENARIO(statx, 2, 3) {
  Status([](void* status) { Call(kHere, shared_file, 0, 0x7ff, status); });
  Status([](void* status) { Call(kHere, shared_file, AT_SYMLINK_NOFOLLOW, 1, status); });
  Status([](void* status) {
    Call(kHere, "no", 0, 0x7ff, status);
    Call(kHere, shared_file, 0x77777, 0x7ff, status);
    Call(kHere, shared_file, 0, 0x80000000, status);
  });
}
SCENARIO(statfs, 1, 2) {
  Status([](void* status) { Call("/proc", status); });
  Status([](void* status) {
    Call("no", status);
    Call(Nowhere(), status);
  });
}
SCENARIO(fstatfs, 1, 1) {
  const int fd = MUST(open("/proc", O_RDONLY));
  Status([fd](void* status) { Call(fd, status); });
  Status([fd](void* status) {
    Call(-1, status);
    if (kPointersPass) Call(fd, Nowhere());
  });
}
#if defined(__s390x__) || defined(__arm__)  // arch/*/include/uapi/asm/statfs.h: words of 32 bits; packed
const unsigned long kStatfs64 = 88;
#elif defined(__LP64__)
const unsigned long kStatfs64 = 120;
#else
const unsigned long kStatfs64 = 84;
#endif
SCENARIO(statfs64, 1, 2) {
  Status([](void* status) { Call("/proc", kStatfs64, status); });
  Status([](void* status) {
    Call("no", kStatfs64, status);
    Call("/proc", 7, status);
  });
}
SCENARIO(fstatfs64, 1, 2) {
  const int fd = MUST(open("/proc", O_RDONLY));
  Status([fd](void* status) { Call(fd, kStatfs64, status); });
  Status([fd](void* status) {
    Call(-1, kStatfs64, status);
    Call(fd, 7, status);
  });
}
SCENARIO(umask, 2, 0) {
  Call(027);
  Call(0777770);
  close(File());
  Path("file");
}
SCENARIO(truncate, 1, 3) {
  close(File());
  Call("file", 3L);
  Path("file");
  Call("file", -1L);
  Call("no", 1L);
  Call(".", 1L);
}
SCENARIO(truncate64, 2, 3) {
  close(File());
  Call("file", 3LL);
  Path("file");
  Call("file", 5LL << 32);
  struct statvfs unused;
  Seen(statvfs("file", &unused));
  Call("file", -1LL);
  Call("no", 1LL);
  Call(".", 1LL);
}

// Attributes of files.
namespace {
// tmpfs has no attributes of users before Linux 6.6, only root's.
bool UsersHaveAttributes() { return getxattr("file", "user.one", nullptr, 0) >= 0 || errno != EOPNOTSUPP; }
const char* One() { return UsersHaveAttributes() ? "user.one" : "trusted.one"; }
const char* Two() { return UsersHaveAttributes() ? "user.two" : "trusted.two"; }
template <class... Where>
void Attributes(Where... where) {
  Call(where..., One(), "value", 5UL, 0);
  Call(where..., One(), "other", 5UL, XATTR_CREATE);
  Call(where..., Two(), "other", 5UL, XATTR_REPLACE);
  char text[16] = {};
  Seen(getxattr("file", One(), text, sizeof text));
  Seen(text);
}
template <class... Where>
void ReadAttributes(Where... where) {
  MUST(setxattr("file", One(), "value", 5, 0));
  char text[16] = {};
  Call(where..., One(), text, sizeof text);
  Seen(text);
  Call(where..., One(), text, 0UL);
  Call(where..., One(), text, 2UL);
  Call(where..., Two(), text, sizeof text);
}
template <class... Where>
void ListAttributes(Where... where) {
  MUST(setxattr("file", One(), "value", 5, 0));
  char text[256] = {};
  Call(where..., text, sizeof text);
  Seen(text);
  Call(where..., text, 0UL);
  Call(where..., text, 2UL);
}
template <class... Where>
void RemoveAttributes(Where... where) {
  MUST(setxattr("file", One(), "value", 5, 0));
  Call(where..., One());
  Call(where..., One());
  char text[16] = {};
  Seen(getxattr("file", One(), text, sizeof text));
}
}  // namespace
SCENARIO(setxattr, 1, 3) {
  close(File());
  Attributes("file");
  Call("no", "user.one", "value", 5UL, 0);
}
SCENARIO(lsetxattr, 1, 3) {
  close(File());
  Attributes("file");
  Call("no", "user.one", "value", 5UL, 0);
}
SCENARIO(fsetxattr, 1, 3) {
  Attributes(File());
  Call(-1, "user.one", "value", 5UL, 0);
}
SCENARIO(getxattr, 2, 3) {
  close(File());
  ReadAttributes("file");
  Call("no", "user.one", nullptr, 0);
}
SCENARIO(lgetxattr, 2, 3) {
  close(File());
  ReadAttributes("file");
  Call("no", "user.one", nullptr, 0);
}
SCENARIO(fgetxattr, 2, 3) {
  ReadAttributes(File());
  Call(-1, "user.one", nullptr, 0);
}
SCENARIO(listxattr, 2, 2) {
  close(File());
  ListAttributes("file");
  Call("no", nullptr, 0);
}
SCENARIO(llistxattr, 2, 2) {
  close(File());
  ListAttributes("file");
  Call("no", nullptr, 0);
}
SCENARIO(flistxattr, 2, 2) {
  ListAttributes(File());
  Call(-1, nullptr, 0);
}
SCENARIO(removexattr, 1, 2) {
  close(File());
  RemoveAttributes("file");
  Call("no", "user.one");
}
SCENARIO(lremovexattr, 1, 2) {
  close(File());
  RemoveAttributes("file");
  Call("no", "user.one");
}
SCENARIO(fremovexattr, 1, 2) {
  RemoveAttributes(File());
  Call(-1, "user.one");
}
