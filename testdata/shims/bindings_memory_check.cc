// Calls that libc's functions serve directly, compared with the kernel through a generated table: memory, sockets and
// messages.
//
// LIBCIFY_ROWS names the table, as bind_report writes it. Chosen are places where libc does more than make the call, or
// where a caller could see the difference.
#include LIBCIFY_ROWS
//
#include "adapters_check.h"
//
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/socket.h>

using check::Call;
using check::CallForNew;
using check::QueueName;
using check::Seen;

namespace {

void Close(long fd) {
  if (fd >= 0) close(static_cast<int>(fd));
}

}  // namespace

BINDING(mmap, "values, errors") {
  munmap(reinterpret_cast<void*>(CallForNew(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)), 0);
  Call(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Call(0, 4096, PROT_READ, MAP_PRIVATE, -1, 0);
  Call(0, 4096, PROT_READ, 0, -1, 0);
  Call(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 1);
}
BINDING(mremap, "growing, errors") {
  void* page = mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const long moved = CallForNew(page, 4096, 8192, MREMAP_MAYMOVE);
  munmap(reinterpret_cast<void*>(moved), 8192);
  Call(1, 4096, 4096, 0);
  Call(page, 4096, 8192, 0x77);
}
BINDING(mprotect, "errors") {
  alignas(4096) static char page[4096];
  Call(&page, 4096, PROT_READ | PROT_WRITE);
  Call(page + 1, 16, PROT_READ | PROT_WRITE);
  Call(&page, 4096, 0x77777);
}
BINDING(mincore, "pages") {
  alignas(4096) static char page[4096] = {1};
  unsigned char resident[1] = {};
  Call(&page, 4096, &resident);
  Call(page + 1, 4096, &resident);
}
BINDING(recvfrom, "an address and its length") {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0 || send(ends[0], "text", 4, 0) != 4) _exit(9);
  char text[8] = {}, address[128] = {};
  unsigned int length = sizeof address;
  Call(ends[1], &text, sizeof text, MSG_TRUNC, &address, &length);
  Seen(length);
  Seen(text);
  Call(ends[1], &text, sizeof text, MSG_DONTWAIT, nullptr, nullptr);
  Close(ends[0]);
  Close(ends[1]);
}
BINDING(sendmsg, "253 descriptors") {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0) _exit(9);
  char text[] = "x";
  iovec vector = {text, 1};
  alignas(8) static unsigned char control[1056];
  const unsigned long length = CMSG_LEN(253 * sizeof(int));
  memset(control, 0, sizeof control);
  memcpy(control, &length, sizeof length);
  const int kind[2] = {SOL_SOCKET, SCM_RIGHTS};
  memcpy(control + 8, kind, sizeof kind);
  unsigned long header[7] = {0, 0, check::Word(&vector), 1, check::Word(control), CMSG_SPACE(253 * sizeof(int)), 0};
  Call(ends[0], &header, MSG_DONTWAIT);
  Close(ends[0]);
  Close(ends[1]);
}
BINDING(recvmmsg, "the remaining time") {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0 || send(ends[0], "a", 1, 0) != 1) _exit(9);
  char text[4] = {};
  iovec vector = {text, 4};
  unsigned long headers[8] = {0, 0, check::Word(&vector), 1, 0, 0, 0, 0};
  libcify::adapters::WordTime time = {1000, 0};
  Call(ends[1], &headers, 1, 0, &time);
  Seen(headers[7]);
  Seen(time.tv_sec);
  Call(ends[1], &headers, 1, MSG_DONTWAIT, nullptr);
  time.tv_nsec = -1;
  Call(ends[1], &headers, 1, MSG_DONTWAIT, &time);
  Close(ends[0]);
  Close(ends[1]);
}
BINDING(accept4, "flags, errors") {
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  Call(fd, nullptr, nullptr, 0);
  Call(fd, nullptr, nullptr, SOCK_CLOEXEC);
  Call(fd, nullptr, nullptr, 0x7777777);
  Call(-1, nullptr, nullptr, 0);
  Close(fd);
}
BINDING(socket, "flags, errors") {
  Close(CallForNew(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  Call(AF_UNIX, 77, 0);
  Call(777, SOCK_STREAM, 0);
}
BINDING(socketpair, "flags") {
  int ends[2] = {-1, -1};
  Call(AF_UNIX, 0x777777, 0, &ends);
  Call(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, &ends);
  Seen(fcntl(ends[0], F_GETFL));
  Close(ends[0]);
  Close(ends[1]);
}
BINDING(msync, "flags") {
  alignas(4096) static char page[4096];
  Call(&page, 4096, MS_ASYNC);
  Call(page + 1, 4096, MS_ASYNC);
  Call(&page, 4096, 0x777);
}
BINDING(madvise, "advice") {
  alignas(4096) static char page[4096];
  Call(&page, 4096, MADV_NORMAL);
  Call(page + 1, 4096, MADV_NORMAL);
  Call(&page, 4096, 7777);
}
BINDING(munmap, "errors") {
  Call(1, 4096);
  Call(0, 0);
}
BINDING(shutdown, "errors") { Call(-1, 7); }
BINDING(listen, "errors") { Call(-1, 7); }
BINDING(semtimedop, "a time that passes") {
  const int id = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  struct sembuf down = {0, -1, 0};
  libcify::adapters::WordTime time = {0, 1000};
  Call(id, &down, 1, &time);
  Call(id, &down, 0, &time);
  Call(id, &down, 1 | check::kHigh, &time);
  time.tv_nsec = -1;
  Call(id, &down, 1, &time);
  semctl(id, 0, IPC_RMID);
}
BINDING(shmctl, "all that the kernel writes") {
  const int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  unsigned char status[256];
  memset(status, 0xee, sizeof status);
  CallForNew(id, IPC_STAT, &status);
  Seen(status[48]);  // shm_segsz
  Seen(status[120]);
  shmctl(id, IPC_RMID, nullptr);
}
BINDING(shmat, "errors are a pointer's") {
  Call(-1, nullptr, 0);
  const int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  const long address = CallForNew(id, nullptr, 0);
  shmdt(reinterpret_cast<void*>(address));
  shmctl(id, IPC_RMID, nullptr);
}
BINDING(msgrcv, "a message") {
  const int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  struct {
    long type;
    char text[8];
  } message = {3, "abc"};
  msgsnd(id, &message, 4, 0);
  Call(id, &message, 8, 0, IPC_NOWAIT);
  Seen(message);
  Call(id, &message, 8, 0, IPC_NOWAIT);
  msgctl(id, IPC_RMID, nullptr);
}
BINDING(mq_getsetattr, "attributes") {
  const long queue = syscall(SYS_mq_open, QueueName(), O_RDWR | O_CREAT, 0600, nullptr);
  long attributes[8] = {O_NONBLOCK}, old[8] = {};
  Call(queue, &attributes, &old);
  Seen(old);
  Call(queue, nullptr, &old);
  Seen(old);
  Call(-1, nullptr, &old);
  Close(queue);
  syscall(SYS_mq_unlink, QueueName());
}
BINDING(mq_timedsend, "a message, a time that passes") {
  mq_attr attributes = {};
  attributes.mq_maxmsg = 1;
  attributes.mq_msgsize = 8;
  const long queue = syscall(SYS_mq_open, QueueName(), O_RDWR | O_CREAT, 0600, &attributes);
  const libcify::adapters::WordTime past = {1, 0};
  Call(queue, "text", 4, 3, &past);
  Call(queue, "text", 4, 3, &past);
  Call(queue, "text", 400, 3, &past);
  Close(queue);
  syscall(SYS_mq_unlink, QueueName());
}
BINDING(getsockopt, "a length behind a pointer") {
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  int value = 77;
  unsigned int length = sizeof value;
  Call(fd, SOL_SOCKET, SO_TYPE, &value, &length);
  Seen(value);
  Seen(length);
  long times[2] = {};
  length = sizeof times;
  Call(fd, SOL_SOCKET, SO_RCVTIMEO, &times, &length);
  Call(fd, SOL_SOCKET, 7777, &value, &length);
  Close(fd);
}
BINDING(pkey_alloc, "errors") {
  Call(1, 0);
  Call(0, 0x77);
}
