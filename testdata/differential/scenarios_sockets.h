// Sockets: local ones, and what an address and an option look like.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "differential.h"

namespace {
using namespace differential;

struct Pair {
  explicit Pair(int type = SOCK_STREAM) { MUST(socketpair(AF_UNIX, type, 0, ends)); }
  int ends[2];
};
struct Named {
  explicit Named(const char* name) {
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    strcpy(address.sun_path, name);
    length = static_cast<unsigned>(sizeof(sa_family_t) + strlen(name) + 1);
  }
  sockaddr_un address;
  unsigned length;
};
// A local socket that listens, and one that has connected to it.
struct Listener {
  Listener() : name("socket"), fd(MUST(socket(AF_UNIX, SOCK_STREAM, 0))) {
    MUST(bind(fd, reinterpret_cast<sockaddr*>(&name.address), name.length));
    MUST(listen(fd, 4));
    Connect();
  }
  int Connect() {
    client = MUST(socket(AF_UNIX, SOCK_STREAM, 0));
    MUST(connect(client, reinterpret_cast<sockaddr*>(&name.address), name.length));
    return client;
  }
  Named name;
  int fd, client;
};
struct Peer {
  sockaddr_un address;
  unsigned char behind[2] = {};  // no padding, which would differ
  unsigned length = sizeof address;
  Peer() { memset(&address, 0xee, sizeof address); }
};
void Received(int fd) {
  char text[16] = {};
  Seen(static_cast<long>(recv(fd, text, sizeof text, MSG_DONTWAIT)));
  Seen(text);
}
}  // namespace

