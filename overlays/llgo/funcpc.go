// What a function value is to C: its code, and the context that its code wants (libcify/closure.h). And where a function's code
// begins, for compilers that do not answer FuncPCABI0 themselves.

package abi

import "unsafe"

// The mode of the dialect's rule ("closures").
// libcify:insert closure-mode

type libcifyClosure struct{ code, context unsafe.Pointer }

// An interface's second word points to what a function value is: code and context, or with the ordinary compiler (mode gc) the
// code and what it captured, which is the context itself. A function of C, a closure and a method value look alike.
func libcifyClosureOf(f any) libcifyClosure {
	value := (*libcifyClosure)((*[2]unsafe.Pointer)(unsafe.Pointer(&f))[1])
	if libcifyClosureMode == "gc" {
		return libcifyClosure{value.code, unsafe.Pointer(value)}
	}
	return *value
}

func libcifyFuncPC(f any) uintptr { return uintptr(libcifyClosureOf(f).code) }
