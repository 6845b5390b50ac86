// Package harness times operations for scripts/bench: one process, one operation, one number.
package harness

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"
)

// Ops is how one kind of program does the work. Each function does it n times.
type Ops struct {
	Getuid    func(n int)
	Read      func(n, fd int, buffer []byte)
	Pread     func(n, fd int, buffer []byte)
	Write     func(n, fd int, buffer []byte)
	Stat      func(n int, path string)
	OpenClose func(n int, path string)
	Now       func(n int)
	Pipe      func() (reader, writer int)
	Open      func(path string) int
}

// Main runs `program OPERATION MILLISECONDS FILE` and prints nanoseconds per operation.
func Main(ops Ops) {
	name, path := os.Args[1], os.Args[3]
	milliseconds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	buffer := make([]byte, 64)
	var work func(n int)
	switch name {
	case "getuid":
		work = ops.Getuid
	case "read":
		fd := ops.Open("/dev/zero")
		work = func(n int) { ops.Read(n, fd, buffer) }
	case "pread":
		fd := ops.Open(path)
		work = func(n int) { ops.Pread(n, fd, buffer) }
	case "stat":
		work = func(n int) { ops.Stat(n, path) }
	case "open+close":
		work = func(n int) { ops.OpenClose(n, path) }
	case "time.Now":
		work = ops.Now
	case "ping-pong":
		work = pingPong(ops)
	default:
		panic("no such operation: " + name)
	}
	fmt.Println(measure(work, time.Duration(milliseconds)*time.Millisecond))
}

// measure warms up, finds a count that takes a tenth of the time, and gives the best of such slices.
func measure(work func(n int), total time.Duration) float64 {
	runtime.LockOSThread()
	n := 1
	for {
		start := time.Now()
		work(n)
		if took := time.Since(start); took > total/20 {
			break
		}
		n *= 2
	}
	best := 0.0
	for slice := 0; slice < 10; slice++ {
		start := time.Now()
		work(n)
		if one := float64(time.Since(start).Nanoseconds()) / float64(n); best == 0 || one < best {
			best = one
		}
	}
	return best
}

// pingPong: two locked threads that hand a byte to and fro through pipes.
func pingPong(ops Ops) func(n int) {
	hereReader, thereWriter := ops.Pipe()
	thereReader, hereWriter := ops.Pipe()
	go func() {
		runtime.LockOSThread()
		buffer := make([]byte, 1)
		for {
			ops.Read(1, thereReader, buffer)
			ops.Write(1, thereWriter, buffer)
		}
	}()
	buffer := make([]byte, 1)
	return func(n int) {
		for i := 0; i < n; i++ {
			ops.Write(1, hereWriter, buffer)
			ops.Read(1, hereReader, buffer)
		}
	}
}
