// Calls that libc's functions serve directly, compared with the kernel through a generated table: files and descriptors.
//
// LIBCIFY_ROWS names the table, as bind_report writes it. Chosen are places where libc does more than make the call, or
// where a caller could see the difference.
#include LIBCIFY_ROWS
//
#include "adapters_check.h"
//
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>

// musl has a macro of this name.
#undef pread64

using check::Call;
using check::CallForNew;
using check::Seen;

namespace {

constexpr int kHere = AT_FDCWD;

struct File {
  File() {
    if (mkdtemp(path) == nullptr || chdir(path) != 0) _exit(9);
    fd = open("file", O_RDWR | O_CREAT, 0600);
    if (fd < 0 || write(fd, "0123456789", 10) != 10) _exit(9);
  }
  ~File() {
    close(fd);
    const char* names[] = {"file", "other", "node"};
    for (const char* name : names) unlink(name);
    if (chdir("/") != 0 || rmdir(path) != 0) _exit(9);
  }
  char path[32] = "/tmp/libcify-check-XXXXXX";
  int fd;
};

void Close(long fd) {
  if (fd >= 0) close(static_cast<int>(fd));
}

}  // namespace

BINDING(epoll_create, "sizes") {
  Close(CallForNew(5));
  Call(0);
  Call(-1);
}
BINDING(fcntl, "three arguments, owners, locks, errors") {
  const File file;
  Close(CallForNew(file.fd, F_DUPFD, 200));
  Close(CallForNew(file.fd, F_DUPFD_CLOEXEC, 200));
  Call(file.fd, F_SETFD, FD_CLOEXEC);
  Call(file.fd, F_GETFD);
  Call(file.fd, F_SETFL, O_APPEND | O_NONBLOCK);
  Call(file.fd, F_GETFL);
  Call(file.fd, F_SETOWN, getpid());
  Call(file.fd, F_GETOWN);
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  Call(file.fd, F_SETLK, &lock);
  Call(file.fd, F_GETLK, &lock);
  Seen(lock.l_type);
  Call(file.fd, 7777, 0);
  Call(-1, F_GETFD);
}
BINDING(ioctl, "a pointer, errors") {
  int ends[2], count = 0;
  if (pipe(ends) != 0 || write(ends[1], "abc", 3) != 3) _exit(9);
  Call(ends[0], FIONREAD, &count);
  Seen(count);
  Call(ends[0], 0xffffffffUL, &count);
  Call(-1, FIONREAD, &count);
  Close(ends[0]);
  Close(ends[1]);
}
BINDING(open, "with and without a mode, errors") {
  const File file;
  Close(CallForNew("file", O_RDONLY));
  const long fd = CallForNew("other", O_RDWR | O_CREAT, 0640);
  struct stat status = {};
  fstat(static_cast<int>(fd), &status);
  Seen(status.st_mode);
  Close(fd);
  unlink("other");
  Call("other", O_RDONLY);
  Call(nullptr, O_RDONLY);
}
BINDING(openat, "a temporary file's mode, errors") {
  const File file;
  const long fd = CallForNew(kHere, "other", O_RDWR | O_CREAT | O_EXCL, 0604);
  struct stat status = {};
  fstat(static_cast<int>(fd), &status);
  Seen(status.st_mode);
  Close(fd);
  unlink("other");
  Call(kHere, "other", O_RDONLY);
  Call(-7, "other", O_RDONLY);
}
namespace {

// The kernel's structure as a program has it, whatever libc's is. The kernel clears the padding; qemu-user does not, nor
// does glibc on 32-bit ports. qemu-user has no nanoseconds in the older calls of s390x.
template <class Try>
void Status(Try attempt) {
  alignas(8) unsigned char status[256];
  memset(status, check::emulated || sizeof(long) == 4 ? 0 : 0xee, sizeof status);
  attempt(&status);
#if defined(__s390x__)
  if (check::emulated) return;
#endif
  Seen(status);
}

}  // namespace

