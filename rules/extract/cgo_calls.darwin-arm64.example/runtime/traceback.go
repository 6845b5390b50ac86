package runtime

import "unsafe"

//go:cgo_import_dynamic libc_error __error "/usr/lib/libSystem.B.dylib"

func asmcgocall(fn, arg unsafe.Pointer) int32

func callCgoSymbolizer(arg unsafe.Pointer, mayBlock bool) {
	call := cgocall // want: cgo.constant.value
	if !mayBlock {
		call = asmcgocall // want: cgo.constant.value
	}
	other := asmcgocalls // ok: another name
	call(arg, other)
}
