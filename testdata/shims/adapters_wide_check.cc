// Adapters of calls whose arguments the architectures split in their own ways, and of structures of theirs, against the
// kernel.
#include "adapters_check.h"
//
#include <stdlib.h>
#include <sys/sysmacros.h>

using check::Call;
using check::CallForNew;
using check::Seen;
using check::Word;

namespace {

struct File {
  File() {
    if (mkdtemp(path) == nullptr || chdir(path) != 0) _exit(9);
    fd = open("file", O_RDWR | O_CREAT, 0600);
    if (fd < 0 || write(fd, "0123456789", 10) != 10) _exit(9);
  }
  ~File() {
    close(fd);
    unlink("file");
    unlink("link");
    unlink("node");
    if (chdir("/") != 0 || rmdir(path) != 0) _exit(9);
  }
  char path[32] = "/tmp/libcify-check-XXXXXX";
  int fd;
};

constexpr unsigned long kHigh5 = 5;  // bits 32 and up of an offset

}  // namespace

CASE_OF(llseek, _llseek, "offsets, errors") {
  const File file;
  long long position = 77;
  Call(file.fd, 0, 4, &position, SEEK_SET);
  Seen(position);
  Call(file.fd, kHigh5, 7, &position, SEEK_SET);
  Seen(position);
  Call(file.fd, ~0UL, ~1UL, &position, SEEK_CUR);
  Seen(position);
  Call(file.fd, 0, 0, &position, SEEK_END);
  Seen(position);
  Call(file.fd, 0x80000000UL, 0, &position, SEEK_SET);
  Call(file.fd, 0, 0, &position, 77);
  Call(file.fd, 0, 0, nullptr, SEEK_SET);
  Call(-1, 0, 0, &position, SEEK_SET);
  Seen(position);
}
#if !defined(__LP64__)
#if defined(__arm__)
CASE_OF(fadvise64_64, arm_fadvise64_64, "advice, errors") {
  const File file;
  Call(file.fd, POSIX_FADV_WILLNEED, 0LL, 4096LL);
  Call(file.fd, POSIX_FADV_WILLNEED, 5LL << 32, 4096LL);
  Call(file.fd, 77, 0LL, 0LL);
  Call(file.fd, POSIX_FADV_NORMAL, 0LL, -1LL);
  Call(-1, POSIX_FADV_NORMAL, 0LL, 0LL);
}
#elif !defined(__mips__)
CASE(fadvise64_64, "advice, errors") {
  const File file;
  Call(file.fd, 0LL, 4096LL, POSIX_FADV_WILLNEED);
  Call(file.fd, 5LL << 32, 4096LL, POSIX_FADV_WILLNEED);
  Call(file.fd, 0LL, 0LL, 77);
  Call(file.fd, 0LL, -1LL, POSIX_FADV_NORMAL);
  Call(-1, 0LL, 0LL, POSIX_FADV_NORMAL);
}
#endif
#endif
CASE(sync_file_range2, "flags, errors") {
  const File file;
  Call(file.fd, SYNC_FILE_RANGE_WRITE, 0LL, 4096LL);
  Call(file.fd, SYNC_FILE_RANGE_WRITE, -1LL, 4096LL);
  Call(file.fd, 0x7777, 0LL, 4096LL);
  Call(-1, SYNC_FILE_RANGE_WRITE, 0LL, 4096LL);
}
CASE_OF(sync_file_range2, arm_sync_file_range, "flags, errors") {
  const File file;
  Call(file.fd, SYNC_FILE_RANGE_WRITE, 0LL, 4096LL);
  Call(file.fd, SYNC_FILE_RANGE_WRITE, -1LL, 4096LL);
  Call(file.fd, 0x7777, 0LL, 4096LL);
}

namespace {

// Maps a hole far inside of a file with one byte; how the offset is said differs.
template <class Map>
void MapFar(Map map) {
  const File file;
  const long long far = 3LL << 33;
  if (LIBCIFY_LARGE(pwrite)(file.fd, "x", 1, far) != 1) return;  // a file system without large files
  const long address = map(0UL, PROT_READ, MAP_PRIVATE, file.fd, far);
  if (address > 0 || address < -4095) {
    Seen(*reinterpret_cast<const char*>(address));
    munmap(reinterpret_cast<void*>(address), 4096);
  }
  map(0UL, PROT_READ, MAP_PRIVATE, -1, 0);
  map(0UL, PROT_READ, 0, file.fd, 0);
  map(1UL, PROT_READ, MAP_PRIVATE | MAP_FIXED, file.fd, 0);
}

}  // namespace

