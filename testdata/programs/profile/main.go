// profile PATH: a CPU profile of two loops that spend nearly all time in system calls, one short and one long one. Each takes the
// same CPU time of its thread, so that their shares do not depend on what else the machine does.
package main

import (
	"fmt"
	"os"
	"runtime"
	_ "runtime/cgo"
	"runtime/pprof"
	"syscall"
	"time"
)

const loopTime = 1500 * time.Millisecond

// threadTime is the CPU time of this thread: getrusage with RUSAGE_THREAD (1).
func threadTime() time.Duration {
	var usage syscall.Rusage
	check(syscall.Getrusage(1, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

//go:noinline
func shortCalls(until time.Duration) (calls int) {
	for threadTime() < until {
		for i := 0; i < 2000; i++ {
			syscall.RawSyscall(syscall.SYS_GETPPID, 0, 0, 0)
			calls++
		}
	}
	return calls
}

//go:noinline
func longCalls(until time.Duration, file int, buffer []byte) (calls int) {
	for threadTime() < until {
		for i := 0; i < 20; i++ {
			n, err := syscall.Pread(file, buffer, 0)
			if err != nil || n <= 0 { // short when the profiling signal comes
				fmt.Println("FAIL: pread:", n, err)
				os.Exit(1)
			}
			calls++
		}
	}
	return calls
}

func main() {
	output, err := os.Create(os.Args[1])
	check(err)
	zero, err := syscall.Open("/dev/zero", syscall.O_RDONLY, 0)
	check(err)
	check(pprof.StartCPUProfile(output))
	buffer := make([]byte, 1<<20)
	runtime.LockOSThread()
	calls := shortCalls(threadTime() + loopTime)
	calls += longCalls(threadTime()+loopTime, zero, buffer)
	pprof.StopCPUProfile()
	check(output.Close())
	fmt.Println("profile done", calls > 0)
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL:", err)
		os.Exit(1)
	}
}
