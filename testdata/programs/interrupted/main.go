// interrupted: calls that block, and what ends them: a signal with SA_RESTART and without, a deadline, pthread_cancel. The answer
// of each is a line, the same for a routed program and for a stock one (scripts/test/interrupted).
package main

/*
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

extern int goReadByte(int fd);

static volatile int handled;
static void handler(int number) { (void)number; handled++; }
// A handler of C on Go's signal stack, with the flags that Go demands of such ones (os/signal, "Go programs that use cgo").
static int install(int number, int flags) {
	struct sigaction action;
	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = SA_ONSTACK | flags;
	sigfillset(&action.sa_mask);
	return sigaction(number, &action, 0);
}
static int handled_so_far(void) { return handled; }
static int restart(void) { return SA_RESTART; }
static uintptr_t self(void) { return (uintptr_t)pthread_self(); }
static int send(uintptr_t thread, int number) { return pthread_kill((pthread_t)thread, number); }

static pthread_t called;
static volatile int result, kept_errno, cleaned_up;
static void cleanup(void* unused) { (void)unused; cleaned_up = 1; }
static void* calls_go(void* fd) {
	pthread_cleanup_push(cleanup, 0);
	errno = 77;
	result = goReadByte((int)(intptr_t)fd);
	kept_errno = errno == 77;
	pthread_testcancel();
	pthread_cleanup_pop(0);
	return 0;
}
static int start(int fd) { return pthread_create(&called, 0, calls_go, (void*)(intptr_t)fd); }
static int cancel(void) { return pthread_cancel(called); }
static int join(void) { void* given; pthread_join(called, &given); return given == PTHREAD_CANCELED; }
static int read_result(void) { return result; }
static int errno_was_kept(void) { return kept_errno; }
static int was_cleaned_up(void) { return cleaned_up; }
*/
import "C"

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

func check(err error) {
	if err != nil {
		fmt.Println("FAIL:", err)
		os.Exit(1)
	}
}

func makePipe() (from, to int) {
	var ends [2]int
	check(syscall.Pipe(ends[:]))
	return ends[0], ends[1]
}

// interrupt sends the signal to a thread that waits in call until its handler has run some times, then lets the call end.
func interrupt(name string, number syscall.Signal, call func() error, release func()) {
	thread, answer := make(chan C.uintptr_t), make(chan error)
	go func() {
		runtime.LockOSThread()
		thread <- C.self()
		answer <- call()
	}()
	id := <-thread
	before := C.handled_so_far()
	for C.handled_so_far() < before+10 {
		C.send(id, C.int(number))
		time.Sleep(20 * time.Millisecond)
		select {
		case err := <-answer:
			fmt.Printf("%s: ended by the signal: %v\n", name, err)
			release()
			return
		default:
		}
	}
	release()
	fmt.Printf("%s: went on: %v\n", name, <-answer)
}

func interruptions(restarts string, number syscall.Signal) {
	buffer := make([]byte, 1)
	from, to := makePipe()
	put := func() { syscall.Write(to, []byte("a")) }
	interrupt("syscall.Read, "+restarts, number, func() error { _, err := syscall.Read(from, buffer); return err }, put)
	// A file that blocks: package os makes the call again.
	from, to = makePipe()
	file := os.NewFile(uintptr(from), "pipe")
	interrupt("os.File.Read, "+restarts, number, func() error { _, err := file.Read(buffer); return err }, put)
	interrupt("syscall.Select, "+restarts, number, func() error {
		_, err := syscall.Select(0, nil, nil, nil, &syscall.Timeval{Sec: 1})
		return err
	}, func() {})
	interrupt("syscall.Nanosleep, "+restarts, number, func() error {
		return syscall.Nanosleep(&syscall.Timespec{Sec: 1}, nil)
	}, func() {})
	child := exec.Command("cat")
	input, err := child.StdinPipe()
	check(err)
	check(child.Start())
	interrupt("syscall.Wait4, "+restarts, number, func() error {
		var status syscall.WaitStatus
		_, err := syscall.Wait4(child.Process.Pid, &status, 0, nil)
		return err
	}, func() { input.Close() })
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	check(err)
	interrupt("syscall.Recvfrom, "+restarts, number, func() error {
		_, _, err := syscall.Recvfrom(pair[0], buffer, 0)
		return err
	}, func() { syscall.Write(pair[1], []byte("a")) })
	lock, err := os.CreateTemp("", "interrupted")
	check(err)
	defer os.Remove(lock.Name())
	other, err := os.Open(lock.Name())
	check(err)
	check(syscall.Flock(int(lock.Fd()), syscall.LOCK_EX))
	interrupt("syscall.Flock, "+restarts, number, func() error { return syscall.Flock(int(other.Fd()), syscall.LOCK_EX) },
		func() { syscall.Flock(int(lock.Fd()), syscall.LOCK_UN) })
}

func deadlines() {
	from, to, err := os.Pipe()
	check(err)
	defer to.Close()
	check(from.SetReadDeadline(time.Now().Add(20 * time.Millisecond)))
	_, err = from.Read(make([]byte, 1))
	fmt.Println("deadline of a pipe:", errors.Is(err, os.ErrDeadlineExceeded))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer listener.Close()
	client, err := net.Dial("tcp", listener.Addr().String())
	check(err)
	go func() { time.Sleep(20 * time.Millisecond); client.Close() }()
	_, err = client.Read(make([]byte, 1))
	fmt.Println("close of a socket in a read:", errors.Is(err, net.ErrClosed))
	limited, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err = exec.CommandContext(limited, "sleep", "60").Run()
	fmt.Println("context of a child:", err)
	limited, cancel = context.WithCancel(context.Background())
	cancel()
	_, err = (&net.Dialer{}).DialContext(limited, "tcp", listener.Addr().String())
	fmt.Println("context of a dial:", errors.Is(err, context.Canceled))
}

//export goReadByte
func goReadByte(fd C.int) C.int {
	defer func() { deferred = true }()
	// A child shares the thread's memory until it executes something, and must leave its cancellation alone.
	check(exec.Command("true").Run())
	var buffer [1]byte
	for {
		n, err := syscall.Read(int(fd), buffer[:])
		if err == syscall.EINTR {
			continue
		}
		if n != 1 || err != nil {
			return -1
		}
		return C.int(buffer[0])
	}
}

var deferred bool

// cancelled: a thread of C that waits in a read of Go is cancelled there. In a system call of Go's own that waits until the thread
// is back in C; libc's read would unwind through Go's frames.
func cancelled() {
	from, to := makePipe()
	if C.start(C.int(from)) != 0 {
		check(errors.New("pthread_create"))
	}
	time.Sleep(100 * time.Millisecond)
	fmt.Println("pthread_cancel:", C.cancel())
	time.Sleep(100 * time.Millisecond)
	_, err := syscall.Write(to, []byte{42})
	check(err)
	gone := C.join() != 0
	fmt.Println("cancelled:", gone, "read", C.read_result(), "deferred", deferred, "errno kept", C.errno_was_kept(), "cleaned up", C.was_cleaned_up())
}

func main() {
	if C.install(C.int(syscall.SIGUSR1), C.restart()) != 0 || C.install(C.int(syscall.SIGUSR2), 0) != 0 {
		check(errors.New("sigaction"))
	}
	interruptions("SA_RESTART", syscall.SIGUSR1)
	interruptions("no SA_RESTART", syscall.SIGUSR2)
	deadlines()
	cancelled()
	runtime.GC()
	fmt.Println("interrupted done")
}