CASE(mmap2, "an offset beyond 4 GiB, errors") {
  MapFar([](unsigned long address, int protection, int flags, int fd, long long offset) {
    return CallForNew(address, 4096, protection, flags, fd, offset / 4096 > 0 ? static_cast<long>(offset / 4096) : 0L);
  });
}
#if defined(__i386__) || defined(__s390x__)
CASE_OF(old_mmap, mmap, "words behind a pointer") {
  MapFar([](unsigned long address, int protection, int flags, int fd, long long offset) {
    const unsigned long words[6] = {address,
                                    4096,
                                    static_cast<unsigned long>(protection),
                                    static_cast<unsigned long>(flags),
                                    static_cast<unsigned long>(fd),
                                    static_cast<unsigned long>(offset)};
    return CallForNew(&words);
  });
  const unsigned long odd[6] = {0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, ~0UL, 1};
  Call(&odd);
  Call(nullptr);
}
#endif
#if defined(__mips__)
CASE(pipe, "the second descriptor") {
  const long first = CallForNew();
  if (first < 0) return;
  if (check::by_adapter) {
    char got = 0;
    Seen(write(static_cast<int>(check::second_result), "x", 1));
    Seen(read(static_cast<int>(first), &got, 1));
    Seen(got);
    close(static_cast<int>(check::second_result));
  } else {
    Seen(1L);
    Seen(1L);
    Seen('x');
    close(static_cast<int>(first) + 1);
  }
  close(static_cast<int>(first));
}
CASE(pipe2, "no flags, errors") {
  int ends[2] = {-1, -1};
  const int both[] = {0, O_CLOEXEC};
  for (const int flags : both) {
    if (Call(&ends, flags) != 0) return;
    char got = 0;
    Seen(write(ends[1], "x", 1));
    Seen(read(ends[0], &got, 1));
    Seen(got);
    close(ends[0]);
    close(ends[1]);
  }
  Call(nullptr, 0);
  Call(nullptr, O_CLOEXEC);
  Call(&ends, 0x77777777);
}
#endif

CASE(statfs64, "sizes, all bytes, errors") {
  unsigned char status[256];
  memset(status, 0xee, sizeof status);
  Call("/proc", sizeof(struct LIBCIFY_LARGE(statfs)), &status);
  Seen(status);
  Call("/proc", 5, &status);
  Call("/nothing", sizeof(struct LIBCIFY_LARGE(statfs)), &status);
}
CASE(fstatfs64, "sizes, all bytes, errors") {
  unsigned char status[256];
  memset(status, 0xee, sizeof status);
  const int fd = open("/proc", O_RDONLY);
  Call(fd, sizeof(struct LIBCIFY_LARGE(statfs)), &status);
  Seen(status);
  Call(fd, 5, &status);
  Call(-1, sizeof(struct LIBCIFY_LARGE(statfs)), &status);
  close(fd);
}

#if !defined(__LP64__)
CASE(mknod, "device numbers, 16 bits of a mode") {
  const File file;
  struct stat status = {};
  Call("node", 0xabcd0000U | S_IFIFO | 0600, 0);
  unlink("node");
  Call("node", S_IFCHR | 0600, 0x12345);
  stat("node", &status);
  Seen(status.st_rdev);
  unlink("node");
  Call("file", S_IFREG | 0600, 0);
}
CASE(mknodat, "device numbers, errors") {
  const File file;
  struct stat status = {};
  Call(AT_FDCWD, "node", S_IFCHR | 0600, 0x12345);
  stat("node", &status);
  Seen(status.st_rdev);
  unlink("node");
  Call(AT_FDCWD, "file", S_IFREG | 0600, 0);
  Call(-7, "other", S_IFREG | 0600, 0);
}
#endif

