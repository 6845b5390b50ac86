package runtime

import (
	"internal/abi"
	"unsafe"
)

//go:cgo_import_dynamic libc_error __error "/usr/lib/libSystem.B.dylib"

//go:linkname syscall_syscall syscall.syscall
func syscall_syscall(fn, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: trampoline.entry.word32
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscall)), unsafe.Pointer(&fn))
	return
}
func syscall() // want: trampoline.entry.code

//go:linkname syscall_syscall6X syscall.syscall6X
func syscall_syscall6X(fn, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) { // want: trampoline.entry.word64
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscall6X)), unsafe.Pointer(&fn))
	return
}
func syscall6X() // want: trampoline.entry.code

//go:linkname syscall_syscallPtr syscall.syscallPtr
func syscall_syscallPtr(fn, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: trampoline.entry.pointer
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscallPtr)), unsafe.Pointer(&fn))
	return
}
func syscallPtr() // want: trampoline.entry.code

//go:linkname syscall_rawSyscall syscall.rawSyscall
func syscall_rawSyscall(fn, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: trampoline.entry.raw32
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscall)), unsafe.Pointer(&fn))
	return
}

//go:linkname syscall_rawSyscall6X syscall.rawSyscall6X
func syscall_rawSyscall6X(fn, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) { // want: trampoline.entry.raw64
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscall6X)), unsafe.Pointer(&fn))
	return
}

//go:linkname syscall_syscalln syscall.syscalln
func syscall_syscalln(fn uintptr, args ...uintptr) (r1, r2, err uintptr) { // want: trampoline.entry.any
	return syscall_rawsyscalln(fn, args...)
}

//go:linkname syscall_rawsyscalln syscall.rawsyscalln
func syscall_rawsyscalln(fn uintptr, args ...uintptr) (r1, r2, err uintptr) { // want: trampoline.entry.raw-any
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscall)), unsafe.Pointer(&fn))
	return
}

//go:linkname crypto_x509_syscall crypto/x509/internal/macos.syscall
func crypto_x509_syscall(fn, a1, a2, a3, a4, a5 uintptr, f1 float64) (r1 uintptr) { // want: trampoline.entry.float
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscall)), unsafe.Pointer(&fn))
	return
}

func libcCall(fn, arg unsafe.Pointer) int32 { // want: trampoline.entry.libc-call
	return asmcgocall(fn, arg)
}

func asmcgocall(fn, arg unsafe.Pointer) int32 // want: trampoline.entry.asmcgocall

type conn struct{}

func (c *conn) syscall(fn int) {} // ok: a method
