// purego does the work by calling libc through github.com/ebitengine/purego, by address: its fastest way.
package main

import (
	"unsafe"

	"github.com/ebitengine/purego"

	"libcify.test/programs/bench/harness"
)

func must(ok bool) {
	if !ok {
		panic("the call failed")
	}
}

type timespec struct{ seconds, nanoseconds int64 }

func main() {
	libc, err := purego.Dlopen("libc.so.6", purego.RTLD_NOW|purego.RTLD_GLOBAL)
	must(err == nil)
	find := func(name string) uintptr {
		address, err := purego.Dlsym(libc, name)
		must(err == nil)
		return address
	}
	getuid, read, pread, write, stat := find("getuid"), find("read"), find("pread"), find("write"), find("stat")
	open, closeFile, clock, pipe := find("open"), find("close"), find("clock_gettime"), find("pipe")
	cString := func(text string) uintptr { return uintptr(unsafe.Pointer(&append([]byte(text), 0)[0])) }
	transfer := func(function uintptr, n, fd int, buffer []byte) {
		for i := 0; i < n; i++ {
			got, _, _ := purego.SyscallN(function, uintptr(fd), uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)), 0)
			must(int(got) == len(buffer))
		}
	}
	openFile := func(path string) int {
		fd, _, _ := purego.SyscallN(open, cString(path), 0)
		return int(int32(fd))
	}
	harness.Main(harness.Ops{
		Getuid: func(n int) {
			for i := 0; i < n; i++ {
				purego.SyscallN(getuid)
			}
		},
		Read:  func(n, fd int, buffer []byte) { transfer(read, n, fd, buffer) },
		Pread: func(n, fd int, buffer []byte) { transfer(pread, n, fd, buffer) },
		Write: func(n, fd int, buffer []byte) { transfer(write, n, fd, buffer) },
		Stat: func(n int, path string) {
			var status [256]byte
			for i := 0; i < n; i++ {
				got, _, _ := purego.SyscallN(stat, cString(path), uintptr(unsafe.Pointer(&status[0])))
				must(int32(got) == 0)
			}
		},
		OpenClose: func(n int, path string) {
			for i := 0; i < n; i++ {
				fd := openFile(path)
				must(fd >= 0)
				purego.SyscallN(closeFile, uintptr(fd))
			}
		},
		Now: func(n int) {
			var wall, steady timespec
			for i := 0; i < n; i++ {
				purego.SyscallN(clock, 0, uintptr(unsafe.Pointer(&wall)))
				purego.SyscallN(clock, 1, uintptr(unsafe.Pointer(&steady)))
			}
		},
		Pipe: func() (int, int) {
			var ends [2]int32
			got, _, _ := purego.SyscallN(pipe, uintptr(unsafe.Pointer(&ends[0])))
			must(int32(got) == 0)
			return int(ends[0]), int(ends[1])
		},
		Open: openFile,
	})
}
