// bridgesteps: calls through the bridge for a debugger that delivers a signal at every instruction of it
// (scripts/test/bridge_signals). The result of each call, and a local that the stack holds, must be right; each sample of
// the CPU profile that was taken inside the call must show main.target.
//
//	bridgesteps PROFILE
package main

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	_ "runtime/cgo"
	"runtime/pprof"
	"sync/atomic"
	"syscall"
)

// The debugger sets it.
var last int32

//go:noinline
func target(parent int) bool {
	var canary [8]int
	for i := range canary {
		canary[i] = parent + i
	}
	got := syscall.Getppid()
	for i := range canary {
		if canary[i] != parent+i {
			return false
		}
	}
	return got == parent
}

func main() {
	runtime.LockOSThread()
	file, err := os.Create(os.Args[1])
	if err != nil {
		panic(err)
	}
	received := make(chan os.Signal, 1)
	signal.Notify(received, syscall.SIGUSR1)
	var seen int32
	go func() {
		for range received {
			atomic.AddInt32(&seen, 1)
		}
	}()
	if err := pprof.StartCPUProfile(file); err != nil {
		panic(err)
	}
	calls, parent := 0, os.Getppid()
	for atomic.LoadInt32(&last) == 0 {
		if !target(parent) {
			fmt.Println("wrong result or a broken stack after", calls, "calls")
			os.Exit(1)
		}
		if calls++; calls%16 == 0 {
			runtime.GC()
		}
	}
	pprof.StopCPUProfile()
	file.Close()
	fmt.Println("calls", calls, "notified", atomic.LoadInt32(&seen))
	fmt.Println("bridgesteps done")
}
