package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"syscall"
	"time"
)

func files(worker, round int) {
	file, err := os.CreateTemp("", "stress")
	check(err)
	defer os.Remove(file.Name())
	defer file.Close()
	text := bytes.Repeat([]byte(fmt.Sprintf("%d:%d ", worker, round)), 300)
	_, err = file.Write(text)
	check(err)
	back := make([]byte, len(text))
	_, err = file.ReadAt(back, 0)
	check(err)
	info, err := os.Stat(file.Name())
	check(err)
	if !bytes.Equal(text, back) || info.Size() != int64(len(text)) {
		fail("files: %d bytes of %d differ", info.Size(), len(text))
	}
	if _, err := os.Open("/does/not/exist"); !os.IsNotExist(err) {
		fail("files: a missing file gave %v", err)
	}
}

func sockets(worker, round int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer listener.Close()
	go func() {
		if server, err := listener.Accept(); err == nil {
			io.Copy(server, server)
			server.Close()
		}
	}()
	client, err := net.Dial("tcp", listener.Addr().String())
	check(err)
	defer client.Close()
	client.SetDeadline(time.Now().Add(30 * time.Second))
	text := bytes.Repeat([]byte{byte(round)}, 40000)
	go client.Write(text)
	back := make([]byte, len(text))
	_, err = io.ReadFull(client, back)
	check(err)
	if !bytes.Equal(text, back) {
		fail("sockets: the echo differs")
	}
	client.SetReadDeadline(time.Now().Add(time.Millisecond))
	if _, err := client.Read(back[:1]); err == nil || !err.(net.Error).Timeout() {
		fail("sockets: a deadline gave %v", err)
	}
}

// A blocking read on a locked thread that ends with its goroutine.
func pipes(worker, round int) {
	var ends [2]int
	check(syscall.Pipe(ends[:]))
	defer syscall.Close(ends[1])
	answer := make(chan byte)
	go func() {
		runtime.LockOSThread()
		var buffer [1]byte
		for {
			n, err := syscall.Read(ends[0], buffer[:])
			if err == syscall.EINTR {
				continue
			}
			if n != 1 || err != nil {
				fail("pipes: read gave %d, %v", n, err)
			}
			break
		}
		syscall.Close(ends[0])
		answer <- buffer[0]
	}()
	time.Sleep(time.Millisecond)
	_, err := syscall.Write(ends[1], []byte{byte(round)})
	check(err)
	if got := <-answer; got != byte(round) {
		fail("pipes: got %d, want %d", got, byte(round))
	}
}

func child() {
	text, err := io.ReadAll(os.Stdin)
	check(err)
	fmt.Printf("%s %s", os.Args[2], text)
	os.Exit(5)
}

func children(worker, round int) {
	// A child that cannot execute exits. That hangs now and then under qemu-user, stock too: its fork may come while another thread
	// holds the lock that the emulator's exit takes.
	if round%4 == 3 && os.Getenv("STRESS_UNDER_QEMU") == "" {
		if err := exec.Command("/does/not/exist").Run(); err == nil || !strings.Contains(err.Error(), "no such file") {
			fail("children: a missing program gave %v", err)
		}
		return
	}
	self, err := os.Executable()
	check(err)
	name := fmt.Sprint(worker, "-", round)
	command := exec.Command(self, "0", name)
	command.Stdin = strings.NewReader("input of " + name)
	output, err := command.Output()
	exit, ok := err.(*exec.ExitError)
	if !ok || exit.ExitCode() != 5 || string(output) != name+" input of "+name {
		fail("children: %q, %v", output, err)
	}
}

func sendSignals(worker, round int) {
	check(syscall.Kill(os.Getpid(), syscall.SIGUSR1))
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	check(syscall.Tgkill(os.Getpid(), syscall.Gettid(), syscall.SIGWINCH))
	if round%20 == 0 {
		time.Sleep(100 * time.Microsecond)
	}
}

func collect(worker, round int) {
	runtime.GC()
	if round%10 == 0 {
		debug.FreeOSMemory()
	}
	if got := grow(500, round); got != round {
		fail("collector: a stack that grew gave %d, want %d", got, round)
	}
	time.Sleep(5 * time.Millisecond)
}

//go:noinline
func grow(depth, value int) int {
	var pad [40]int
	pad[depth%40] = value
	if depth == 0 {
		return pad[0]
	}
	return grow(depth-1, pad[depth%40])
}

// A loop without calls: it stops for others only when a signal preempts it.
func loops(worker, round int) {
	sum := uint64(round)
	for i := 0; i < 20000000; i++ {
		sum = sum*6364136223846793005 + 1
	}
	if sum == 42 {
		fmt.Println("unlikely")
	}
}

func profile(worker, round int) {
	var output bytes.Buffer
	check(pprof.StartCPUProfile(&output))
	time.Sleep(100 * time.Millisecond)
	pprof.StopCPUProfile()
	if output.Len() == 0 {
		fail("profiler: an empty profile")
	}
}
