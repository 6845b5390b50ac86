// bridgefault: a runtime function that works on the system stack gives memory back; an interposer (preload/madvise.c) faults
// there. The traceback must show the goroutine's own frames as well.
package main

import (
	"runtime"
	_ "runtime/cgo"
	"runtime/debug"
	"syscall"
)

var kept []byte

//go:noinline
func userCode() { debug.FreeOSMemory() }

func main() {
	kept = make([]byte, 64<<20)
	for i := range kept {
		kept[i] = 1
	}
	kept = nil
	runtime.LockOSThread()
	syscall.Getppid() // arms the interposer for this thread
	userCode()
	println("not reached")
}
