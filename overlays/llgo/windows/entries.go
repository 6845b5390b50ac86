// The ways to functions that are looked up while the program runs: LazyProc's, and those of the calls that stay (calls.json
// says why).

package syscall

import "unsafe"

//go:linkname libcifyCall6 llgo.syscall
func libcifyCall6(fn, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr)

//go:linkname libcifyCall12 llgo.syscall
func libcifyCall12(fn, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12 uintptr) (r1, r2, err uintptr)

//go:linkname libcifyCall18 llgo.syscall
func libcifyCall18(fn, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18 uintptr) (r1, r2, err uintptr)

// Up to 18 words, of which a function that takes fewer does not look at the rest: the caller takes them from the stack
// (Microsoft, "x64 calling convention"; "Overview of ARM64 ABI conventions"). The error number is told whatever the result is, as
// the runtime of Go tells it; its caller knows whether it counts.
func libcifyCallN(fn uintptr, args []uintptr) (r1, r2 uintptr, err Errno) {
	var a [18]uintptr
	if len(args) > len(a) {
		panic("syscall: more than 18 arguments")
	}
	copy(a[:], args)
	libcifyEnter()
	libcify_SetLastError(0)
	switch {
	case len(args) <= 6:
		r1, _, _ = libcifyCall6(fn, a[0], a[1], a[2], a[3], a[4], a[5])
	case len(args) <= 12:
		r1, _, _ = libcifyCall12(fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11])
	default:
		r1, _, _ = libcifyCall18(fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12], a[13], a[14], a[15], a[16], a[17])
	}
	err = Errno(libcify_GetLastError())
	libcifyExit()
	return r1, 0, err
}

//go:linkname libcify_LoadLibraryExW C.LoadLibraryExW
func libcify_LoadLibraryExW(_, _ unsafe.Pointer, _ uint32) unsafe.Pointer

//go:linkname libcify_GetProcAddress C.GetProcAddress
func libcify_GetProcAddress(_, _ unsafe.Pointer) unsafe.Pointer

// For trees whose runtime loads DLLs.
func libcifyLoadLibrary(filename *uint16, flags uint32) (handle uintptr, err Errno) {
	handle, _, errno := libcifyZero(uintptr(libcify_LoadLibraryExW(unsafe.Pointer(filename), nil, flags)))
	return handle, Errno(errno)
}

func libcifyFindProcedure(handle uintptr, name *uint8) (proc uintptr, err Errno) {
	proc, _, errno := libcifyZero(uintptr(libcify_GetProcAddress(unsafe.Pointer(handle), unsafe.Pointer(name))))
	return proc, Errno(errno)
}
