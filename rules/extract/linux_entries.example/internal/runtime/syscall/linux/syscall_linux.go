package linux

func Syscall6(num, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr) // want: linux.entry.runtime-syscall6

//go:linkname syscall_RawSyscall6 syscall.RawSyscall6
func syscall_RawSyscall6(num, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr) { // want: linux.entry.runtime-pushed
	return Syscall6(num, a1, a2, a3, a4, a5, a6) // ok: the way to the seam
}
