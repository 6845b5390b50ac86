// Calls that are many: socketcall and ipc (386, s390x, ppc64, mips o32). libc has a function for each of them, which an
// interposer may stand in front of, so they are taken apart here.
#pragma once

#include "libcify/adapters_ipc.h"
#include "libcify/times.h"
//
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>

#if defined(__i386__) || defined(__s390x__) || defined(__powerpc64__) || (defined(__mips__) && !defined(__LP64__))
#define LIBCIFY_MULTIPLEXED 1

namespace libcify::adapters {

// include/uapi/linux/net.h
enum SocketCall {
  kSocket = 1,
  kBind,
  kConnect,
  kListen,
  kAccept,
  kGetSockName,
  kGetPeerName,
  kSocketPair,
  kSend,
  kRecv,
  kSendTo,
  kRecvFrom,
  kShutdown,
  kSetSockOpt,
  kGetSockOpt,
  kSendMsg,
  kRecvMsg,
  kAccept4,
  kRecvMmsg,
  kSendMmsg
};
// include/uapi/linux/ipc.h
enum IpcCall {
  kSemOp = 1,
  kSemGet = 2,
  kSemTimedOp = 4,
  kMsgSnd = 11,
  kMsgRcv = 12,
  kMsgGet = 13,
  kShmAt = 21,
  kShmDt = 22,
  kShmGet = 23
};

// The first word says which (socketcall(2)), the second points to the arguments.
LIBCIFY_ADAPTER(socketcall) {
  if (a2 == 0) return LIBCIFY_AS_IT_CAME();
  const unsigned long* w = Pointer<const unsigned long>(a2);
  switch (Int(a1)) {
    case kSocket:
      return Checked(::socket(Int(w[0]), Int(w[1]), Int(w[2])));
    case kBind:
      return Checked(::bind(Int(w[0]), Pointer<const sockaddr>(w[1]), Unsigned(w[2])));
    case kConnect:
      return Checked(::connect(Int(w[0]), Pointer<const sockaddr>(w[1]), Unsigned(w[2])));
    case kListen:
      return Checked(::listen(Int(w[0]), Int(w[1])));
    case kAccept:
      return Checked(::accept(Int(w[0]), Pointer<sockaddr>(w[1]), Pointer<socklen_t>(w[2])));
    case kGetSockName:
      return Checked(::getsockname(Int(w[0]), Pointer<sockaddr>(w[1]), Pointer<socklen_t>(w[2])));
    case kGetPeerName:
      return Checked(::getpeername(Int(w[0]), Pointer<sockaddr>(w[1]), Pointer<socklen_t>(w[2])));
    case kSocketPair:
      return Checked(::socketpair(Int(w[0]), Int(w[1]), Int(w[2]), Pointer<int>(w[3])));
    case kSend:
      return Checked(::send(Int(w[0]), Pointer<void>(w[1]), w[2], Int(w[3])));
    case kRecv:
      return Checked(::recv(Int(w[0]), Pointer<void>(w[1]), w[2], Int(w[3])));
    case kSendTo:
      return Checked(
          ::sendto(Int(w[0]), Pointer<void>(w[1]), w[2], Int(w[3]), Pointer<const sockaddr>(w[4]), Unsigned(w[5])));
    case kRecvFrom:
      return Checked(
          ::recvfrom(Int(w[0]), Pointer<void>(w[1]), w[2], Int(w[3]), Pointer<sockaddr>(w[4]), Pointer<socklen_t>(w[5])));
    case kShutdown:
      return Checked(::shutdown(Int(w[0]), Int(w[1])));
    case kSetSockOpt:
      return Checked(::setsockopt(Int(w[0]), Int(w[1]), Int(w[2]), Pointer<void>(w[3]), Unsigned(w[4])));
    case kGetSockOpt:
      return Checked(::getsockopt(Int(w[0]), Int(w[1]), Int(w[2]), Pointer<void>(w[3]), Pointer<socklen_t>(w[4])));
    case kAccept4:
      if ((Int(w[3]) & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) != 0) return LIBCIFY_AS_IT_CAME();  // adapters_file.h
      return Checked(::accept4(Int(w[0]), Pointer<sockaddr>(w[1]), Pointer<socklen_t>(w[2]), Int(w[3])));
#if defined(__GLIBC__)
    // musl's copies do less than the kernel (adapters_ipc.h).
    case kSendMsg:
      return Checked(::sendmsg(Int(w[0]), Pointer<const msghdr>(w[1]), Int(w[2])));
    case kRecvMsg:
      return Checked(::recvmsg(Int(w[0]), Pointer<msghdr>(w[1]), Int(w[2])));
    case kSendMmsg:
      return Checked(::sendmmsg(Int(w[0]), Pointer<mmsghdr>(w[1]), Unsigned(w[2]), Int(w[3])));
#endif
    default:  // recvmmsg, whose time libc does not write back on every port, and what is newer
      return LIBCIFY_AS_IT_CAME();
  }
}

// ipc(2); ipc/syscall.c. The upper half of the first word is a version, of which only 0 is in use.
LIBCIFY_ADAPTER(ipc) {
  const int first = Int(a2);
  const unsigned long middle = a3, third = a4, pointer = a5;
  switch (Unsigned(a1)) {
    case kSemOp:
      return Checked(::semop(first, Pointer<sembuf>(pointer), Unsigned(middle)));
    case kSemGet:
      return Checked(::semget(first, Int(middle), Int(third)));
    case kSemTimedOp: {
#if defined(__s390x__)
      const unsigned long time = third;  // five arguments only (arch/s390/kernel/sys_s390.c)
#else
      const unsigned long time = a6;
#endif
      return Checked(
          LIBCIFY_WORD_TIME(semtimedop)(first, Pointer<sembuf>(pointer), Unsigned(middle), Pointer<const WordTime>(time)));
    }
    case kMsgSnd:
      return Checked(::msgsnd(first, Pointer<void>(pointer), middle, Int(third)));
    case kMsgRcv: {
      struct Kludge {  // struct ipc_kludge, include/uapi/linux/ipc.h
        void* message;
        long type;
      };
      if (pointer == 0) return LIBCIFY_AS_IT_CAME();
      const Kludge* kludge = Pointer<const Kludge>(pointer);
      return Checked(::msgrcv(first, kludge->message, middle, kludge->type, Int(third)));
    }
    case kMsgGet:
      return Checked(::msgget(first, Int(middle)));
    case kShmAt: {
      if (third == 0) return LIBCIFY_AS_IT_CAME();
      void* const address = ::shmat(first, Pointer<void>(pointer), Int(middle));
      if (address == reinterpret_cast<void*>(-1L)) return libcify_errno_neg();
      *Pointer<void*>(third) = address;
      return 0;
    }
    case kShmDt:
      return Checked(::shmdt(Pointer<void>(pointer)));
    case kShmGet:
      return Checked(::shmget(first, middle, Int(third)));
    default:  // semctl, msgctl and shmctl, whose structures are those of a version that the command names; DIPC
      return LIBCIFY_AS_IT_CAME();
  }
}

}  // namespace libcify::adapters

#endif
