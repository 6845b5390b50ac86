package syscall

import "unsafe"

//go:cgo_import_dynamic libc_pipe2 pipe2 "libc.so"
//go:linkname libc_pipe2 libc_pipe2

var libc_pipe2 libcFunc // want: variable.constant.declared

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)                          // want: variable.entry.declared-number
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)                       // want: variable.entry.refused
func rawSysvicall6(trap, nargs, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) // want: variable.entry.declared-raw
func sysvicall6(trap, nargs, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)    // want: variable.entry.declared

func pipe2(p *[2]_C_int) {
	rawSysvicall6(uintptr(unsafe.Pointer(&libc_pipe2)), 2, uintptr(unsafe.Pointer(p)), 0, 0, 0, 0, 0) // want: variable.request.call
	RawSyscall(SYS_EXECVE, 0, 0, 0)                                                                   // want: variable.request.call
}
