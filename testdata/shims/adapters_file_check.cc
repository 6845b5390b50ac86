// Adapters of files and descriptors against the kernel. Works in a new folder below /tmp, which is empty for each case.
#include "adapters_check.h"
//
#include <stdlib.h>

using check::Call;
using check::CallForNew;
using check::Seen;

namespace {

struct Folder {
  Folder() {
    if (mkdtemp(path) == nullptr || chdir(path) != 0) _exit(9);
    fd = open("file", O_RDWR | O_CREAT, 0600);
    if (fd < 0 || write(fd, "0123456789", 10) != 10) _exit(9);
  }
  ~Folder() {
    close(fd);
    unlink("file");
    unlink("link");
    if (chdir("/") != 0 || rmdir(path) != 0) _exit(9);
  }
  char path[32] = "/tmp/libcify-check-XXXXXX";
  int fd;
};

void Close(long fd) {
  if (fd >= 0) close(static_cast<int>(fd));
}

unsigned int ModeOf(int fd) {
  struct stat status = {};
  fstat(fd, &status);
  return status.st_mode;
}

}  // namespace

CASE(getcwd, "room, no room, no buffer") {
  if (chdir("/usr/include") != 0) _exit(9);
  char path[256];
  memset(path, 7, sizeof path);
  Call(&path, sizeof path);
  Seen(path[12]);
  Seen(path[0]);
  Call(&path, 12);
  Call(&path, 13);
  Call(&path, 0);
  Call(nullptr, 64);
  Call(nullptr, 0);
}
CASE(getcwd, "a folder that is gone") {
  char path[64] = "/tmp/libcify-check-XXXXXX";
  if (mkdtemp(path) == nullptr || chdir(path) != 0 || rmdir(path) != 0) _exit(9);
  Call(&path, sizeof path);
  if (chdir("/") != 0) _exit(9);
}
CASE(faccessat, "the fourth word is not looked at") {
  const Folder folder;
  Call(AT_FDCWD, "file", R_OK, 0);
  Call(AT_FDCWD, "file", F_OK, 0x7777);
  Call(AT_FDCWD, "nothing", F_OK, 0);
  Call(AT_FDCWD, "file", 0x77, 0);
  Call(folder.fd, "file", F_OK, 0);
  Call(AT_FDCWD, nullptr, F_OK, 0);
}
CASE(fchmodat, "the fourth word is not looked at") {
  const Folder folder;
  Call(AT_FDCWD, "file", 0640, 0x7777);
  Seen(ModeOf(folder.fd));
  Call(AT_FDCWD, "file", check::kHigh | 0604, 0);
  Seen(ModeOf(folder.fd));
  Call(AT_FDCWD, "nothing", 0600, 0);
  Call(AT_FDCWD, nullptr, 0600, 0);
  Call(-7, "file", 0600, 0);
}
namespace {

// By path, by descriptor, errors; for both widths of time.
template <class Time>
void SetTimes() {
  const Folder folder;
  const Time times[2] = {{1000000000, 1}, {1000000001, 2}}, more[2] = {{5, 6}, {7, 8}}, bad[2] = {{0, -1}, {0, 0}};
  struct stat status;
  Call(AT_FDCWD, "file", &times, 0);
  fstat(folder.fd, &status);
  Seen(status.st_atim);
  Seen(status.st_mtim);
  Call(folder.fd, nullptr, &more, 0);
  fstat(folder.fd, &status);
  Seen(status.st_atim);
  Seen(status.st_mtim);
  Call(AT_FDCWD, "file", nullptr, 0);
  Call(AT_FDCWD, "file", &bad, 0);
  Call(AT_FDCWD, "nothing", &times, 0);
  Call(AT_FDCWD, nullptr, &times, 0);
  Call(AT_FDCWD, "file", &times, 0x7777);
}

}  // namespace

