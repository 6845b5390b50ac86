package runtime

import "internal/runtime/syscall/linux"

//go:linkname syscall_runtime_doAllThreadsSyscall syscall.runtime_doAllThreadsSyscall
func syscall_runtime_doAllThreadsSyscall(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) { // want: linux.entry.all-threads-runtime
	return linux.Syscall6(trap, a1, a2, a3, a4, a5, a6)
}
