// C's threads and signal handlers run closures of LLGo, by the shims that the dialect adds to package syscall. It says "all good",
// or what is wrong. Built with the closure mode of another compiler it must not.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

//go:linkname startThread syscall.libcifyStartThread
func startThread(f func()) syscall.Errno

//go:linkname handleSignal syscall.libcifyHandleSignal
func handleSignal(signal syscall.Signal, f func(signal int32, info, context unsafe.Pointer)) syscall.Errno

func must(what string, good bool) {
	if !good {
		fmt.Println("wrong:", what)
		os.Exit(1)
	}
}

func until(what string, done func() bool) {
	for i := 0; i < 10000 && !done(); i++ {
		time.Sleep(time.Millisecond)
	}
	must(what, done())
}

//go:noinline
func allocate(n int) (sum int) {
	for i := 0; i < 200; i++ {
		piece := make([]int, 1000)
		piece[i] = n
		sum += piece[i]
	}
	return sum
}

type worker struct {
	sum  atomic.Int64
	done atomic.Int32
}

// A method value as the thread's body: its context is the receiver.
func (w *worker) run() {
	w.sum.Add(int64(allocate(1)))
	w.done.Add(1)
}

var plainRan atomic.Int32

func plain() { plainRan.Add(1) }

func threads() {
	const count = 16
	var sum atomic.Int64
	var done atomic.Int32
	for i := 0; i < count; i++ {
		i := i
		// Nobody but the new thread has what this one captures: the collector must see it before the thread begins.
		captured := &[3]int{i, 10 * i, 100 * i}
		must("a thread starts", startThread(func() {
			nested := func() int { return captured[0] + captured[1] + captured[2] }
			sum.Add(int64(nested() + allocate(i) - 200*i))
			done.Add(1)
		}) == 0)
		runtime.GC()
	}
	until("the threads run", func() bool { return done.Load() == count })
	must("each had its context", sum.Load() == 111*count*(count-1)/2)
	w := &worker{}
	must("a thread of a method value starts", startThread(w.run) == 0)
	must("a thread of a plain function starts", startThread(plain) == 0)
	until("they run", func() bool { return w.done.Load() == 1 && plainRan.Load() == 1 })
	must("with the receiver", w.sum.Load() == 200)
}

// A caller of closures that signals interrupt at any instruction.
func busy(rounds int, f func(int) int) (wrong int) {
	for i := 0; i < rounds; i++ {
		if f(i) != i+7 {
			wrong++
		}
	}
	return wrong
}

func signals() {
	// What the handlers count lies in what they captured, and nothing else refers to it.
	counted := new([2]int32)
	seen := int32(0)
	install := func(at int, by int32) {
		must("a handler is installed", handleSignal(syscall.SIGUSR1, func(signal int32, info, _ unsafe.Pointer) {
			atomic.AddInt32(&counted[at], by)
			if signal == int32(syscall.SIGUSR1) && *(*int32)(info) == signal {
				atomic.AddInt32(&seen, 1)
			}
		}) == 0)
	}
	install(0, 1)
	runtime.GC()
	allocate(1)
	for i := 0; i < 5; i++ {
		must("kill", syscall.Kill(syscall.Getpid(), syscall.SIGUSR1) == nil)
	}
	until("the handler ran", func() bool { return atomic.LoadInt32(&counted[0]) == 5 })
	install(1, 100)
	var stop atomic.Bool
	must("a thread that sends signals", startThread(func() {
		for i := 0; i < 200; i++ {
			syscall.Kill(syscall.Getpid(), syscall.SIGUSR1)
			time.Sleep(100 * time.Microsecond)
		}
		stop.Store(true)
	}) == 0)
	seven := len(os.Args) + 6
	wrong := 0
	for !stop.Load() {
		wrong += busy(1000, func(x int) int { return x + seven })
	}
	must("calls between which signals come", wrong == 0)
	must("the new handler ran, and the old one no more", atomic.LoadInt32(&counted[1]) >= 100 && atomic.LoadInt32(&counted[0]) == 5)
	must("each with the signal and its information", atomic.LoadInt32(&seen) == 5+atomic.LoadInt32(&counted[1])/100)
	before := atomic.LoadInt32(&seen)
	must("no signal has this number", handleSignal(1000, func(int32, unsafe.Pointer, unsafe.Pointer) {}) == syscall.EINVAL)
	must("this one has no handler", handleSignal(syscall.SIGKILL, func(int32, unsafe.Pointer, unsafe.Pointer) {}) == syscall.EINVAL)
	// By default nothing happens on SIGURG.
	must("a handler for SIGURG", handleSignal(syscall.SIGURG, func(int32, unsafe.Pointer, unsafe.Pointer) { atomic.AddInt32(&seen, 1) }) == 0)
	must("kill", syscall.Kill(syscall.Getpid(), syscall.SIGURG) == nil)
	until("it runs", func() bool { return atomic.LoadInt32(&seen) == before+1 })
	must("it goes", handleSignal(syscall.SIGURG, nil) == 0)
	must("kill", syscall.Kill(syscall.Getpid(), syscall.SIGURG) == nil)
	time.Sleep(20 * time.Millisecond)
	must("and runs no more", atomic.LoadInt32(&seen) == before+1)
}

func main() {
	threads()
	signals()
	fmt.Println("all good")
}
