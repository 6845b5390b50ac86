package main

import (
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

func pipes() {
	read, write, err := os.Pipe()
	must(err)
	first(write.Write([]byte("through a pipe")))
	first(read.Read(make([]byte, 64)))
	must(read.SetReadDeadline(time.Now().Add(time.Millisecond)))
	read.Read(make([]byte, 1)) // waits for the deadline
	must(read.SetReadDeadline(time.Time{}))
	must(write.Close())
	read.Read(make([]byte, 1)) // the end
	must(read.Close())
	first := [2]int{}
	must(syscall.Pipe(first[:]))
	must(syscall.SetNonblock(first[0], true))
	syscall.Read(first[0], make([]byte, 1)) // EAGAIN
	must(syscall.Close(first[0]))
	syscall.Write(first[1], []byte("x")) // EPIPE; the signal is ignored for descriptors above 2
	must(syscall.Close(first[1]))
}

func memory() {
	must(os.WriteFile("mapped", make([]byte, 8192), 0o600))
	fd := first(syscall.Open("mapped", syscall.O_RDWR, 0))
	shared := first(syscall.Mmap(fd, 4096, 4096, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED))
	shared[0] = 1
	must(syscall.Mprotect(shared, syscall.PROT_READ))
	must(syscall.Madvise(shared, syscall.MADV_SEQUENTIAL))
	must(syscall.Munmap(shared))
	own := first(syscall.Mmap(-1, 0, 1<<16, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON))
	own[1<<15] = 1
	must(syscall.Mlock(own[:4096]))
	must(syscall.Munlock(own[:4096]))
	must(syscall.Munmap(own))
	must(syscall.Close(fd))
}

func epoll() {
	fd := first(syscall.EpollCreate1(syscall.EPOLL_CLOEXEC))
	read, write := pipe()
	must(syscall.EpollCtl(fd, syscall.EPOLL_CTL_ADD, read, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: 7}))
	first(syscall.EpollWait(fd, make([]syscall.EpollEvent, 4), 0))
	first(syscall.Write(write, []byte("x")))
	first(syscall.EpollWait(fd, make([]syscall.EpollEvent, 4), 1000))
	must(syscall.EpollCtl(fd, syscall.EPOLL_CTL_MOD, read, &syscall.EpollEvent{Events: syscall.EPOLLIN | syscall.EPOLLONESHOT}))
	must(syscall.EpollCtl(fd, syscall.EPOLL_CTL_DEL, read, nil))
	old := first(syscall.EpollCreate(1))
	var set syscall.FdSet
	set.Bits[0] = 1 << read
	first(syscall.Select(read+1, &set, nil, nil, &syscall.Timeval{Sec: 1, Usec: 5}))
	for _, open := range []int{read, write, fd, old} {
		must(syscall.Close(open))
	}
}

func inotify() {
	fd := first(syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK))
	watch := first(syscall.InotifyAddWatch(fd, ".", syscall.IN_CREATE))
	must(os.WriteFile("watched", nil, 0o600))
	first(syscall.Read(fd, make([]byte, 4096)))
	first(syscall.InotifyRmWatch(fd, uint32(watch)))
	must(syscall.Close(fd))
}

// talk: a connection is made and served by the same goroutine, as the kernel completes it without the server.
func talk(listener net.Listener) {
	client := first(net.Dial(listener.Addr().Network(), listener.Addr().String()))
	server := first(listener.Accept())
	first(client.Write([]byte("question")))
	first(server.Read(make([]byte, 64)))
	first(server.Write([]byte("answer")))
	first(client.Read(make([]byte, 64)))
	must(client.SetReadDeadline(time.Now().Add(time.Millisecond)))
	client.Read(make([]byte, 1)) // waits for the deadline
	must(client.SetReadDeadline(time.Time{}))
	if tcp, ok := client.(*net.TCPConn); ok {
		must(tcp.SetNoDelay(false))
		must(tcp.SetKeepAlive(true))
		must(tcp.SetKeepAlivePeriod(30 * time.Second))
		must(tcp.SetLinger(1))
		must(tcp.SetReadBuffer(1 << 16))
		must(tcp.SetWriteBuffer(1 << 16))
		file := first(tcp.File())
		must(file.Close())
		sent := first(os.Open("from"))
		first(io.CopyN(tcp, sent, 500)) // sendfile
		must(sent.Close())
		first(io.ReadFull(server, make([]byte, 500)))
		must(tcp.CloseWrite())
	} else {
		must(client.(*net.UnixConn).CloseWrite())
	}
	server.Read(make([]byte, 1)) // the end
	buffers := net.Buffers{[]byte("one"), []byte("two")}
	first(buffers.WriteTo(server)) // writev
	first(io.ReadFull(client, make([]byte, 6)))
	must(server.Close())
	must(client.Close())
	must(listener.Close())
}

