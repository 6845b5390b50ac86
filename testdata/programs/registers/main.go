// registers: what Go's code relies on in the registers after a system call: the second result, which on amd64 is the third
// argument, and a register that holds zero. It prints what it finds; a stock program says the same (scripts/test/dirty_registers).
package main

import (
	"fmt"
	"os"
	_ "runtime/cgo"
	"syscall"
)

var sink *[16]uint64

// zeroed makes a call and then a variable, which the compiler clears by the zero register.
//
//go:noinline
func zeroed() bool {
	syscall.RawSyscall6(syscall.SYS_GETUID, 1, 2, 3, 4, 5, 6)
	var fresh [16]uint64
	sink = &fresh
	for _, word := range sink {
		if word != 0 {
			return false
		}
	}
	return true
}

func main() {
	for _, number := range []uintptr{syscall.SYS_GETPPID, syscall.SYS_GETUID, syscall.SYS_READ, 400} {
		_, raw, _ := syscall.RawSyscall(number, ^uintptr(0), 0, 0x1234)
		_, blocking, _ := syscall.Syscall(number, ^uintptr(0), 0, 0x1234)
		fmt.Printf("second result of %d: %#x %#x\n", number, raw, blocking)
	}
	all := true
	for i := 0; i < 1000; i++ {
		all = all && zeroed()
	}
	fmt.Println("zero:", all)
	if _, err := os.Stat("/"); err != nil {
		fmt.Println(err)
	}
	fmt.Println("registers done")
}