#if defined(LIBCIFY_COPIES_STAT)
namespace {

// All fields, and that nothing is written behind them. (qemu-user does not clear the padding.)
template <class Try>
void Status(Try attempt) {
  const File file;
  const struct timespec times[2] = {{1000000000, 1}, {1000000001, 2}};
  utimensat(AT_FDCWD, "file", times, 0);
  if (symlink("file", "link") != 0) _exit(9);
  unsigned char status[256];
  const char* const paths[] = {"/", "/dev/full", "/nothing", "link"};
  for (const char* path : paths) {
    memset(status, 0xee, sizeof status);
    attempt(path, file.fd, status);
    Seen(status[sizeof(libcify::adapters::KernelStat)]);
    if (path[0] != '/') continue;  // inode and times of the link differ from run to run
    libcify::adapters::KernelStat fields;
    memcpy(&fields, status, sizeof fields);
    Seen(fields.device);
    Seen(fields.inode);
    Seen(fields.mode);
    Seen(fields.links);
    Seen(fields.uid);
    Seen(fields.gid);
    Seen(fields.special);
    Seen(fields.size);
    Seen(fields.atime);
    Seen(fields.atime_nsec);
    Seen(fields.mtime);
    Seen(fields.mtime_nsec);
    Seen(fields.ctime);
    Seen(fields.ctime_nsec);
    Seen(fields.block_size);
    Seen(fields.blocks);
  }
}

}  // namespace

