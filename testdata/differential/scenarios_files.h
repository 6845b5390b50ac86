// Open files: their bytes, offsets, flags and locks; pipes.
#pragma once

#include <dirent.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

#include "differential.h"
#include "scenarios_signals.h"

namespace {
using namespace differential;

void Offset(int fd) { Seen(static_cast<long>(lseek(fd, 0, SEEK_CUR))); }

struct Pipe {
  Pipe() { MUST(pipe(ends)); }
  int ends[2];
};
// A pipe with five bytes in it.
struct FullPipe : Pipe {
  FullPipe() { MUST(write(ends[1], "abcde", 5)); }
};
void Drain(int fd) {
  char text[32] = {};
  MUST(fcntl(fd, F_SETFL, O_NONBLOCK));
  Seen(static_cast<long>(read(fd, text, sizeof text)));
  Seen(text);
}
// An interrupted read: with SA_RESTART it goes on until a byte comes, without it says EINTR.
void InterruptedRead(int flags) {
  int ends[2];
  MUST(pipe(ends));
  Catch(SIGALRM, flags);
  const pid_t writer = MUST(fork());
  if (writer == 0) {
    const struct timespec time = {0, slowness * 60000000};
    nanosleep(&time, nullptr);
    _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
  }
  AlarmIn(20);
  char text[1] = {};
  Call(ends[0], text, 1UL);
  Seen(text);
  Seen(signals_seen);
  waitpid(writer, nullptr, 0);
}
}  // namespace

