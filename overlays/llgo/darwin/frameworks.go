// Functions of Apple's frameworks, which the package calls by their trampolines' addresses.

package macos

import _ "unsafe" // for go:linkname

//go:linkname libcifyCall llgo.syscall
func libcifyCall(fn, a1, a2, a3, a4, a5 uintptr, f1 float64) (r1, r2, err uintptr)
