// Nanoseconds per call of one operation: times OPERATION ROUNDS. c/times.c is the same in C.
package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"
)

func open(name string, flags int) int {
	fd, err := syscall.Open(name, flags, 0)
	if err != nil {
		panic(err)
	}
	return fd
}

func main() {
	rounds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	zero, null := open("/dev/zero", syscall.O_RDONLY), open("/dev/null", syscall.O_WRONLY)
	buffer := make([]byte, 1)
	var status syscall.Stat_t
	operations := map[string]func() bool{
		"getpid":    func() bool { return syscall.Getpid() > 0 },
		"close(-1)": func() bool { return syscall.Close(-1) != nil },
		"read":      func() bool { n, _ := syscall.Read(zero, buffer); return n == 1 },
		"pread":     func() bool { n, _ := syscall.Pread(zero, buffer, 0); return n == 1 },
		"write":     func() bool { n, _ := syscall.Write(null, buffer); return n == 1 },
		"fstat":     func() bool { return syscall.Fstat(zero, &status) == nil },
	}
	operation := operations[os.Args[1]]
	begin, good := time.Now(), 0
	for i := 0; i < rounds; i++ {
		if operation() {
			good++
		}
	}
	took := time.Since(begin)
	if good != rounds {
		panic("a call failed")
	}
	fmt.Println(float64(took.Nanoseconds()) / float64(rounds))
}
