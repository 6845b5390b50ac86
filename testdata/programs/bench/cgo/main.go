// cgo does the work by calling libc through cgo. time.Now reads two clocks, so this one does too.
package main

/*
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
static int open_readonly(const char* path) { return open(path, O_RDONLY | O_CLOEXEC); }
*/
import "C"

import (
	"unsafe"

	"libcify.test/programs/bench/harness"
)

func must(ok bool) {
	if !ok {
		panic("the call failed")
	}
}

func main() {
	var sink C.uint
	harness.Main(harness.Ops{
		Getuid: func(n int) {
			for i := 0; i < n; i++ {
				sink += C.getuid()
			}
		},
		Read: func(n, fd int, buffer []byte) {
			for i := 0; i < n; i++ {
				must(C.read(C.int(fd), unsafe.Pointer(&buffer[0]), C.size_t(len(buffer))) == C.ssize_t(len(buffer)))
			}
		},
		Pread: func(n, fd int, buffer []byte) {
			for i := 0; i < n; i++ {
				must(C.pread(C.int(fd), unsafe.Pointer(&buffer[0]), C.size_t(len(buffer)), 0) == C.ssize_t(len(buffer)))
			}
		},
		Write: func(n, fd int, buffer []byte) {
			for i := 0; i < n; i++ {
				must(C.write(C.int(fd), unsafe.Pointer(&buffer[0]), C.size_t(len(buffer))) == C.ssize_t(len(buffer)))
			}
		},
		Stat: func(n int, path string) {
			var status C.struct_stat
			for i := 0; i < n; i++ {
				name := C.CString(path) // Go's Stat makes a C string each time as well
				must(C.stat(name, &status) == 0)
				C.free(unsafe.Pointer(name))
			}
		},
		OpenClose: func(n int, path string) {
			for i := 0; i < n; i++ {
				name := C.CString(path)
				fd := C.open_readonly(name)
				C.free(unsafe.Pointer(name))
				must(fd >= 0 && C.close(fd) == 0)
			}
		},
		Now: func(n int) {
			var wall, steady C.struct_timespec
			for i := 0; i < n; i++ {
				C.clock_gettime(C.CLOCK_REALTIME, &wall)
				C.clock_gettime(C.CLOCK_MONOTONIC, &steady)
			}
		},
		Pipe: func() (int, int) {
			var ends [2]C.int
			must(C.pipe(&ends[0]) == 0)
			return int(ends[0]), int(ends[1])
		},
		Open: func(path string) int {
			name := C.CString(path)
			defer C.free(unsafe.Pointer(name))
			return int(C.open_readonly(name))
		},
	})
}