func tcp() {
	talk(first(net.Listen("tcp4", "127.0.0.1:0")))
	refused := first(net.Listen("tcp4", "127.0.0.1:0"))
	address := refused.Addr().String()
	must(refused.Close())
	net.Dial("tcp4", address) // ECONNREFUSED
}

func udp() {
	one := first(net.ListenPacket("udp4", "127.0.0.1:0"))
	two := first(net.ListenPacket("udp4", "127.0.0.1:0"))
	first(one.WriteTo([]byte("datagram"), two.LocalAddr()))
	_, _, err := two.ReadFrom(make([]byte, 64))
	must(err)
	_, _, err = one.(*net.UDPConn).WriteMsgUDP([]byte("message"), nil, two.LocalAddr().(*net.UDPAddr))
	must(err)
	_, _, _, _, err = two.(*net.UDPConn).ReadMsgUDP(make([]byte, 64), make([]byte, 64))
	must(err)
	must(one.Close())
	must(two.Close())
}

func unixSockets() {
	talk(first(net.Listen("unix", "socket")))
	packets := first(net.ListenUnixgram("unixgram", &net.UnixAddr{Name: "packets", Net: "unixgram"}))
	client := first(net.DialUnix("unixgram", nil, packets.LocalAddr().(*net.UnixAddr)))
	first(client.Write([]byte("packet")))
	_, _, err := packets.ReadFrom(make([]byte, 64))
	must(err)
	must(client.Close())
	must(packets.Close())
	must(os.Remove("packets"))
}

// rawSockets: what package net does not do, by package syscall.
func rawSockets() {
	pair := first(syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0))
	must(syscall.Sendmsg(pair[0], []byte("rights"), syscall.UnixRights(0), nil, 0))
	_, _, _, _, err := syscall.Recvmsg(pair[1], make([]byte, 64), make([]byte, 64), syscall.MSG_CMSG_CLOEXEC)
	must(err)
	syscall.Close(pair[1] + 1) // the descriptor that came
	must(syscall.SetsockoptTimeval(pair[0], syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &syscall.Timeval{Usec: 1000}))
	syscall.Recvfrom(pair[0], make([]byte, 8), 0) // EAGAIN after a millisecond
	first(syscall.GetsockoptInt(pair[0], syscall.SOL_SOCKET, syscall.SO_TYPE))
	first(syscall.GetsockoptUcred(pair[0], syscall.SOL_SOCKET, syscall.SO_PEERCRED))
	first(syscall.Getsockname(pair[0]))
	first(syscall.Getpeername(pair[0]))
	must(syscall.Shutdown(pair[0], syscall.SHUT_WR))
	must(syscall.Close(pair[0]))
	must(syscall.Close(pair[1]))
	fd := first(syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0))
	must(syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1))
	must(syscall.SetsockoptLinger(fd, syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1}))
	must(syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	must(syscall.Listen(fd, 5))
	must(syscall.SetNonblock(fd, true))
	syscall.Accept(fd) // EAGAIN
	syscall.Accept4(fd, syscall.SOCK_CLOEXEC)
	must(syscall.Close(fd))
}

func interfaces() {
	found := first(net.Interfaces())
	for _, one := range found {
		first(one.Addrs())
	}
}
