package syscall

import (
	"internal/abi"
	"unsafe"
)

//go:cgo_import_dynamic libc_lchown lchown "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_dup2 dup2 "/usr/lib/libSystem.B.dylib"

func libc_lchown_trampoline()

func libc_dup2_trampoline()

func syscall(fn, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
