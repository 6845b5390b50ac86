// System V's shared memory, semaphores and messages; message queues; futex.
#pragma once

#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "differential.h"
#include "scenarios_processes.h"

namespace {
using namespace differential;

const int kNone = 0x7ffffff0;  // no identifier
const int kStatus = 2;         // the kernel's IPC_STAT; that of musl on 32-bit ports has a bit of its own

struct Semaphores {
  Semaphores() : id(MUST(semget(IPC_PRIVATE, 2, 0600))) { Passing(id); }
  ~Semaphores() { semctl(id, 0, IPC_RMID); }
  void Values() {
    Seen(semctl(id, 0, GETVAL));
    Seen(semctl(id, 1, GETVAL));
  }
  int id;
};
struct SharedMemory {
  SharedMemory() : id(MUST(shmget(IPC_PRIVATE, 8192, 0600))) { Passing(id); }
  ~SharedMemory() { shmctl(id, IPC_RMID, nullptr); }
  int id;
};
struct Messages {
  Messages() : id(MUST(msgget(IPC_PRIVATE, 0600))) { Passing(id); }
  ~Messages() { msgctl(id, IPC_RMID, nullptr); }
  int id;
};
struct Text {
  long type = 7;
  char text[8] = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 0};
};
struct sembuf Operation(unsigned short number, short change, short flags = 0) { return {number, change, flags}; }
}  // namespace