SCENARIO(socket, 3, 3) {
  Descriptor(Call(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  Descriptor(Call(AF_UNIX, SOCK_DGRAM, 0));
  Descriptor(Call(AF_INET, SOCK_STREAM, IPPROTO_TCP));
  Call(777, SOCK_STREAM, 0);
  Call(AF_UNIX, 777, 0);
  Call(AF_INET, SOCK_STREAM, 7777);
}
SCENARIO(socketpair, 1, 2) {
  int ends[2] = {-1, -1};
  Call(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
  Seen(ends);
  Descriptor(ends[0]);
  MUST(write(ends[0], "abc", 3));
  Received(ends[1]);
  Call(AF_INET, SOCK_STREAM, 0, ends);
  Call(AF_UNIX, 777, 0, ends);
}
SCENARIO(bind, 1, 3) {
  const Named name("socket");
  const int fd = MUST(socket(AF_UNIX, SOCK_STREAM, 0)), other = MUST(socket(AF_UNIX, SOCK_STREAM, 0));
  Call(fd, &name.address, name.length);
  Path("socket");
  Call(other, &name.address, name.length);
  Call(other, &name.address, 7777);
  Call(-1, &name.address, name.length);
}
SCENARIO(listen, 1, 2) {
  const Named name("socket");
  const int fd = MUST(socket(AF_UNIX, SOCK_STREAM, 0));
  MUST(bind(fd, reinterpret_cast<const sockaddr*>(&name.address), name.length));
  Call(fd, 5);
  const int client = MUST(socket(AF_UNIX, SOCK_STREAM, 0));
  Seen(connect(client, reinterpret_cast<const sockaddr*>(&name.address), name.length));
  Call(client, 5);
  Call(-1, 5);
  Call(File(), 5);
}
SCENARIO(connect, 1, 3) {
  const Listener listener;
  const Named none("none");
  const int fd = MUST(socket(AF_UNIX, SOCK_STREAM, 0));
  Call(fd, &none.address, none.length);
  Call(fd, &listener.name.address, listener.name.length);
  Seen(static_cast<long>(write(fd, "abc", 3)));
  Call(fd, &listener.name.address, listener.name.length);
  Call(-1, &listener.name.address, listener.name.length);
}
SCENARIO(accept, 1, 3) {
  const Listener listener;
  Peer peer;
  Descriptor(Call(listener.fd, &peer.address, &peer.length));
  Seen(peer);
  MUST(fcntl(listener.fd, F_SETFL, O_NONBLOCK));
  Call(listener.fd, nullptr, nullptr);
  Call(-1, nullptr, nullptr);
  Call(File(), nullptr, nullptr);
}
SCENARIO(accept4, 1, 3) {
  const Listener listener;
  Peer peer;
  Descriptor(Call(listener.fd, &peer.address, &peer.length, SOCK_CLOEXEC | SOCK_NONBLOCK));
  Seen(peer);
  Call(listener.fd, nullptr, nullptr, 0x777);
  Call(-1, nullptr, nullptr, 0);
  Call(File(), nullptr, nullptr, 0);
}
SCENARIO(getsockname, 2, 2) {
  const Listener listener;
  Peer peer, cut;
  Call(listener.fd, &peer.address, &peer.length);
  Seen(peer);
  cut.length = 4;
  Call(listener.fd, &cut.address, &cut.length);
  Seen(cut);
  Call(-1, &peer.address, &peer.length);
  Call(listener.fd, &peer.address, nullptr);
}
SCENARIO(getpeername, 1, 2) {
  const Listener listener;
  Peer peer;
  Call(listener.client, &peer.address, &peer.length);
  Seen(peer);
  Call(listener.fd, &peer.address, &peer.length);
  Call(-1, &peer.address, &peer.length);
}
SCENARIO(sendto, 2, 3) {
  const Named name("socket");
  const int to = MUST(socket(AF_UNIX, SOCK_DGRAM, 0)), fd = MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
  MUST(bind(to, reinterpret_cast<const sockaddr*>(&name.address), name.length));
  Call(fd, "abc", 3UL, 0, &name.address, name.length);
  Received(to);
  const Pair pair;
  Call(pair.ends[0], "abc", 3UL, MSG_DONTWAIT, nullptr, 0);
  Received(pair.ends[1]);
  Call(fd, "abc", 3UL, 0, nullptr, 0);
  Call(-1, "abc", 3UL, 0, nullptr, 0);
  close(pair.ends[1]);
  Call(pair.ends[0], "abc", 3UL, MSG_NOSIGNAL, nullptr, 0);
}
SCENARIO(recvfrom, 2, 2) {
  const Named name("here");
  const Pair pair(SOCK_DGRAM);
  MUST(bind(pair.ends[0], reinterpret_cast<const sockaddr*>(&name.address), name.length));
  MUST(write(pair.ends[0], "abcdef", 6));
  MUST(write(pair.ends[0], "second", 6));
  char text[8] = {};
  Peer peer;
  Call(pair.ends[1], text, 3UL, MSG_TRUNC, &peer.address, &peer.length);
  Seen(text);
  Seen(peer);
  Call(pair.ends[1], text, sizeof text, 0, nullptr, nullptr);
  Seen(text);
  Call(pair.ends[1], text, sizeof text, MSG_DONTWAIT, nullptr, nullptr);
  Call(-1, text, sizeof text, 0, nullptr, nullptr);
}
SCENARIO(send, 1, 1) {
  const Pair pair;
  Call(pair.ends[0], "abc", 3UL, MSG_DONTWAIT);
  Received(pair.ends[1]);
  Call(-1, "abc", 3UL, 0);
}
SCENARIO(recv, 1, 2) {
  const Pair pair;
  MUST(write(pair.ends[0], "abcdef", 6));
  char text[8] = {};
  Call(pair.ends[1], text, 3UL, 0);
  Seen(text);
  Call(pair.ends[0], text, 3UL, MSG_DONTWAIT);
  Call(-1, text, 3UL, 0);
}
namespace {
// A message of two pieces, with room for a descriptor beside it.
struct Message {
  char one[4] = {'a', 'b', 'c', 'd'}, two[4] = {'e', 'f', 'g', 'h'};
  iovec pieces[2] = {{one, 3}, {two, 4}};
  alignas(8) unsigned char control[64] = {};
  msghdr header;
  explicit Message(int descriptor = -1) {
    memset(&header, 0, sizeof header);
    header.msg_iov = pieces;
    header.msg_iovlen = 2;
    if (descriptor < 0) return;
    header.msg_control = control;
    header.msg_controllen = CMSG_SPACE(sizeof descriptor);
    cmsghdr* const rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
  }
};
}  // namespace
SCENARIO(sendmsg, 2, 2) {
  const Pair pair;
  const Message plain, with(File());
  Call(pair.ends[0], &plain.header, 0);
  Received(pair.ends[1]);
  Call(pair.ends[0], &with.header, 0);
  Message got(0);
  got.header.msg_controllen = sizeof got.control;
  memset(got.control, 0, sizeof got.control);
  Seen(static_cast<long>(recvmsg(pair.ends[1], &got.header, MSG_CMSG_CLOEXEC)));
  Seen(got.control);
  Seen(got.one);
  Call(-1, &plain.header, 0);
  close(pair.ends[1]);
  Call(pair.ends[0], &plain.header, MSG_NOSIGNAL);
}
SCENARIO(recvmsg, 1, 2) {
  const Pair pair;
  const Message with(File());
  MUST(sendmsg(pair.ends[0], &with.header, 0));
  Message got(0);
  memset(got.one, 0, sizeof got.one);
  memset(got.control, 0, sizeof got.control);
  got.header.msg_controllen = sizeof got.control;
  Call(pair.ends[1], &got.header, MSG_CMSG_CLOEXEC);
  Seen(got.control);
  Seen(got.one);
  Seen(got.two);
  Seen(got.header.msg_controllen);
  Seen(got.header.msg_flags);
  Call(pair.ends[1], &got.header, MSG_DONTWAIT);
  Call(-1, &got.header, 0);
}
SCENARIO(sendmmsg, 1, 2) {
  const Pair pair(SOCK_DGRAM);
  Message one, two;
  mmsghdr messages[2];
  memset(messages, 0, sizeof messages);
  messages[0].msg_hdr = one.header;
  messages[1].msg_hdr = two.header;
  Call(pair.ends[0], messages, 2, 0);
  Seen(messages[0].msg_len);
  Seen(messages[1].msg_len);
  Received(pair.ends[1]);
  Received(pair.ends[1]);
  Call(-1, messages, 2, 0);
  close(pair.ends[1]);
  Call(pair.ends[0], messages, 2, MSG_NOSIGNAL);
}
SCENARIO(recvmmsg, 1, 2) {
  const Pair pair(SOCK_DGRAM);
  MUST(write(pair.ends[0], "12", 2));
  MUST(write(pair.ends[0], "345678", 6));
  Message one, two;
  mmsghdr messages[2];
  memset(messages, 0, sizeof messages);
  messages[0].msg_hdr = one.header;
  messages[1].msg_hdr = two.header;
  long soon[2] = {0, 1000}, bad[2] = {0, -1};
  Call(pair.ends[1], messages, 2, 0, soon);
  Seen(soon[0]);
  Seen(messages[0].msg_len);
  Seen(messages[1].msg_len);
  Seen(one.one);
  Seen(two.two);
  Call(pair.ends[1], messages, 2, MSG_DONTWAIT, nullptr);
  Call(pair.ends[1], messages, 2, MSG_DONTWAIT, bad);
  Call(-1, messages, 2, 0, nullptr);
}
SCENARIO(shutdown, 1, 3) {
  const Pair pair;
  Call(pair.ends[0], SHUT_WR);
  Received(pair.ends[1]);
  Call(pair.ends[0], 77);
  Call(-1, SHUT_WR);
  Call(File(), SHUT_WR);
}
SCENARIO(setsockopt, 1, 3) {
  const Pair pair;
  int value = 1, got = 7;
  socklen_t size = sizeof got;
  Call(pair.ends[0], SOL_SOCKET, SO_PASSCRED, &value, sizeof value);
  MUST(getsockopt(pair.ends[0], SOL_SOCKET, SO_PASSCRED, &got, &size));
  Seen(got);
  Call(pair.ends[0], SOL_SOCKET, 7777, &value, sizeof value);
  Call(pair.ends[0], SOL_SOCKET, SO_PASSCRED, &value, 1);
  Call(-1, SOL_SOCKET, SO_PASSCRED, &value, sizeof value);
}
SCENARIO(getsockopt, 2, 2) {
  const Pair pair;
  int got[4] = {7, 7, 7, 7};
  unsigned size = sizeof got;
  Call(pair.ends[0], SOL_SOCKET, SO_TYPE, got, &size);
  Seen(got);
  Seen(size);
  struct {
    int pid, uid, gid;
  } credentials = {};
  size = sizeof credentials;
  Call(pair.ends[0], SOL_SOCKET, SO_PEERCRED, &credentials, &size);
  Seen(credentials.uid);
  Call(pair.ends[0], SOL_SOCKET, 7777, got, &size);
  Call(-1, SOL_SOCKET, SO_TYPE, got, &size);
}
// One number for many calls (386, s390x, ppc64): socket, bind, sendto and so on by number and a pointer to their words.
SCENARIO(socketcall, 4, 3) {
  unsigned long words[6] = {AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0};
  Descriptor(Call(1, words));
  const Pair pair;
  unsigned long send[6] = {static_cast<unsigned long>(pair.ends[0]), check::Word("abc"), 3, 0, 0, 0};
  Call(11, send);
  Received(pair.ends[1]);
  unsigned long option[5] = {static_cast<unsigned long>(pair.ends[0]), SOL_SOCKET, SO_PASSCRED, 0, 4};
  int value = 1;
  option[3] = check::Word(&value);
  Call(14, option);
  int ends[2] = {-1, -1};
  unsigned long both[4] = {AF_UNIX, SOCK_STREAM, 0, check::Word(ends)};
  Call(8, both);
  Seen(ends);
  words[0] = 777;
  Call(1, words);
  Call(77, words);
  send[0] = ~0UL;
  Call(11, send);
}
