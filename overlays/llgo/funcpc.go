// Where a function's code begins, for compilers that do not answer FuncPCABI0 themselves.

package abi

import "unsafe"

// An interface's second word points to what a function value is: its code, and behind that its context. So it is with the
// ordinary compiler and with LLGo, where a function of C, a closure and a method value look alike.
func libcifyFuncPC(f any) uintptr {
	words := (*[2]unsafe.Pointer)(unsafe.Pointer(&f))
	return *(*uintptr)(words[1])
}
