// The ways into libc for functions that are not constant, and for those that no header at hand declares. How a result says that
// the call failed depends on its type: the caller's name for the entry says which it is. errno is read at once, before the
// scheduler hears of anything.

package syscall

import _ "unsafe" // for go:linkname

// Calls a C function with words; what it gives is the whole result register.
//
//go:linkname libcifyCall3 llgo.syscall
func libcifyCall3(fn, a1, a2, a3 uintptr) (r1, r2, err uintptr)

//go:linkname libcifyCall6 llgo.syscall
func libcifyCall6(fn, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr)

//go:linkname libcifyCall9 llgo.syscall
func libcifyCall9(fn, a1, a2, a3, a4, a5, a6, a7, a8, a9 uintptr) (r1, r2, err uintptr)

// libc's way to make a call by its number (syscall(2)).
//
//go:linkname libcify_c_syscall C.syscall
func libcify_c_syscall(_ int32, __llgo_va_list ...any) int32

// An int: the upper half of the register is undefined.
func libcifyResult32(r1 uintptr) (r, r2 uintptr, err Errno) {
	if int32(r1) == -1 {
		return r1, 0, Errno(*libcify_errno())
	}
	return r1, 0, 0
}

// 64 bits.
func libcifyResult64(r1 uintptr) (r, r2 uintptr, err Errno) {
	if r1 == ^uintptr(0) {
		return r1, 0, Errno(*libcify_errno())
	}
	return r1, 0, 0
}

// A pointer.
func libcifyResultPointer(r1 uintptr) (r, r2 uintptr, err Errno) {
	if r1 == 0 {
		return r1, 0, Errno(*libcify_errno())
	}
	return r1, 0, 0
}

func libcifyByNumber(number, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) {
	return libcifyResult32(uintptr(libcify_c_syscall(int32(number), a1, a2, a3, a4, a5, a6)))
}

// Any number of words up to nine; the error number is told whatever the result is, its caller tests that.
func libcifyCallN(fn uintptr, args []uintptr) (r1, r2 uintptr, err Errno) {
	var a [9]uintptr
	if len(args) > len(a) {
		panic("syscall: more than 9 arguments")
	}
	copy(a[:], args)
	switch {
	case len(args) <= 3:
		r1, _, _ = libcifyCall3(fn, a[0], a[1], a[2])
	case len(args) <= 6:
		r1, _, _ = libcifyCall6(fn, a[0], a[1], a[2], a[3], a[4], a[5])
	default:
		r1, _, _ = libcifyCall9(fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8])
	}
	return r1, 0, Errno(*libcify_errno())
}