SCENARIO(read, 3, 3) {
  const int fd = File();
  char text[16] = {};
  Call(fd, text, 4UL);
  Call(fd, text + 4, 100UL);
  Call(fd, text, 4UL);
  Seen(text);
  Call(-1, text, 4UL);
  Call(MUST(open(".", O_RDONLY)), text, 4UL);
  lseek(fd, 0, SEEK_SET);
  Call(fd, Nowhere(), 4UL);
  InterruptedRead(0);
  InterruptedRead(SA_RESTART);
}
SCENARIO(write, 1, 3) {
  const int fd = File();
  Call(fd, "abc", 3UL);
  Call(fd, "", 0UL);
  Offset(fd);
  Path("file");
  Call(-1, "abc", 3UL);
  Call(MUST(open("file", O_RDONLY)), "abc", 3UL);
  Call(fd, Nowhere(), 4UL);
  Catch(SIGPIPE);
  const Pipe pipe;
  close(pipe.ends[0]);
  Call(pipe.ends[1], "abc", 3UL);
  Seen(signals_seen);
}
SCENARIO(close, 1, 2) {
  const int fd = File();
  Call(fd);
  Descriptor(fd);
  Call(fd);
  Call(-1);
}
SCENARIO(lseek, 3, 3) {
  const int fd = File();
  Call(fd, 3L, SEEK_SET);
  Call(fd, 2L, SEEK_CUR);
  Call(fd, -1L, SEEK_END);
#if defined(__LP64__)
  Call(fd, 5L << 32, SEEK_SET);
  Call(fd, 0xffffffffL, SEEK_SET);
#endif
  Offset(fd);
  Call(fd, -1L, SEEK_SET);
  Call(fd, 0L, 77);
  Call(-1, 0L, SEEK_SET);
  const Pipe pipe;
  Call(pipe.ends[0], 0L, SEEK_SET);
}
SCENARIO(_llseek, 2, 2) {
  const int fd = File();
  unsigned long long where = 0;
  Call(fd, 0UL, 5UL, &where, SEEK_SET);
  Seen(where);
  Call(fd, 7UL, 5UL, &where, SEEK_SET);
  Seen(where);
  Call(fd, ~0UL, ~0UL, &where, SEEK_SET);
  Call(-1, 0UL, 0UL, &where, SEEK_SET);
  Seen(where);
}
SCENARIO(pread64, 2, 3) {
  const int fd = File();
  char text[8] = {};
  Call(fd, text, 4UL, 3LL);
  Seen(text);
  Call(fd, text, 4UL, 5LL << 32);
  Offset(fd);
  Call(fd, text, 4UL, -1LL);
  Call(-1, text, 4UL, 0LL);
  Call(fd, Nowhere(), 4UL, 0LL);
}
SCENARIO(pwrite64, 2, 2) {
  const int fd = File();
  Call(fd, "ab", 2UL, 3LL);
  Path("file");
  Call(fd, "ab", 2UL, 1LL << 32);
  Offset(fd);
  Seen(Length(fd));
  Call(fd, "ab", 2UL, -1LL);
  Call(-1, "ab", 2UL, 0LL);
}
SCENARIO(readv, 1, 3) {
  const int fd = File();
  char text[8] = {};
  const iovec vector[] = {{text, 2}, {text + 4, 3}};
  Call(fd, vector, 2UL);
  Seen(text);
  Call(fd, vector, -1L);
  Call(fd, vector, 2000UL);
  Call(-1, vector, 2UL);
}
SCENARIO(writev, 1, 2) {
  const int fd = File();
  char one[] = "ab", two[] = "cde";
  const iovec vector[] = {{one, 2}, {two, 3}};
  Call(fd, vector, 2UL);
  Path("file");
  Call(fd, vector, 2000UL);
  Call(-1, vector, 2UL);
}
namespace {
// The kernel takes the offset as two words, low half first, whatever a word is; one with 64 bits uses the first alone.
#define OFFSET(value) static_cast<unsigned long>(value), static_cast<unsigned long>(sizeof(long) == 8 ? 0 : (value) >> 32)
}  // namespace
SCENARIO(preadv, 2, 2) {
  const int fd = File();
  char text[8] = {};
  const iovec vector[] = {{text, 2}, {text + 4, 3}};
  Call(fd, vector, 2UL, OFFSET(4LL));
  Seen(text);
  Call(fd, vector, 2UL, OFFSET(5LL << 32));
  Offset(fd);
  Call(fd, vector, 2UL, OFFSET(-1LL));
  Call(-1, vector, 2UL, OFFSET(0LL));
}
SCENARIO(pwritev, 1, 2) {
  const int fd = File();
  char one[] = "ab";
  const iovec vector[] = {{one, 2}};
  Call(fd, vector, 1UL, OFFSET(4LL));
  Path("file");
  Call(fd, vector, 1UL, OFFSET(-1LL));
  Call(-1, vector, 1UL, OFFSET(0LL));
}
SCENARIO(preadv2, 2, 3) {
  const int fd = File();
  char text[8] = {};
  const iovec vector[] = {{text, 3}};
  Call(fd, vector, 1UL, OFFSET(4LL), 0);
  Seen(text);
  Call(fd, vector, 1UL, ~0UL, ~0UL, 0);  // at the file's own offset
  Seen(text);
  Offset(fd);
  Call(fd, vector, 1UL, OFFSET(0LL), 0x7777);
  Call(fd, vector, 1UL, OFFSET(-5LL), 0);
  Call(-1, vector, 1UL, OFFSET(0LL), 0);
}
SCENARIO(pwritev2, 2, 3) {
  const int fd = File();
  char one[] = "ab";
  const iovec vector[] = {{one, 2}};
  Call(fd, vector, 1UL, OFFSET(4LL), 0);
  Call(fd, vector, 1UL, OFFSET(0LL), 0x10);  // RWF_APPEND
  Path("file");
  Call(fd, vector, 1UL, OFFSET(0LL), 0x7777);
  Call(fd, vector, 1UL, OFFSET(-5LL), 0);
  Call(-1, vector, 1UL, OFFSET(0LL), 0);
}
SCENARIO(dup, 1, 1) {
  const int fd = File();
  Descriptor(Call(fd));
  Call(-1);
}
SCENARIO(dup2, 2, 2) {
  const int fd = File();
  Descriptor(Call(fd, 77));
  Call(fd, fd);
  Call(-1, 78);
  Call(fd, -1);
}
SCENARIO(dup3, 1, 3) {
  const int fd = File();
  Descriptor(Call(fd, 77, O_CLOEXEC));
  Call(fd, fd, 0);
  Call(fd, 78, 0x777);
  Call(-1, 78, 0);
}
SCENARIO(pipe, 1, 1) {
  int ends[2] = {};
  Call(ends);
#if !defined(__mips__)  // two results there, which the frame does not carry
  Seen(ends);
  Descriptor(ends[0]);
  Descriptor(ends[1]);
  Call(nullptr);
#endif
}
SCENARIO(pipe2, 1, 2) {
  int ends[2] = {};
  Call(ends, O_CLOEXEC | O_NONBLOCK);
  Seen(ends);
  Descriptor(ends[0]);
  Call(ends, 0x777);
  Call(nullptr, 0);
}
SCENARIO(fcntl, 8, 3) {
  const int fd = File();
  Descriptor(Call(fd, F_DUPFD, 200));
  Descriptor(Call(fd, F_DUPFD_CLOEXEC, 200));
  Call(fd, F_SETFD, FD_CLOEXEC);
  Call(fd, F_GETFD);
  Call(fd, F_SETFL, O_APPEND | O_NONBLOCK);
  Call(fd, F_GETFL);
  Descriptor(fd);
  Call(fd, F_SETOWN, getpid());
  CallNew(fd, F_GETOWN);
  // The kernel's own of these words: musl's on 32-bit ports are those of fcntl64, which fcntl does not know.
  struct {
    short type = F_WRLCK, whence = 0;
    long start = 2, length = 3;
    int pid = 0;
  } lock;
  constexpr bool kWords = sizeof(long) == 4;
  Call(fd, kWords ? 6 : F_SETLK, &lock);
  Call(fd, kWords ? 5 : F_GETLK, &lock);
  Seen(lock.type);
  Seen(lock.start);
  Call(fd, 7777, 0);
  Call(fd, F_DUPFD, -1);
  Call(-1, F_GETFD);
}
SAME_AS(fcntl64, fcntl, 8, 3)
SCENARIO(ioctl, 2, 3) {
  const FullPipe pipe;
  int count = 0;
  Call(pipe.ends[0], FIONREAD, &count);
  Seen(count);
  Call(pipe.ends[0], FIOCLEX);
  Descriptor(pipe.ends[0]);
  Call(pipe.ends[0], 0xffffffffUL, &count);
  Call(pipe.ends[0], FIONREAD, nullptr);
  Call(-1, FIONREAD, &count);
}
SCENARIO(flock, 2, 2) {
  const int fd = File(), other = MUST(open("file", O_RDONLY));
  Call(fd, LOCK_EX);
  Call(other, LOCK_EX | LOCK_NB);
  Seen(flock(other, LOCK_SH | LOCK_NB));
  Call(fd, LOCK_UN);
  Call(fd, 0x777);
  Call(-1, LOCK_EX);
}
SCENARIO(fsync, 1, 2) {
  Call(File());
  const Pipe pipe;
  Call(pipe.ends[0]);
  Call(-1);
}
SCENARIO(fdatasync, 1, 2) {
  Call(File());
  const Pipe pipe;
  Call(pipe.ends[0]);
  Call(-1);
}
SCENARIO(sync, 1, 0) { Call(); }
SCENARIO(syncfs, 1, 1) {
  Call(MUST(open("/proc", O_RDONLY)));
  Call(-1);
}
SCENARIO(ftruncate, 1, 3) {
  const int fd = File();
  Call(fd, 3L);
  Path("file");
  Call(fd, -1L);
  Call(MUST(open("file", O_RDONLY)), 1L);
  Call(-1, 1L);
}
SCENARIO(ftruncate64, 2, 2) {
  const int fd = File();
  Call(fd, 3LL);
  Path("file");
  Call(fd, 5LL << 32);
  Seen(Length(fd));
  Call(fd, -1LL);
  Call(-1, 1LL);
}
SCENARIO(fallocate, 1, 3) {
  const int fd = File();
  Call(fd, 0, 4LL, 4096LL);
  Path("file");
  Call(fd, 0x777, 0LL, 4096LL);
  Call(fd, 0, -1LL, 4096LL);
  Call(-1, 0, 0LL, 4096LL);
}
SCENARIO(fadvise64, 1, 2) {
  const int fd = File();
#if defined(__LP64__)
  Call(fd, 0L, 4096L, 3);
  Call(fd, 0L, 4096L, 77);
  Call(-1, 0L, 4096L, 3);
#else
  Call(fd, 0LL, 4096UL, 3);
  Call(fd, 0LL, 4096UL, 77);
  Call(-1, 0LL, 4096UL, 3);
#endif
}
SCENARIO(fadvise64_64, 1, 2) {
  const int fd = File();
  Call(fd, 5LL << 32, 4096LL, 3);
  Call(fd, 0LL, 4096LL, 77);
  Call(-1, 0LL, 4096LL, 3);
}
SCENARIO(arm_fadvise64_64, 1, 2) {
  const int fd = File();
  Call(fd, 3, 5LL << 32, 4096LL);
  Call(fd, 77, 0LL, 4096LL);
  Call(-1, 3, 0LL, 4096LL);
}
SCENARIO(readahead, 1, 2) {
  const int fd = File();
  Call(fd, 0LL, 4096UL);
  Call(-1, 0LL, 4096UL);
  const Pipe pipe;
  Call(pipe.ends[0], 0LL, 4096UL);
}
SCENARIO(sync_file_range, 1, 3) {
  const int fd = File();
  Call(fd, 0LL, 4096LL, 2);
  Call(fd, 0LL, 4096LL, 0x777);
  Call(fd, -1LL, 4096LL, 2);
  Call(-1, 0LL, 4096LL, 2);
}
SCENARIO(sync_file_range2, 1, 3) {
  const int fd = File();
  Call(fd, 2, 0LL, 4096LL);
  Call(fd, 0x777, 0LL, 4096LL);
  Call(fd, 2, -1LL, 4096LL);
  Call(-1, 2, 0LL, 4096LL);
}
SAME_AS(arm_sync_file_range, sync_file_range2, 1, 3)
SCENARIO(getdents64, 2, 2) {
  const int fd = MUST(open("/proc/self/fdinfo", O_RDONLY | O_DIRECTORY));
  alignas(8) unsigned char entries[512];
  memset(entries, 0, sizeof entries);
  Call(fd, entries, 48);
  See(entries + 16, 4);  // in front of that an inode, which is another one each time
  Call(fd, entries, sizeof entries);
  Call(fd, entries, 1);
  Call(-1, entries, sizeof entries);
  Call(MUST(open(shared_file, O_RDONLY)), entries, sizeof entries);
}
SCENARIO(getdents, 1, 2) {
  const int fd = MUST(open("/proc/self/fdinfo", O_RDONLY | O_DIRECTORY));
  alignas(8) unsigned char entries[512];
  memset(entries, 0, sizeof entries);
  Call(fd, entries, sizeof entries);
  See(entries + 2 * sizeof(long), 4);
  Call(-1, entries, sizeof entries);
  Call(MUST(open(shared_file, O_RDONLY)), entries, sizeof entries);
}
SCENARIO(sendfile, 2, 2) {
  const int from = File(), to = File("other");
  long offset = 4;
  Call(to, from, &offset, 3UL);
  Seen(offset);
  Call(to, from, nullptr, 2UL);
  Offset(from);
  Path("other");
  Call(-1, from, nullptr, 3UL);
  Call(to, from, Nowhere(), 3UL);
}
SCENARIO(sendfile64, 2, 2) {
  const int from = File(), to = File("other");
  long long offset = 4;
  Call(to, from, &offset, 3UL);
  Seen(offset);
  offset = 5LL << 32;
  Call(to, from, &offset, 3UL);
  Path("other");
  Call(-1, from, nullptr, 3UL);
  Call(to, from, Nowhere(), 3UL);
}
SCENARIO(splice, 2, 3) {
  const int fd = File();
  const Pipe pipe;
  long long offset = 3;
  Call(fd, &offset, pipe.ends[1], nullptr, 4UL, 0);
  Seen(offset);
  Drain(pipe.ends[0]);
  Call(fd, nullptr, pipe.ends[1], nullptr, 4UL, 0);
  Call(fd, nullptr, fd, nullptr, 4UL, 0);
  Call(fd, nullptr, pipe.ends[1], nullptr, 4UL, 0x777);
  Call(-1, nullptr, pipe.ends[1], nullptr, 4UL, 0);
  Call(pipe.ends[0], &offset, fd, nullptr, 4UL, 0);
}
SCENARIO(tee, 1, 3) {
  const FullPipe from;
  const Pipe to;
  Call(from.ends[0], to.ends[1], 3UL, 0);
  Drain(to.ends[0]);
  Drain(from.ends[0]);
  Call(from.ends[0], to.ends[1], 3UL, 0x777);
  Call(-1, to.ends[1], 3UL, 0);
  Call(from.ends[0], from.ends[1], 3UL, 0);
}
SCENARIO(vmsplice, 1, 2) {
  const Pipe pipe;
  char text[] = "abcdef";
  const iovec vector[] = {{text, 2}, {text + 3, 3}};
  Call(pipe.ends[1], vector, 2UL, 0);
  Drain(pipe.ends[0]);
  Call(pipe.ends[1], vector, 2UL, 0x777);
  Call(-1, vector, 2UL, 0);
}
SCENARIO(copy_file_range, 2, 3) {
  const int from = File(), to = File("other");
  long long in = 2, out = 5;
  Call(from, &in, to, &out, 4UL, 0);
  Seen(in);
  Seen(out);
  Call(from, nullptr, to, nullptr, 4UL, 0);
  Offset(from);
  Path("other");
  Call(from, &in, to, &out, 4UL, 77);
  Call(-1, &in, to, &out, 4UL, 0);
  Call(from, nullptr, from, nullptr, 4UL, 0);
}
SCENARIO(name_to_handle_at, 1, 3) {
  struct {
    unsigned bytes;
    int type;
    unsigned char handle[128];
  } handle = {128, 0, {}};
  int mount = 0;
  Call(AT_FDCWD, shared_file, &handle, &mount, 0);
  Seen(handle);
  Seen(mount);
  handle.bytes = 1;
  Call(AT_FDCWD, shared_file, &handle, &mount, 0);
  Seen(handle.bytes);
  Call(AT_FDCWD, shared_file, &handle, &mount, 0x777);
  Call(-1, "file", &handle, &mount, 0);
}
SCENARIO(open_by_handle_at, 0, 2) {
  struct {
    unsigned bytes;
    int type;
    unsigned char handle[128];
  } handle = {8, 77, {}};
  Call(-1, &handle, O_RDONLY);
  Call(AT_FDCWD, &handle, O_RDONLY);
  handle.bytes = 0;
  Call(AT_FDCWD, &handle, O_RDONLY);
}
SCENARIO(memfd_create, 1, 2) {
  Descriptor(Call("name", 1));
  Call("name", 0x777777);
  Call(Nowhere(), 0);
}
SCENARIO(close_range, 1, 2) {
  const int fd = File();
  MUST(dup2(fd, 70));
  MUST(dup2(fd, 72));
  Call(70U, 71U, 0);
  Descriptor(70);
  Descriptor(72);
  Call(7U, 3U, 0);
  Call(3U, 7U, 0x777);
}
SCENARIO(openat2, 1, 3) {
  unsigned long long how[3] = {O_RDWR | O_CREAT, 0640, 0};
  Descriptor(Call(AT_FDCWD, "new", how, sizeof how));
  Path("new");
  Call(AT_FDCWD, "new", how, 8UL);
  Call(-1, "new", how, sizeof how);
  how[2] = 0x7777;
  Call(AT_FDCWD, "new", how, sizeof how);
}
