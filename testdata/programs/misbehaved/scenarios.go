package main

import (
	"crypto/rand"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var scenarios = map[string]func(){
	"readfile": readFile, "writefile": writeFile, "copyfile": copyFile, "readdir": readDir, "sync": syncFile,
	"echo": echo, "listen": listen, "accept": accept, "dial": dial, "udp": udp, "pipe": pipe, "command": command,
	"read": rawRead, "parent": parent, "allocate": allocate, "threads": threads, "ignore": ignore, "wake": wake, "random": random,
	"poll": poll, "slow": slow,
}

func readFile() {
	name, want := temporary(), content(100000)
	defer os.Remove(name)
	check(os.WriteFile(name, want, 0o600))
	arm()
	got, err := os.ReadFile(name)
	disarm()
	say("%s, %s", compared(got, want), kind(err))
}

func writeFile() {
	name, want := temporary(), content(100000)
	defer os.Remove(name)
	arm()
	err := os.WriteFile(name, want, 0o600)
	disarm()
	got, again := os.ReadFile(name)
	check(again)
	say("%s, %s", compared(got, want), kind(err))
}

func copyFile() {
	name, copied, want := temporary(), temporary(), content(100000)
	defer os.Remove(name)
	defer os.Remove(copied)
	check(os.WriteFile(name, want, 0o600))
	from, err := os.Open(name)
	check(err)
	to, err := os.Create(copied)
	check(err)
	arm()
	_, err = io.Copy(to, from)
	disarm()
	got, again := os.ReadFile(copied)
	check(again)
	say("%s, %s", compared(got, want), kind(err))
}

func readDir() {
	arm()
	entries, err := os.ReadDir("/proc/self/fdinfo")
	disarm()
	say("some %t, %s", len(entries) > 0, kind(err))
}

func syncFile() {
	name := temporary()
	defer os.Remove(name)
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	check(err)
	arm()
	err = file.Sync()
	disarm()
	say("%s", kind(err))
}

// pair is a listener and the address where it answers with what it was sent.
func pair() (net.Listener, string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() {
		if server, err := listener.Accept(); err == nil {
			io.Copy(struct{ io.Writer }{server}, server) // reads and writes, no splice
			server.Close()
		}
	}()
	return listener, listener.Addr().String()
}

func echo() {
	listener, address := pair()
	defer listener.Close()
	client, err := net.Dial("tcp", address)
	check(err)
	defer client.Close()
	client.SetDeadline(time.Now().Add(20 * time.Second))
	want := content(200000)
	got := make([]byte, len(want))
	arm()
	written := make(chan error)
	go func() { _, err := client.Write(want); written <- err }()
	n, err := io.ReadFull(client, got)
	writing := <-written
	disarm()
	say("%s, read %s, write %s", compared(got[:n], want), kind(err), kind(writing))
}

func listen() {
	arm()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	disarm()
	if err == nil {
		listener.Close()
	}
	say("%s", kind(err))
}

func accept() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer listener.Close()
	client, err := net.Dial("tcp", listener.Addr().String())
	check(err)
	defer client.Close()
	arm()
	server, err := listener.Accept()
	disarm()
	if err == nil {
		server.Close()
	}
	say("%s", kind(err))
}

func dial() {
	listener, address := pair()
	defer listener.Close()
	arm()
	client, err := net.Dial("tcp", address)
	disarm()
	if err == nil {
		client.Close()
	}
	say("%s", kind(err))
}

func udp() {
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	check(err)
	defer server.Close()
	client, err := net.Dial("udp", server.LocalAddr().String())
	check(err)
	defer client.Close()
	server.SetDeadline(time.Now().Add(20 * time.Second))
	want, got := content(1000), make([]byte, 2000)
	_, err = client.Write(want)
	check(err)
	arm()
	n, _, err := server.ReadFrom(got)
	disarm()
	say("%s, %s", compared(got[:n], want), kind(err))
}

func pipe() {
	arm()
	from, to, err := os.Pipe()
	disarm()
	if err == nil {
		from.Close()
		to.Close()
	}
	say("%s", kind(err))
}

func command() {
	arm()
	err := exec.Command("/bin/true").Run()
	disarm()
	say("%s", kind(err))
}