CASE(utimensat, "by path, by descriptor, errors") { SetTimes<libcify::adapters::WordTime>(); }
#if defined(LIBCIFY_HAS_TIME64)
CASE(utimensat_time64, "by path, by descriptor, errors") { SetTimes<libcify::adapters::Time64>(); }
#endif
#if !defined(LIBCIFY_COPIES_STAT)
CASE(newfstatat, "flags, errors") {
  const Folder folder;
  struct stat status = {};
  if (symlink("file", "link") != 0) _exit(9);
  Call(AT_FDCWD, "/", &status, 0);
  Seen(status);
  Call(AT_FDCWD, "link", &status, AT_SYMLINK_NOFOLLOW);
  Seen(status.st_mode);
  Call(folder.fd, "", &status, AT_EMPTY_PATH);
  Seen(status.st_mode);
  Seen(status.st_size);
  Call(AT_FDCWD, "nothing", &status, 0);
  Call(AT_FDCWD, nullptr, &status, 0);
  Call(folder.fd, nullptr, &status, 0);
  Call(AT_FDCWD, "file", &status, 0x7777);
}
#endif
CASE(readlink, "whole, cut, empty, errors") {
  const Folder folder;
  char text[16] = {};
  if (symlink("target", "link") != 0) _exit(9);
  Call("link", &text, sizeof text);
  Seen(text);
  Call("link", &text, 2);
  Call("link", &text, 0);
  Call("link", &text, -1);
  Call("file", &text, 4);
  Call(nullptr, &text, 4);
}
CASE(readlinkat, "whole, cut, empty, errors") {
  const Folder folder;
  char text[16] = {};
  if (symlink("target", "link") != 0) _exit(9);
  Call(AT_FDCWD, "link", &text, sizeof text);
  Seen(text);
  Call(AT_FDCWD, "link", &text, 0);
  Call(AT_FDCWD, "link", &text, -1);
  Call(-7, "link", &text, 4);
}
CASE(preadv, "offsets and counts") {
  const Folder folder;
  char one[3] = {}, two[16] = {};
  const iovec vectors[2] = {{one, sizeof one}, {two, sizeof two}};
  Call(folder.fd, &vectors, 2, 4, 0);
  Seen(one);
  Seen(two);
  Call(folder.fd, &vectors, 2, 4, 99);  // the high half is shifted out
  Call(folder.fd, &vectors, 2, -1, 0);
  Call(folder.fd, &vectors, -1, 0, 0);
  Call(folder.fd, &vectors, 1 | check::kHigh, 0, 0);
  Call(folder.fd, nullptr, 2, 0, 0);
  Call(-1, &vectors, 2, 0, 0);
}
CASE(pwritev, "offsets and counts") {
  const Folder folder;
  char text[] = "abc", all[16] = {};
  const iovec vectors[2] = {{text, 1}, {text + 1, 2}};
  Call(folder.fd, &vectors, 2, 5, 99);
  Seen(pread(folder.fd, all, sizeof all, 0));
  Seen(all);
  Call(folder.fd, &vectors, 2, -1, 0);
  Call(folder.fd, &vectors, 2000, 0, 0);
  Call(-1, &vectors, 2, 0, 0);
}
namespace {

// The length has one word on 386 (sys_ia32_fadvise64), as many as a file offset elsewhere.
#if defined(__i386__)
constexpr long kLength = 4096, kNegative = -1;
#else
constexpr long long kLength = 4096, kNegative = -1;
#endif

}  // namespace

CASE(fadvise64, "advice, errors") {
  const Folder folder;
  Call(folder.fd, 0LL, kLength, POSIX_FADV_WILLNEED);
  Call(folder.fd, 0LL, kLength, 77);
  Call(folder.fd, 0LL, kNegative, POSIX_FADV_NORMAL);
  Call(folder.fd, 5LL << 32, kLength, POSIX_FADV_WILLNEED);
  Call(-1, 0LL, kLength, POSIX_FADV_NORMAL);
  int ends[2];
  if (pipe(ends) != 0) _exit(9);
  Call(ends[0], 0LL, kLength, POSIX_FADV_NORMAL);
  close(ends[0]);
  close(ends[1]);
}
CASE(eventfd, "the second word is not looked at") {
  const long fd = CallForNew(5, 0x7777);
  unsigned long value = 0;
  Seen(read(static_cast<int>(fd), &value, sizeof value));
  Seen(value);
  Seen(fcntl(static_cast<int>(fd), F_GETFL));
  close(static_cast<int>(fd));
}
CASE(dup3, "flags, errors") {
  Close(Call(1, 600, O_CLOEXEC));
  Close(Call(1, 600, 0));
  Call(1, 600, 0x77);
  Call(1, 1, 0);
  Call(-1, 600, 0);
}
CASE(accept4, "flags, errors") {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const sockaddr nameless = {AF_UNIX, {}};
  if (bind(fd, &nameless, sizeof nameless.sa_family) != 0 || listen(fd, 4) != 0) _exit(9);
  Call(fd, nullptr, nullptr, SOCK_CLOEXEC);
  Call(fd, nullptr, nullptr, 0x777);
  Call(-1, nullptr, nullptr, 0);
  close(fd);
}
CASE(epoll_create, "a size that is none") {
  Close(CallForNew(5));
  Call(0);
  Call(-1);
}
CASE(sync, "answers 0") { Call(); }

#if defined(__GLIBC__)
CASE(preadv2, "flags and offsets") {
  if (!check::Exists()) return;
  const Folder folder;
  char text[4] = {};
  const iovec vector = {text, sizeof text};
  Call(folder.fd, &vector, 1, 3, 0, RWF_HIPRI);
  Seen(text);
  Call(folder.fd, &vector, 1, 3, 99, 0);
  Call(folder.fd, &vector, 1, -1, 0, 0);  // from the file's own position: its end
  Call(folder.fd, &vector, 1, -2, 0, 0);
  Call(folder.fd, &vector, 1, 0, 0, 0x40000000);
  Call(-1, &vector, 1, 0, 0, 0);
}
CASE(pwritev2, "flags and offsets") {
  if (!check::Exists()) return;
  const Folder folder;
  char text[4] = {'a', 'b', 'c', 'd'}, all[32] = {};
  const iovec vector = {text, sizeof text};
  Call(folder.fd, &vector, 1, 3, 0, RWF_DSYNC);
  Call(folder.fd, &vector, 1, 0, 0, RWF_APPEND);
  Call(folder.fd, &vector, 1, -1, 0, 0);
  Seen(pread(folder.fd, all, sizeof all, 0));
  Seen(all);
  Call(folder.fd, &vector, 1, 0, 0, 0x40000000);
}
#endif
