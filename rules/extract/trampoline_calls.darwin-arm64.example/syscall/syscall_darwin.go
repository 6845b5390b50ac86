package syscall

import (
	"internal/abi"
	"unsafe"
)

//go:cgo_import_dynamic libc_lchown lchown "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_dup2 dup2 "/usr/lib/libSystem.B.dylib"

func libc_lchown_trampoline() // want: trampoline.constant.declared

func libc_dup2_trampoline() // want: trampoline.constant.declared

var dupTrampoline = abi.FuncPCABI0(libc_dup2_trampoline) // want: trampoline.constant.var

func syscall(fn, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)

func Lchown(path *byte, uid int, gid int) (err error) {
	_, _, e1 := syscall(abi.FuncPCABI0(libc_lchown_trampoline), uintptr(unsafe.Pointer(path)), uintptr(uid), uintptr(gid)) // want: trampoline.request.call
	syscall(dupTrampoline, 0, 1, 0)                                                                                        // want: trampoline.request.call
	println("syscall(abi.FuncPCABI0(libc_lchown_trampoline))")                                                             // ok: a string
	return e1
}
