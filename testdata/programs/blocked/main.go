// blocked: one goroutine waits in read for ever. Sent SIGQUIT, the program shows where.
package main

import (
	"fmt"
	_ "runtime/cgo"
	"syscall"
	"time"
)

//go:noinline
func waitInRead(fd int) {
	var buffer [1]byte
	n, err := syscall.Read(fd, buffer[:])
	fmt.Println("read came back:", n, err)
}

func main() {
	var ends [2]int
	if err := syscall.Pipe(ends[:]); err != nil {
		panic(err)
	}
	go func() {
		time.Sleep(300 * time.Millisecond)
		fmt.Println("waiting")
	}()
	waitInRead(ends[0])
}
