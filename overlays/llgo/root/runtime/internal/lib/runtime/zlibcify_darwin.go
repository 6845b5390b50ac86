// What is still wanted of the two files that the dialect leaves out (rules/dialects/llgo.json): sysctlbyname calls by it.

package runtime

import _ "unsafe" // for go:linkname

//go:linkname llgo_rawSyscall6 llgo.syscall
func llgo_rawSyscall6(fn, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr)
