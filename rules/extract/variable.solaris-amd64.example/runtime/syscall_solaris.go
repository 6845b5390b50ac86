package runtime

import "unsafe"

//go:cgo_import_dynamic libc_getpid getpid "libc.so"
//go:cgo_import_dynamic libc_exit _exit "libc.so"
//go:cgo_import_dynamic libc____errno ___errno "libc.so"
//go:linkname libc_getpid libc_getpid
//go:linkname libc_exit libc_exit
//go:linkname libc____errno libc____errno

var (
	libc_getpid, // want: variable.constant.declared
	libc_exit, // want: variable.constant.declared
	libc____errno libcFunc // want: variable.constant.declared
	libcalls int // ok: another type
)

func sysvicall0(fn *libcFunc) uintptr { // want: variable.entry.runtime
	asmcgocall(nil, unsafe.Pointer(fn)) // want: variable.request.call
	return 0
}

//go:linkname syscall_sysvicall6
func syscall_sysvicall6(fn, nargs, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) { // want: variable.entry.pushed
	asmcgocall(nil, nil) // want: variable.request.call
	return
}

//go:linkname syscall_rawsysvicall6
func syscall_rawsysvicall6(fn, nargs, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) { // want: variable.entry.pushed-raw
	asmcgocall(nil, nil) // want: variable.request.call
	return
}

//go:linkname syscall_syscall
func syscall_syscall(trap, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: variable.entry.number
	asmcgocall(nil, nil) // want: variable.request.call
	return
}

//go:linkname syscall_rawsyscall
func syscall_rawsyscall(trap, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: variable.entry.refused
	panic("RawSyscall not available")
}

func asmcgocall(fn, arg unsafe.Pointer) int32 // want: variable.entry.asmcgocall

func syscall_getpid() uintptr {
	call := libcall{
		fn:   uintptr(unsafe.Pointer(&libc_getpid)), // want: variable.request.block
		args: uintptr(unsafe.Pointer(&libc_getpid)), // want: variable.constant.placeholder
	}
	call.fn = uintptr(unsafe.Pointer(&libc_exit))          // want: variable.request.field
	sysvicall0(&libc_getpid)                               // want: variable.request.call
	asmcgocall(miniterrno, unsafe.Pointer(&libc____errno)) // want: variable.request.call, variable.constant.argument
	println("sysvicall0(&libc_getpid)")                    // ok: a string
	return call.r1
}
