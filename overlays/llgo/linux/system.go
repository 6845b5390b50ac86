// What is libc's own way on Linux.

package syscall

import _ "unsafe" // for go:linkname

// The error number of the calling thread (errno(3)).
//
//go:linkname libcify_errno C.__errno_location
func libcify_errno() *int32

// Calls that Go makes by other ways than its system-call functions.
//
//go:linkname libcify_fork C.libcify_fork
func libcify_fork(number, a1, a2, a3 uintptr) int

// libc's way to make a call by its number (syscall(2)).
//
//go:linkname libcify_c_syscall C.syscall
func libcify_c_syscall(_ int, __llgo_va_list ...any) int

func libcifyByNumber(number, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr) {
	return libcifyWord(libcify_c_syscall(int(number), a1, a2, a3, a4, a5, a6))
}
