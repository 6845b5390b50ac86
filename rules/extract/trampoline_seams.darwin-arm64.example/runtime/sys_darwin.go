package runtime

import (
	"internal/abi"
	"unsafe"
)

//go:cgo_import_dynamic libc_error __error "/usr/lib/libSystem.B.dylib"

//go:linkname syscall_syscall syscall.syscall
func syscall_syscall(fn, a1, a2, a3 uintptr) (r1, r2, err uintptr) {
	libcCall(unsafe.Pointer(abi.FuncPCABI0(syscall)), unsafe.Pointer(&fn))
	return
}
func syscall()

func libcCall(fn, arg unsafe.Pointer) int32 {
	return asmcgocall(fn, arg)
}

func asmcgocall(fn, arg unsafe.Pointer) int32

//go:cgo_import_dynamic libc_mach_task_self_ mach_task_self_ "/usr/lib/libSystem.B.dylib"