BINDING(newfstatat, "all bytes, flags, errors") {
  Status([](auto* status) {
    Call(kHere, "/", status, 0);
    if (!check::emulated) Call(kHere, "/", status, 0x7777);
    Call(kHere, "/nothing", status, 0);
    Call(kHere, nullptr, status, 0);
  });
}
BINDING(fstatat64, "all bytes, flags, errors") {
  Status([](auto* status) {
    Call(kHere, "/", status, 0);
    if (!check::emulated) Call(kHere, "/", status, 0x7777);
    Call(kHere, "/nothing", status, 0);
    Call(kHere, nullptr, status, 0);
  });
}
BINDING(stat, "all bytes, errors") {
  Status([](auto* status) {
    Call("/", status);
    Call("/nothing", status);
  });
}
BINDING(stat64, "all bytes, errors") {
  Status([](auto* status) {
    Call("/", status);
    Call("/nothing", status);
  });
}
BINDING(fstat, "all bytes, errors") {
  const int fd = open("/", O_RDONLY);
  Status([fd](auto* status) {
    Call(-1, status);
    Call(fd, status);
  });
  Close(fd);
}
BINDING(fstat64, "all bytes, errors") {
  const int fd = open("/", O_RDONLY);
  Status([fd](auto* status) {
    Call(-1, status);
    Call(fd, status);
  });
  Close(fd);
}
BINDING(statfs, "all bytes") {
  unsigned char status[120];
  memset(status, 0xee, sizeof status);
  Call("/proc", &status);
  Seen(status);
  Call("/nothing", &status);
}
#if defined(SYS_statx)
BINDING(statx, "all bytes, errors") {
  unsigned char status[256];
  memset(status, 0xee, sizeof status);
  Call(kHere, "/proc/1", 0, 0x7ff, &status);
  Seen(status);
  Call(kHere, "/nothing", 0, 0x7ff, &status);
  Call(kHere, "/", 0x77777, 0x7ff, &status);
}
#endif
BINDING(readlink, "an empty buffer") {
  char text[8] = {};
  Call("/proc/self/cwd", &text, 0);
  Call("/proc/self/cwd", &text, -1);
  Call("/proc/self/cwd", &text, 4);
  Seen(text);
}
BINDING(futimesat, "by path, by descriptor, errors") {
  const File file;
  const struct timeval times[2] = {{1000, 5}, {2000, 6}}, bad[2] = {{0, 1000000}, {0, 0}};
  struct stat status = {};
  Call(kHere, "file", &times);
  fstat(file.fd, &status);
  Seen(status.st_mtim);
  const struct timeval more[2] = {{3000, 5}, {4000, 6}};
  if (!check::emulated) Call(file.fd, nullptr, &more);
  fstat(file.fd, &status);
  Seen(status.st_mtim);
  Call(kHere, "file", nullptr);
  Call(kHere, "file", &bad);
}
BINDING(utimensat, "by descriptor, errors") {
  const File file;
  const struct timespec times[2] = {{1000, 5}, {2000, 6}}, bad[2] = {{0, 1000000000}, {0, 0}};
  struct stat status = {};
  Call(file.fd, nullptr, &times, 0);
  fstat(file.fd, &status);
  Seen(status.st_mtim);
  Call(kHere, nullptr, &times, 0);
  Call(kHere, "file", &bad, 0);
  Call(kHere, "file", &times, 0x7777);
}
BINDING(utimes, "times, errors") {
  const File file;
  const struct timeval times[2] = {{1000, 5}, {2000, 6}}, bad[2] = {{0, 0}, {0, -1}};
  struct stat status = {};
  Call("file", &times);
  fstat(file.fd, &status);
  Seen(status.st_atim);
  Call("file", &bad);
  Call("nothing", &times);
}
BINDING(utime, "times") {
  const File file;
  const long times[2] = {1234, 5678};
  struct stat status = {};
  Call("file", &times);
  fstat(file.fd, &status);
  Seen(status.st_mtim);
}
BINDING(mknod, "device numbers") {
  const File file;
  struct stat status = {};
  Call("node", S_IFIFO | 0600, 0);
  unlink("node");
  Call("node", S_IFCHR | 0600, 0x12345);
  ::stat("node", &status);
  Seen(status.st_rdev);
  unlink("node");
  Call("file", S_IFREG | 0600, 0);
}
BINDING(chmod, "16 bits of a mode") {
  const File file;
  struct stat status = {};
  Call("file", 0xabcd0000UL | 0604);
  fstat(file.fd, &status);
  Seen(status.st_mode);
}
BINDING(getdents64, "entries, counts") {
  const int fd = open("/proc/self/fdinfo", O_RDONLY | O_DIRECTORY);
  unsigned char entries[64];
  memset(entries, 0, sizeof entries);
  Call(fd, &entries, 24);
  Seen(entries);
  Call(fd, &entries, 8);
  Call(fd, &entries, 0);
  Call(-1, &entries, 64);
  Close(fd);
}
BINDING(sendfile, "an offset behind a pointer") {
  const File file;
  const int out = open("other", O_RDWR | O_CREAT, 0600);
  long offset = 4;
  Call(out, file.fd, &offset, 3);
  Seen(offset);
  Call(out, file.fd, nullptr, 3);
  Call(-1, file.fd, nullptr, 3);
  Close(out);
}
BINDING(copy_file_range, "offsets behind pointers") {
  const File file;
  const int out = open("other", O_RDWR | O_CREAT, 0600);
  long long from = 2, to = 5;
  Call(file.fd, &from, out, &to, 4, 0);
  Seen(from);
  Seen(to);
  Call(file.fd, &from, out, &to, 4, 77);
  Close(out);
}
BINDING(readv, "counts") {
  const File file;
  char one[4] = {};
  const iovec vector = {one, 4};
  lseek(file.fd, 0, SEEK_SET);
  Call(file.fd, &vector, 1);
  Call(file.fd, &vector, -1);
  Call(file.fd, &vector, 2000);
  Call(file.fd, &vector, 1 | check::kHigh);
}
BINDING(dup3, "same numbers, flags") {
  Call(1, 1, 0);
  Call(1, 600, 0x77);
  Call(-1, 600, 0);
}
BINDING(pipe2, "flags") {
  int ends[2] = {-1, -1};
  Call(&ends, 0x777);
  Call(&ends, O_CLOEXEC | O_NONBLOCK);
  Seen(fcntl(ends[0], F_GETFL));
  Close(ends[0]);
  Close(ends[1]);
}
BINDING(epoll_create1, "flags") {
  Close(CallForNew(O_CLOEXEC));
  Call(0x777);
}
BINDING(inotify_init1, "flags") {
  Close(CallForNew(O_CLOEXEC | O_NONBLOCK));
  Call(0x777);
}
BINDING(memfd_create, "flags, names") {
  Close(CallForNew("name", 1));
  Call("name", 0x777777);
  char name[300];
  memset(name, 'n', sizeof name);
  name[299] = '\0';
  Call(&name, 0);
}
BINDING(fallocate, "modes, large offsets") {
  const File file;
  Call(file.fd, 0, 0LL, 4096LL);
  Call(file.fd, 0x777, 0LL, 4096LL);
  Call(file.fd, 0, -1LL, 4096LL);
  Call(file.fd, 1, 5LL << 32, 4096LL);
}
BINDING(unlinkat, "flags") {
  Call(kHere, "/nothing", 0);
  Call(kHere, "/nothing", 0x777777);
}
BINDING(linkat, "flags") { Call(kHere, "/nothing", kHere, "/nothing2", 0x777777); }
BINDING(fchownat, "flags") {
  Call(kHere, "/nothing", -1, -1, 0x777777);
  Call(kHere, "/nothing", -1, -1, 0);
}
BINDING(eventfd2, "flags") {
  Close(CallForNew(1, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC));
  Call(1, 0x7777777);
}
BINDING(fchdir, "a path descriptor") {
  const int fd = open("/", O_PATH);
  Call(fd);
  Close(fd);
  Call(-1);
}
BINDING(lseek, "offsets") {
  const File file;
  Call(file.fd, -1, SEEK_SET);
  Call(file.fd, static_cast<long>(check::kHigh), SEEK_SET);
  Call(file.fd, 0, 77);
  Call(-1, 0, SEEK_SET);
}
BINDING(ftruncate, "lengths") {
  const File file;
  Call(file.fd, 3);
  Call(file.fd, -1);
}
BINDING(ftruncate64, "lengths") {
  const File file;
  Call(file.fd, 5LL << 32);
  struct LIBCIFY_LARGE(stat) status;
  LIBCIFY_LARGE(fstat)(file.fd, &status);
  Seen(status.st_size);
  Call(file.fd, -1LL);
  Call(-1, 3LL);
}
BINDING(truncate64, "lengths") {
  const File file;
  Call("file", 5LL << 32);
  struct LIBCIFY_LARGE(stat) status;
  LIBCIFY_LARGE(fstat)(file.fd, &status);
  Seen(status.st_size);
  Call("file", -1LL);
  Call("/nothing", 3LL);
}
BINDING(pread64, "offsets") {
  const File file;
  char text[4] = {};
  Call(file.fd, &text, 4, 3LL);
  Seen(text);
  Call(file.fd, &text, 4, 5LL << 32);
  Call(file.fd, &text, 4, -1LL);
}
BINDING(pwrite64, "offsets") {
  const File file;
  Call(file.fd, "abcd", 4, 3LL);
  Call(file.fd, "abcd", 4, 5LL << 32);
  struct LIBCIFY_LARGE(stat) status;
  LIBCIFY_LARGE(fstat)(file.fd, &status);
  Seen(status.st_size);
  Call(file.fd, "abcd", 4, -1LL);
}
BINDING(readahead, "offsets") {
  const File file;
  Call(file.fd, 3LL, 4);
  Call(-1, 5LL << 32, 4);
}
BINDING(sync_file_range, "flags, large offsets") {
  const File file;
  Call(file.fd, 0LL, 4096LL, SYNC_FILE_RANGE_WRITE);
  Call(file.fd, 5LL << 32, 4096LL, SYNC_FILE_RANGE_WRITE);
  Call(file.fd, -1LL, 4096LL, SYNC_FILE_RANGE_WRITE);
  Call(file.fd, 0LL, 0LL, 0x7777);
}
BINDING(sendfile64, "a large offset behind a pointer") {
  const File file;
  const int out = open("other", O_RDWR | O_CREAT, 0600);
  long long offset = 4;
  Call(out, file.fd, &offset, 3);
  Seen(offset);
  offset = 5LL << 32;
  Call(out, file.fd, &offset, 3);
  Seen(offset);
  Close(out);
}
BINDING(fcntl64, "locks of 64 bits") {
  const File file;
#if defined(__LP64__) || !defined(__GLIBC__)
  struct flock lock = {};
  const int set = F_SETLK, get = F_GETLK;
#else
  struct flock64 lock = {};
  const int set = F_SETLK64, get = F_GETLK64;
#endif
  lock.l_type = F_WRLCK;
  lock.l_start = 5LL << 32;
  Call(file.fd, set, &lock);
  Call(file.fd, get, &lock);
  Seen(lock.l_type);
  Call(file.fd, F_GETFL);
}
BINDING(chown32, "ids that are none") {
  Call("/nothing", -1, -1);
  Call("/", -1, -1);
}
