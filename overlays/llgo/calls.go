// How a package calls libc's functions, and how their answers become what Go's system calls answer: first result, second
// result, error number. LLVM inlines all of it, so that a call of libc's function is what remains.

package syscall

import "unsafe"

// libcify:insert imports

// What tells the scheduler that a call may block.
//
//go:linkname libcifyEnter runtime.entersyscall
func libcifyEnter()

//go:linkname libcifyExit runtime.exitsyscall
func libcifyExit()

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

// NULL and errno.
func libcifyNull(r unsafe.Pointer) (r1, r2, errno uintptr) {
	if r == nil {
		return 0, 0, uintptr(*libcify_errno())
	}
	return uintptr(r), 0, 0
}

// 0 and errno.
func libcifyZero(r int32) (r1, r2, errno uintptr) {
	if r == 0 {
		return 0, 0, uintptr(*libcify_errno())
	}
	return uintptr(r), 0, 0
}

// A code of its own that is not 0, and errno with some of them.
func libcifyNonzero(r int32) (r1, r2, errno uintptr) {
	if r != 0 {
		return uintptr(r), 0, uintptr(*libcify_errno())
	}
	return 0, 0, 0
}

// The error number itself, or 0.
func libcifyReturned(r int32) (r1, r2, errno uintptr) {
	return uintptr(r), 0, uintptr(r)
}

// Where -1 may be a value, errno tells: it is cleared before the call, which is the argument behind this one.
func libcifyCleared() struct{} {
	*libcify_errno() = 0
	return struct{}{}
}

func libcifyIntValue(_ struct{}, r int32) (r1, r2, errno uintptr) {
	return libcifyInt(r)
}

func libcifyLongValue(_ struct{}, r int64) (r1, r2, errno uintptr) {
	return libcifyLong(r)
}

// As the kernel answers: a value, or an error number from 1 to 4095 with its sign turned (syscall(2)).
func libcifyKernel(r int) (r1, r2, errno uintptr) {
	if uintptr(r) > ^uintptr(4095) {
		return ^uintptr(0), 0, uintptr(-r)
	}
	return uintptr(r), 0, 0
}

// libcify:insert calls