SCENARIO(shmget, 1, 2) {
  const int id = static_cast<int>(CallNew(IPC_PRIVATE, 8192UL, 0640));
  struct shmid_ds status = {};
  Seen(shmctl(id, IPC_STAT, &status));
  Seen(status.shm_segsz);
  Seen(status.shm_perm.mode);
  shmctl(id, IPC_RMID, nullptr);
  Call(0x7e57, 8192UL, 0);
  Call(IPC_PRIVATE, 0UL, 0600);
}
SCENARIO(shmat, 1, 2) {
  const SharedMemory memory;
  const long at = Call(memory.id, nullptr, 0);
  if (at > 0 || at < -4096) *reinterpret_cast<int*>(at) = 77;
  const void* const again = shmat(memory.id, nullptr, SHM_RDONLY);
  Seen(*static_cast<const int*>(again));
  Call(memory.id, 1UL, 0);
  Call(kNone, nullptr, 0);
}
SCENARIO(shmdt, 1, 1) {
  const SharedMemory memory;
  void* const at = shmat(memory.id, nullptr, 0);
  Call(at);
  struct shmid_ds status = {};
  MUST(shmctl(memory.id, IPC_STAT, &status));
  Seen(status.shm_nattch);
  Call(at);
}
SCENARIO(shmctl, 2, 2) {
  const SharedMemory memory;
  {
    Buffer status;
    Call(memory.id, kStatus, status.bytes);
  }
  Call(memory.id, 7777, nullptr);
  Call(memory.id, IPC_RMID, nullptr);
  Call(memory.id, IPC_RMID, nullptr);
}
SCENARIO(semget, 1, 2) {
  const int id = static_cast<int>(CallNew(IPC_PRIVATE, 3, 0640));
  struct semid_ds status = {};
  Seen(semctl(id, 0, IPC_STAT, &status));
  Seen(status.sem_nsems);
  Seen(status.sem_perm.mode);
  semctl(id, 0, IPC_RMID);
  Call(0x7e57, 3, 0);
  Call(IPC_PRIVATE, -1, 0600);
}
SCENARIO(semop, 1, 3) {
  Semaphores semaphores;
  struct sembuf operations[2] = {Operation(0, 3), Operation(1, 2)};
  Call(semaphores.id, operations, 2UL);
  semaphores.Values();
  operations[0] = Operation(0, -7, IPC_NOWAIT);
  Call(semaphores.id, operations, 1UL);
  operations[0] = Operation(7, 1);
  Call(semaphores.id, operations, 1UL);
  Call(kNone, operations, 1UL);
}
namespace {
template <class T>
void Semtimedop() {
  Semaphores semaphores;
  struct sembuf operation = Operation(0, 3);
  const T soon[2] = {0, 1000}, bad[2] = {0, -1};
  Call(semaphores.id, &operation, 1UL, soon);
  semaphores.Values();
  operation = Operation(1, -1);
  Call(semaphores.id, &operation, 1UL, soon);
  Call(semaphores.id, &operation, 1UL, bad);
  Call(kNone, &operation, 1UL, nullptr);
}
}  // namespace
SCENARIO(semtimedop, 1, 3) { Semtimedop<long>(); }
SCENARIO(semtimedop_time64, 1, 3) { Semtimedop<long long>(); }
SCENARIO(semctl, 4, 2) {
  Semaphores semaphores;
  Call(semaphores.id, 0, SETVAL, 5);
  Call(semaphores.id, 0, GETVAL, 0);
  unsigned short values[2] = {3, 4};
  Call(semaphores.id, 0, SETALL, values);
  semaphores.Values();
  values[0] = values[1] = 9;
  Call(semaphores.id, 0, GETALL, values);
  Seen(values);
  {
    Buffer status;
    Call(semaphores.id, 0, kStatus, status.bytes);
  }
  Call(semaphores.id, 77, GETVAL, 0);
  Call(kNone, 0, GETVAL, 0);
  Call(semaphores.id, 0, IPC_RMID, 0);
}
SCENARIO(msgget, 1, 1) {
  const int id = static_cast<int>(CallNew(IPC_PRIVATE, 0640));
  struct msqid_ds status = {};
  Seen(msgctl(id, IPC_STAT, &status));
  Seen(status.msg_perm.mode);
  msgctl(id, IPC_RMID, nullptr);
  Call(0x7e57, 0);
}
SCENARIO(msgsnd, 1, 2) {
  const Messages messages;
  Text text, got = {0, {}};
  Call(messages.id, &text, 5UL, 0);
  Seen(static_cast<long>(msgrcv(messages.id, &got, 8, 0, IPC_NOWAIT)));
  Seen(got);
  text.type = 0;
  Call(messages.id, &text, 5UL, 0);
  Call(kNone, &text, 5UL, 0);
}
SCENARIO(msgrcv, 1, 3) {
  const Messages messages;
  Text text, got = {0, {}};
  MUST(msgsnd(messages.id, &text, 6, 0));
  Call(messages.id, &got, 3UL, 0L, IPC_NOWAIT);
  Call(messages.id, &got, 8UL, 7L, IPC_NOWAIT);
  Seen(got);
  Call(messages.id, &got, 8UL, 0L, IPC_NOWAIT);
  Call(kNone, &got, 8UL, 0L, IPC_NOWAIT);
}
SCENARIO(msgctl, 2, 2) {
  const Messages messages;
  {
    Buffer status;
    Call(messages.id, kStatus, status.bytes);
  }
  Call(messages.id, 7777, nullptr);
  Call(messages.id, IPC_RMID, nullptr);
  Call(messages.id, IPC_RMID, nullptr);
}
// One number for all of them (386, s390x, ppc64, mips): which, and their words.
SCENARIO(ipc, 4, 3) {
  const Messages messages;
  Semaphores semaphores;
  struct sembuf operation = Operation(0, 3);
  Call(1, semaphores.id, 1, 0, &operation, 0);  // semop
  semaphores.Values();
  long value = 8;
  Call(3, semaphores.id, 1, 16, &value, 0);  // semctl SETVAL
  semaphores.Values();
  Text text;
  Call(11, messages.id, 5, 0, &text, 0);  // msgsnd
  const SharedMemory memory;
  unsigned long at = 0;
  Call(21, memory.id, 0, &at, nullptr, 0);  // shmat
  Seen(at);
  Call(22, 0, 0, 0, at, 0);  // shmdt
  Call(1, kNone, 1, 0, &operation, 0);
  Call(11, kNone, 5, 0, &text, 0);
  Call(77, 0, 0, 0, nullptr, 0);
}

