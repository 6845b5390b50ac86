// System V semaphores, POSIX message queues, and musl's messages.
#pragma once

#include "libcify/adapter.h"
//
#include <limits.h>
#include <mqueue.h>
#include <signal.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>

namespace libcify::adapters {

// Whether libc's structures of System V IPC are the kernel's. On 32-bit ports libc's hold times of another form; on arm and
// mips64 the command says which of two structures is meant, and libc always means the newer (ipc/util.h, ipc_parse_version).
#if defined(__LP64__) && !defined(__mips__)
constexpr bool kKernelsIpc = true;
#else
constexpr bool kKernelsIpc = false;
#endif

// libc reads its fourth argument for the commands that it knows and passes nothing for others.
LIBCIFY_ADAPTER(semctl) {
  union semun {  // semctl(2): the program must define it
    int val;
    void* buf;
    unsigned long word;
  } argument;
  argument.word = a4;
  switch (Int(a3)) {
    case IPC_SET:
    case IPC_STAT:
    case SEM_STAT:
      if (!kKernelsIpc) return LIBCIFY_AS_IT_CAME();
      [[fallthrough]];
    case IPC_RMID:
    case GETPID:
    case GETVAL:
    case GETNCNT:
    case GETZCNT:
    case IPC_INFO:
    case SEM_INFO:
    case GETALL:
    case SETALL:
    case SETVAL:
      return Checked(::semctl(Int(a1), Int(a2), Int(a3), argument));
    default:
      return LIBCIFY_AS_IT_CAME();
  }
}

#if !defined(__LP64__) || defined(__mips__)
// Only the removal has no structure.
LIBCIFY_ADAPTER(msgctl) {
  if (Int(a2) != IPC_RMID) return LIBCIFY_AS_IT_CAME();
  return Checked(::msgctl(Int(a1), IPC_RMID, nullptr));
}
LIBCIFY_ADAPTER(shmctl) {
  if (Int(a2) != IPC_RMID) return LIBCIFY_AS_IT_CAME();
  return Checked(::shmctl(Int(a1), IPC_RMID, nullptr));
}
#endif

// A queue's name as libc wants it, with a slash. The kernel's is without, and not longer than NAME_MAX (mq_overview(7)).
class QueueName {
 public:
  explicit QueueName(unsigned long word) {
    const char* name = Pointer<const char>(word);
    const unsigned long length = name != nullptr ? strnlen(name, NAME_MAX + 1) : NAME_MAX + 1;
    if (length > NAME_MAX) return;
    text_[0] = '/';
    memcpy(text_ + 1, name, length);
    text_[length + 1] = '\0';
    given_ = true;
  }
  bool given() const { return given_; }
  const char* get() const { return text_; }

 private:
  bool given_ = false;
  char text_[NAME_MAX + 2];
};

LIBCIFY_ADAPTER(mq_open) {
  const QueueName name(a1);
  if (!name.given()) return LIBCIFY_AS_IT_CAME();
  return Checked(::mq_open(name.get(), Int(a2), static_cast<mode_t>(static_cast<unsigned short>(a3)), Pointer<mq_attr>(a4)));
}

LIBCIFY_ADAPTER(mq_unlink) {
  const QueueName name(a1);
  if (!name.given()) return LIBCIFY_AS_IT_CAME();
  return Checked(::mq_unlink(name.get()));
}

// For SIGEV_THREAD libc starts a thread of its own; the kernel wants a socket and a cookie (mq_notify(3)).
LIBCIFY_ADAPTER(mq_notify) {
  const sigevent* event = Pointer<const sigevent>(a2);
  if (event != nullptr && event->sigev_notify == SIGEV_THREAD) return LIBCIFY_AS_IT_CAME();
  return Checked(::mq_notify(Int(a1), event));
}

// musl's msghdr has two ints of padding where the kernel's has the upper halves of two lengths, and its sendmsg copies the
// control data to a buffer of 1 KiB (src/network/sendmsg.c).
struct KernelMessage {  // struct user_msghdr, include/linux/socket.h
  void* name;
  int name_length;
  void* vectors;
  unsigned long vector_count;
  void* control;
  unsigned long control_length;
  unsigned int flags;
};
[[maybe_unused]] static inline bool FitsMessage(unsigned long word, unsigned long control_most) {
  const KernelMessage* message = Pointer<const KernelMessage>(word);
  return message != nullptr && message->vector_count <= INT_MAX && message->control_length <= control_most;
}

LIBCIFY_ADAPTER(sendmsg) {
  if (!FitsMessage(a2, 1024)) return LIBCIFY_AS_IT_CAME();
  return Checked(::sendmsg(Int(a1), Pointer<const msghdr>(a2), Int(a3)));
}
LIBCIFY_ADAPTER(recvmsg) {
  if (!FitsMessage(a2, INT_MAX)) return LIBCIFY_AS_IT_CAME();
  return Checked(::recvmsg(Int(a1), Pointer<msghdr>(a2), Int(a3)));
}

}  // namespace libcify::adapters