namespace {

void FstatAt() {
  Status([](const char* path, int fd, unsigned char* status) {
    Call(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
    if (!check::emulated) Call(fd, path, status, 0x7777);
    Call(AT_FDCWD, path, nullptr, 0);
    Call(AT_FDCWD, nullptr, status, 0);
  });
}
void StatOrLstat() {
  Status([](const char* path, int, unsigned char* status) { Call(path, status); });
  Call(nullptr, nullptr);
}
void Fstat() {
  Status([](const char* path, int, unsigned char* status) {
    const int fd = open(path, O_RDONLY | O_PATH);
    Call(fd, status);
    close(fd);
    Call(-1, status);
    Call(0, nullptr);
  });
}

}  // namespace

#if defined(__LP64__)
CASE_OF(copied_fstatat, newfstatat, "all fields") { FstatAt(); }
CASE_OF(copied_stat, stat, "all fields") { StatOrLstat(); }
CASE_OF(copied_lstat, lstat, "all fields") { StatOrLstat(); }
CASE_OF(copied_fstat, fstat, "all fields") { Fstat(); }
#else
CASE_OF(copied_fstatat, fstatat64, "all fields") { FstatAt(); }
CASE_OF(copied_stat, stat64, "all fields") { StatOrLstat(); }
CASE_OF(copied_lstat, lstat64, "all fields") { StatOrLstat(); }
CASE_OF(copied_fstat, fstat64, "all fields") { Fstat(); }
#endif
#endif

#if !defined(__LP64__)
using libcify::adapters::WordTime;
using libcify::adapters::WordTimer;

CASE(clock_gettime, "clocks") {
  WordTime time = {};
  Call(CLOCK_REALTIME, &time);
  Seen(time.tv_sec > 1000 && time.tv_nsec < 1000000000);
  Call(77, &time);
  Call(CLOCK_REALTIME, nullptr);
}
CASE(clock_getres, "clocks, a null pointer") {
  WordTime time = {7, 7};
  Call(CLOCK_MONOTONIC, &time);
  Seen(time);
  Call(CLOCK_MONOTONIC, nullptr);
  Call(77, &time);
}
CASE(clock_settime, "errors") {
  const WordTime time = {0, -1};
  Call(CLOCK_REALTIME, &time);
  Call(CLOCK_MONOTONIC, &time);
  Call(CLOCK_REALTIME, nullptr);
}
CASE(nanosleep, "a nap, errors") {
  WordTime time = {0, 1000}, left = {7, 7};
  Call(&time, &left);
  Seen(left);
  time = {0, -1};
  Call(&time, nullptr);
  Call(nullptr, nullptr);
}
CASE(sched_rr_get_interval, "a slice, errors") {
  WordTime time = {7, 7};
  CallForNew(0, &time);
  Seen(time.tv_sec);
  Call(-1, &time);
  Call(0, nullptr);
}
CASE(timerfd_settime, "values, errors") {
  const int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  WordTimer when = {{5, 6}, {1000, 0}}, old = {};
  Call(fd, 0, &when, nullptr);
  Call(fd, 0, &when, &old);
  Seen(old.interval);
  when.value.tv_nsec = -1;
  Call(fd, 0, &when, nullptr);
  Call(fd, 77, &when, nullptr);
  Call(fd, 0, nullptr, nullptr);
  close(fd);
}
CASE(timerfd_gettime, "values, errors") {
  const int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  WordTimer now = {{7, 7}, {7, 7}};
  Call(fd, &now);
  Seen(now);
  Call(fd, nullptr);
  Call(-1, &now);
  close(fd);
}
CASE(setitimer, "values, errors") {
  WordTimer when = {{0, 5}, {1000, 0}}, none = {}, old = {};
  Call(ITIMER_VIRTUAL, &when, nullptr);
  Call(ITIMER_VIRTUAL, &none, &old);
  Seen(old.interval);
  when.value.tv_nsec = 1000000;
  Call(ITIMER_VIRTUAL, &when, nullptr);
  Call(77, &none, nullptr);
}
CASE(getitimer, "values, errors") {
  WordTimer now = {{7, 7}, {7, 7}};
  Call(ITIMER_VIRTUAL, &now);
  Seen(now);
  Call(77, &now);
}
CASE(getrusage, "values, errors") {
  unsigned char usage[256];
  memset(usage, 0xee, sizeof usage);
  Call(RUSAGE_CHILDREN, &usage);
  Seen(usage[71]);
  Seen(usage[72]);
  Call(77, &usage);
}
CASE(wait4, "a status, resources, errors") {
  int status = 0;
  unsigned char usage[256];
  memset(usage, 0xee, sizeof usage);
  if (fork() == 0) _exit(6);
  CallForNew(-1, &status, 0, &usage);
  Seen(status);
  Seen(usage[72]);
  Call(-1, &status, 0, &usage);
  Call(-1, &status, 0x7777, nullptr);
}
CASE(utimes, "times, errors") {
  const File file;
  const WordTime times[2] = {{1000, 5}, {2000, 6}}, bad[2] = {{0, 0}, {0, -1}};
  struct stat status = {};
  Call("file", &times);
  stat("file", &status);
  Seen(status.st_mtim);
  Call("file", &bad);
  Call("file", nullptr);
  Call("nothing", &times);
}
CASE(futimesat, "times, errors") {
  const File file;
  const WordTime times[2] = {{1000, 5}, {2000, 6}}, bad[2] = {{0, 1000000}, {0, 0}};
  struct stat status = {};
  Call(AT_FDCWD, "file", &times);
  stat("file", &status);
  Seen(status.st_mtim);
  Call(AT_FDCWD, "file", &bad);
  Call(AT_FDCWD, "nothing", &times);
  if (!check::emulated) Call(file.fd, nullptr, &times);
}
#endif

#if !defined(__LP64__) || defined(__mips__)
CASE(msgctl, "removal, status, errors") {
  const int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  unsigned char status[256];
  memset(status, 0xee, sizeof status);
  CallForNew(id, IPC_STAT | 0x100, &status);  // with IPC_64; a 64-bit kernel answers 386 with the identifier
  Call(id, 77, &status);
  Call(id, IPC_RMID, nullptr);
  Call(id, IPC_RMID, nullptr);
}
CASE(shmctl, "removal, status, errors") {
  const int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  unsigned char status[256];
  memset(status, 0xee, sizeof status);
  CallForNew(id, IPC_STAT | 0x100, &status);  // with IPC_64; a 64-bit kernel answers 386 with the identifier
  Call(id, 77, &status);
  Call(id, IPC_RMID, nullptr);
  Call(id, IPC_RMID, nullptr);
}
#endif

#if defined(LIBCIFY_HAS_TIME64)
using libcify::adapters::Time64;
using libcify::adapters::Timer64;

CASE(clock_gettime64, "clocks, all bytes") {
  Time64 time;
  memset(&time, 0xee, sizeof time);
  Call(CLOCK_REALTIME, &time);
  Seen(time.seconds > 1000 && time.seconds < 1LL << 33 && time.nanoseconds < 1000000000);
  Call(77, &time);
  Call(CLOCK_REALTIME, nullptr);
}
CASE(clock_getres_time64, "clocks, a null pointer") {
  Time64 time;
  memset(&time, 0xee, sizeof time);
  Call(CLOCK_MONOTONIC, &time);
  Seen(time);
  Call(CLOCK_MONOTONIC, nullptr);
  Call(77, &time);
}
CASE(clock_settime64, "errors") {
  Time64 time = {0, -1};
  Call(CLOCK_REALTIME, &time);
  Call(CLOCK_MONOTONIC, &time);
  Call(CLOCK_REALTIME, nullptr);
}
CASE(sched_rr_get_interval_time64, "a slice, errors") {
  Time64 time;
  memset(&time, 0xee, sizeof time);
  CallForNew(0, &time);
  Seen(time.seconds);
  Call(-1, &time);
  Call(0, nullptr);
}
CASE(timerfd_settime64, "values, errors") {
  const int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  Timer64 when = {{5, 6}, {1000, 0}}, old = {};
  Call(fd, 0, &when, nullptr);
  Call(fd, 0, &when, &old);
  Seen(old.interval);
  when.value.nanoseconds = -1;
  Call(fd, 0, &when, nullptr);
  Call(fd, 77, &when, nullptr);
  Call(fd, 0, nullptr, nullptr);
  close(fd);
}
CASE(timerfd_gettime64, "values, errors") {
  const int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  Timer64 now;
  memset(&now, 0xee, sizeof now);
  Call(fd, &now);
  Seen(now);
  Call(fd, nullptr);
  Call(-1, &now);
  close(fd);
}
CASE(semtimedop_time64, "a time that passes, errors") {
  const int id = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  struct sembuf down = {0, -1, 0};
  Time64 time = {0, 1000};
  Call(id, &down, 1, &time);
  Call(id, &down, 0, &time);
  time.nanoseconds = -1;
  Call(id, &down, 1, &time);
  semctl(id, 0, IPC_RMID);
}
CASE(mq_timedsend_time64, "a message, a time that passes") {
  mq_attr attributes = {};
  attributes.mq_maxmsg = 1;
  attributes.mq_msgsize = 8;
  const long queue = syscall(SYS_mq_open, check::QueueName(), O_RDWR | O_CREAT, 0600, &attributes);
  const Time64 past = {1, 0};
  Call(queue, "text", 4, 3, &past);
  Call(queue, "text", 4, 3, &past);
  Call(queue, "text", 400, 3, &past);
  close(static_cast<int>(queue));
  syscall(SYS_mq_unlink, check::QueueName());
}
CASE(mq_timedreceive_time64, "a message, a time that passes") {
  mq_attr attributes = {};
  attributes.mq_maxmsg = 1;
  attributes.mq_msgsize = 8;
  const long queue = syscall(SYS_mq_open, check::QueueName(), O_RDWR | O_CREAT, 0600, &attributes);
  mq_send(static_cast<mqd_t>(queue), "text", 4, 3);
  const Time64 past = {1, 0};
  char text[8] = {};
  unsigned int priority = 0;
  Call(queue, &text, sizeof text, &priority, &past);
  Seen(text);
  Seen(priority);
  Call(queue, &text, sizeof text, &priority, &past);
  Call(queue, &text, 4, &priority, &past);
  close(static_cast<int>(queue));
  syscall(SYS_mq_unlink, check::QueueName());
}
#endif

#if defined(LIBCIFY_MULTIPLEXED)
using namespace libcify::adapters;

namespace {

template <class... T>
long Multi(int which, T... arguments) {
  const unsigned long words[6] = {Word(arguments)...};
  return Call(which, &words);
}

}  // namespace

CASE(socketcall, "every call of it") {
  char path[64];
  sockaddr address = {}, other = {};
  address.sa_family = AF_UNIX;
  snprintf(path, sizeof path, "%d", getpid());
  memcpy(address.sa_data + 1, path, strlen(path));  // an abstract name
  const unsigned int length = static_cast<unsigned int>(3 + strlen(path));
  unsigned int got = sizeof other;
  check::CallForNew(kSocket, nullptr);
  const unsigned long words[3] = {AF_UNIX, SOCK_STREAM, 0};
  const int server = static_cast<int>(CallForNew(kSocket, &words)), client = socket(AF_UNIX, SOCK_STREAM, 0);
  Multi(kBind, server, &address, length);
  Multi(kListen, server, 5);
  Multi(kConnect, client, &address, length);
  Multi(kGetSockName, server, &other, &got);
  Seen(got);
  Seen(other);
  got = sizeof other;
  Multi(kGetPeerName, client, &other, &got);
  Seen(got);
  const unsigned long accept[4] = {static_cast<unsigned long>(server), 0, 0, SOCK_CLOEXEC};
  const int peer = static_cast<int>(CallForNew(kAccept4, &accept));
  Seen(fcntl(peer, F_GETFD));
  char text[8] = {};
  Multi(kSend, client, "abcd", 4, 0);
  Multi(kRecv, peer, &text, sizeof text, 0);
  Seen(text);
  Multi(kSendTo, client, "efgh", 4, 0, nullptr, 0);
  Multi(kRecvFrom, peer, &text, sizeof text, 0, nullptr, nullptr);
  Seen(text);
  iovec vector = {text, 4};
  msghdr header = {};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  Multi(kSendMsg, client, &header, 0);
  Multi(kRecvMsg, peer, &header, 0);
  mmsghdr many = {};
  many.msg_hdr = header;
  Multi(kSendMmsg, client, &many, 1, 0);
  Multi(kRecvMmsg, peer, &many, 1, 0, nullptr);
  int value = 1;
  got = sizeof value;
  Multi(kSetSockOpt, client, SOL_SOCKET, SO_REUSEADDR, &value, sizeof value);
  Multi(kGetSockOpt, client, SOL_SOCKET, SO_TYPE, &value, &got);
  Seen(value);
  Multi(kShutdown, client, SHUT_WR);
  Multi(kAccept, -1, nullptr, nullptr);
  int ends[2] = {-1, -1};
  Multi(kSocketPair, AF_UNIX, SOCK_DGRAM, 0, &ends);
  Seen(ends[0] >= 0 && ends[1] > ends[0]);
  Multi(0);
  Multi(77);
  const int open_ones[] = {server, client, peer, ends[0], ends[1]};
  for (const int fd : open_ones) close(fd);
}
CASE(ipc, "every call of it") {
  const int id = static_cast<int>(CallForNew(kSemGet, IPC_PRIVATE, 1, IPC_CREAT | 0600, nullptr));
  struct sembuf up = {0, 2, 0}, down = {0, -1, 0}, too_much = {0, -9, 0};
  Call(kSemOp, id, 1, 0, &up);
  Call(kSemOp, id, 0, 0, &up);
  WordTime time = {};
#if defined(__s390x__)
  Call(kSemTimedOp, id, 1, &time, &down);
  Call(kSemTimedOp, id, 1, &time, &too_much);
#else
  Call(kSemTimedOp, id, 1, 0, &down, &time);
  Call(kSemTimedOp, id, 1, 0, &too_much, &time);
#endif
  Seen(semctl(id, 0, GETVAL));
  semctl(id, 0, IPC_RMID);
  const int queue = static_cast<int>(CallForNew(kMsgGet, IPC_PRIVATE, IPC_CREAT | 0600));
  struct Message {
    long type;
    char text[8];
  } message = {3, "abc"}, got = {};
  Call(kMsgSnd, queue, 8, 0, &message);
  struct {
    void* message;
    long type;
  } kludge = {&got, 3};
  Call(kMsgRcv, queue, 8, IPC_NOWAIT, &kludge);
  Seen(got);
  Call(kMsgRcv, queue, 8, IPC_NOWAIT, &kludge);
  Call(kMsgRcv, queue, 8, IPC_NOWAIT, nullptr);
  msgctl(queue, IPC_RMID, nullptr);
  const int memory = static_cast<int>(CallForNew(kShmGet, IPC_PRIVATE, 4096, IPC_CREAT | 0600));
  void* address = nullptr;
  Call(kShmAt, memory, 0, &address, nullptr);
  Call(kShmAt, memory, 0, nullptr, nullptr);
  Call(kShmDt, 0, 0, 0, address);
  Call(kShmDt, 0, 0, 0, address);
  shmctl(memory, IPC_RMID, nullptr);
  Call(77, 0, 0, 0, nullptr);
}
#endif