//go:noinline
func rawRead() {
	var ends [2]int
	check(syscall.Pipe(ends[:]))
	_, err := syscall.Write(ends[1], []byte("a"))
	check(err)
	var buffer [1]byte
	arm()
	n, err := syscall.Read(ends[0], buffer[:])
	disarm()
	say("%d, %s", n, kind(err))
}

// os.Getppid says "raw system call": no scheduler takes part.
//
//go:noinline
func parent() {
	arm()
	is := os.Getppid()
	disarm()
	say("some %t", is > 0)
}

var kept [][]byte

//go:noinline
func allocate() {
	arm()
	for i := 0; i < 16; i++ {
		block := make([]byte, 64<<20)
		block[i] = 1
		kept = append(kept, block)
	}
	disarm()
	kept = nil
	say("allocated")
}

// threads makes some that were not there, each with a goroutine that is locked to it.
//
//go:noinline
func threads() {
	arm()
	startThreads(20)
	disarm()
	say("20 threads")
}

func startThreads(count int) {
	var group sync.WaitGroup
	hold := make(chan bool)
	for i := 0; i < count; i++ {
		group.Add(1)
		go func() {
			runtime.LockOSThread()
			<-hold
			group.Done()
		}()
	}
	time.Sleep(50 * time.Millisecond)
	close(hold)
	group.Wait()
}

//go:noinline
func ignore() {
	arm()
	signal.Ignore(syscall.SIGUSR2)
	disarm()
	say("ignored")
}

//go:noinline
func wake() {
	arm()
	ask(100)
	disarm()
	say("100 answers")
}

func ask(times int) {
	there, back := make(chan int), make(chan int)
	go func() {
		runtime.LockOSThread() // another thread, which sleeps meanwhile
		for value := range there {
			back <- value + 1
		}
	}()
	defer close(there)
	for i := 0; i < times; i++ {
		there <- i
		if <-back != i+1 {
			say("FAIL: a wrong answer")
			os.Exit(1)
		}
	}
}

func random() {
	buffer := make([]byte, 64)
	arm()
	_, err := rand.Read(buffer)
	disarm()
	different := 0
	for _, b := range buffer {
		if b != buffer[0] {
			different++
		}
	}
	say("random %t, %s", different > 10, kind(err))
}

// poll makes the first use of the poller, and waits there.
//
//go:noinline
func poll() {
	arm()
	from, to, err := os.Pipe()
	check(err)
	time.AfterFunc(20*time.Millisecond, func() { to.Write([]byte("a")) })
	var buffer [1]byte
	n, err := from.Read(buffer[:])
	disarm()
	say("%d, %s", n, kind(err))
}

// slow: a call that takes its time keeps no other goroutine from running, with one processor, either.
func slow() {
	runtime.GOMAXPROCS(1)
	var ticks int64
	go func() {
		for {
			time.Sleep(time.Millisecond)
			atomic.AddInt64(&ticks, 1)
		}
	}()
	var ends [2]int
	check(syscall.Pipe(ends[:]))
	_, err := syscall.Write(ends[1], []byte("a"))
	check(err)
	var buffer [1]byte
	arm()
	before := atomic.LoadInt64(&ticks)
	began := time.Now()
	n, err := syscall.Read(ends[0], buffer[:])
	took := time.Since(began)
	gone := atomic.LoadInt64(&ticks) - before
	disarm()
	say("%d, %s, took long %t, others ran %t", n, kind(err), took > 250*time.Millisecond, gone > 30)
}

// alive uses every part of the runtime that misbehaviour may have left half done.
func alive() {
	runtime.GC()
	name, want := temporary(), content(50000)
	defer os.Remove(name)
	check(os.WriteFile(name, want, 0o600))
	got, err := os.ReadFile(name)
	check(err)
	if string(got) != string(want) {
		say("FAIL: the file differs")
		os.Exit(1)
	}
	for i := 0; i < 3; i++ {
		check(exec.Command("/bin/true").Run())
	}
	listener, address := pair()
	defer listener.Close()
	client, err := net.Dial("tcp", address)
	check(err)
	defer client.Close()
	client.SetDeadline(time.Now().Add(20 * time.Second))
	_, err = client.Write(want[:5000])
	check(err)
	_, err = io.ReadFull(client, got[:5000])
	check(err)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR2)
	check(syscall.Kill(os.Getpid(), syscall.SIGUSR2))
	<-signals
	ask(100)
	startThreads(20)
	time.Sleep(time.Millisecond)
	runtime.GC()
}