namespace {
// The kernel's names have no slash.
struct Queue {
  Queue() {
    snprintf(name, sizeof name, "/libcify-differential-%d", getpid());
    struct mq_attr attributes = {};
    attributes.mq_maxmsg = 4;
    attributes.mq_msgsize = 16;
    fd = MUST(mq_open(name, O_RDWR | O_CREAT | O_NONBLOCK, 0600, &attributes));
  }
  ~Queue() { mq_unlink(name); }
  char name[64];
  mqd_t fd;
};
}  // namespace
SCENARIO(mq_open, 1, 2) {
  const Queue queue;
  Descriptor(Call(queue.name + 1, O_RDWR, 0, nullptr));
  Call(&"/libcify-no-such-queue"[1], O_RDWR, 0, nullptr);  // qemu-user gives its libc what stands before the name, too
  Call(queue.name + 1, O_RDWR | O_CREAT | O_EXCL, 0600, nullptr);
  Call(&"/with/slash"[1], O_RDWR, 0, nullptr);
}
SCENARIO(mq_unlink, 1, 1) {
  const Queue queue;
  Call(queue.name + 1);
  Call(queue.name + 1);
}
namespace {
template <class T>
void TimedSend() {
  const Queue queue;
  const T later[2] = {2000000000, 5}, bad[2] = {0, -1};
  Call(queue.fd, "abc", 3UL, 7U, nullptr);
  char text[16] = {};
  unsigned priority = 0;
  Seen(static_cast<long>(mq_receive(queue.fd, text, sizeof text, &priority)));
  Seen(text);
  Seen(priority);
  Call(queue.fd, "abc", 77UL, 7U, nullptr);
  Call(-1, "abc", 3UL, 7U, nullptr);
  Call(queue.fd, "abcd", 4UL, 1U, later);
  Seen(static_cast<long>(mq_receive(queue.fd, text, sizeof text, &priority)));
  Call(queue.fd, "abcd", 4UL, 1U, bad);
}
template <class T>
void TimedReceive() {
  const Queue queue;
  const T past[2] = {1, 5}, bad[2] = {0, -1};
  MUST(mq_send(queue.fd, "abc", 3, 7));
  char text[16] = {};
  unsigned priority = 0;
  Call(queue.fd, text, sizeof text, &priority, nullptr);
  Seen(text);
  Seen(priority);
  Call(queue.fd, text, sizeof text, &priority, nullptr);
  Call(queue.fd, text, 1UL, &priority, nullptr);
  Call(-1, text, sizeof text, &priority, nullptr);
  Call(queue.fd, text, sizeof text, &priority, bad);
  const mqd_t waiting = MUST(mq_open(queue.name, O_RDWR));
  Call(waiting, text, sizeof text, &priority, past);
}
}  // namespace
SCENARIO(mq_timedsend, 2, 3) { TimedSend<long>(); }
SCENARIO(mq_timedsend_time64, 2, 3) { TimedSend<long long>(); }
SCENARIO(mq_timedreceive, 1, 5) { TimedReceive<long>(); }
SCENARIO(mq_timedreceive_time64, 1, 5) { TimedReceive<long long>(); }
SCENARIO(mq_notify, 1, 2) {
  Catch(SIGUSR1);
  const Queue queue;
  struct sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGUSR1;
  Call(queue.fd, &event);
  MUST(mq_send(queue.fd, "abc", 3, 7));
  Seen(signals_seen);
  Call(-1, &event);
  event.sigev_notify = 77;
  Call(queue.fd, &event);
}
SCENARIO(mq_getsetattr, 2, 1) {
  const Queue queue;
  long old[8] = {}, flags[8] = {};
  Call(queue.fd, flags, old);
  Seen(old);
  Call(queue.fd, nullptr, old);
  Seen(old);
  Call(-1, nullptr, old);
}
SCENARIO(futex, 2, 3) {
  int word = 5;
  const long soon[2] = {0, 1000000};
  Call(&word, 1 | 128, 1, nullptr, nullptr, 0);  // FUTEX_WAKE | FUTEX_PRIVATE_FLAG: nobody waits
  Call(&word, 0 | 128, 4, soon, nullptr, 0);     // FUTEX_WAIT: another value
  Call(&word, 0 | 128, 5, soon, nullptr, 0);     // until the time is over
  Call(&word, 77, 5, soon, nullptr, 0);
  int* const shared = static_cast<int*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  const pid_t waker = MUST(fork());
  if (waker == 0) {
    for (int i = 0; i < 1000; ++i) {
      usleep(1000);
      if (raw_call(SYS_futex, check::Word(shared), 1, 1, 0, 0, 0) == 1) _exit(0);
    }
    _exit(1);
  }
  Call(shared, 0, 0, nullptr, nullptr, 0);
  int status = 0;
  waitpid(waker, &status, 0);
  Seen(status);
}
