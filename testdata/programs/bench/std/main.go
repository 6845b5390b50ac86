// std does the work through package syscall, as Go programs do.
package main

import (
	_ "runtime/cgo"
	"syscall"
	"time"

	"libcify.test/programs/bench/harness"
)

func must(ok bool) {
	if !ok {
		panic("the call failed")
	}
}

func main() {
	var sink int
	var last time.Time
	harness.Main(harness.Ops{
		Getuid: func(n int) {
			for i := 0; i < n; i++ {
				sink += syscall.Getuid()
			}
		},
		Read: func(n, fd int, buffer []byte) {
			for i := 0; i < n; i++ {
				got, _ := syscall.Read(fd, buffer)
				must(got == len(buffer))
			}
		},
		Pread: func(n, fd int, buffer []byte) {
			for i := 0; i < n; i++ {
				got, _ := syscall.Pread(fd, buffer, 0)
				must(got == len(buffer))
			}
		},
		Write: func(n, fd int, buffer []byte) {
			for i := 0; i < n; i++ {
				got, _ := syscall.Write(fd, buffer)
				must(got == len(buffer))
			}
		},
		Stat: func(n int, path string) {
			var status syscall.Stat_t
			for i := 0; i < n; i++ {
				must(syscall.Stat(path, &status) == nil)
			}
		},
		OpenClose: func(n int, path string) {
			for i := 0; i < n; i++ {
				fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
				must(err == nil && syscall.Close(fd) == nil)
			}
		},
		Now: func(n int) {
			for i := 0; i < n; i++ {
				last = time.Now()
			}
		},
		Pipe: func() (int, int) {
			var ends [2]int
			must(syscall.Pipe2(ends[:], 0) == nil)
			return ends[0], ends[1]
		},
		Open: func(path string) int {
			fd, err := syscall.Open(path, syscall.O_RDONLY, 0)
			must(err == nil)
			return fd
		},
	})
	_ = last
}
