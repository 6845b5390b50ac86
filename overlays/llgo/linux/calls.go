// How a package calls libc's functions, and how their answers become what Go's system calls answer: first result, second
// result, error number. LLVM inlines all of it, so that a call of libc's function is what remains.

package syscall

import "unsafe"

// libcify:insert imports

// The error number of the calling thread (errno(3)).
//
//go:linkname libcify_errno C.__errno_location
func libcify_errno() *int32

// What tells the scheduler that a call may block.
//
//go:linkname libcifyEnter runtime.entersyscall
func libcifyEnter()

//go:linkname libcifyExit runtime.exitsyscall
func libcifyExit()

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

// -1 and errno, as an int.
func libcifyInt(r int32) (r1, r2, errno uintptr) {
	if r == -1 {
		return ^uintptr(0), 0, uintptr(*libcify_errno())
	}
	return uintptr(r), 0, 0
}

// -1 and errno, as 64 bits.
func libcifyLong(r int64) (r1, r2, errno uintptr) {
	if r == -1 {
		return ^uintptr(0), 0, uintptr(*libcify_errno())
	}
	return uintptr(r), 0, 0
}

// -1 and errno, as a long.
func libcifyWord(r int) (r1, r2, errno uintptr) {
	if r == -1 {
		return ^uintptr(0), 0, uintptr(*libcify_errno())
	}
	return uintptr(r), 0, 0
}

// (void *)-1 and errno.
func libcifyPointer(r unsafe.Pointer) (r1, r2, errno uintptr) {
	if uintptr(r) == ^uintptr(0) {
		return ^uintptr(0), 0, uintptr(*libcify_errno())
	}
	return uintptr(r), 0, 0
}

// As the kernel answers: a value, or an error number from 1 to 4095 with its sign turned (syscall(2)).
func libcifyKernel(r int) (r1, r2, errno uintptr) {
	if uintptr(r) > ^uintptr(4095) {
		return ^uintptr(0), 0, uintptr(-r)
	}
	return uintptr(r), 0, 0
}

// libcify:insert calls
