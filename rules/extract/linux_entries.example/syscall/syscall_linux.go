package syscall

func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) // want: linux.entry.raw-syscall6

func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: linux.entry.raw-syscall
	return RawSyscall6(trap, a1, a2, a3, 0, 0, 0)
}

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: linux.entry.syscall
	return RawSyscall6(trap, a1, a2, a3, 0, 0, 0)
}

func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) { // want: linux.entry.syscall6
	return RawSyscall6(trap, a1, a2, a3, a4, a5, a6)
}

func rawSyscallNoError(trap, a1, a2, a3 uintptr) (r1, r2 uintptr)   // want: linux.entry.no-error
func rawVforkSyscall(trap, a1, a2, a3 uintptr) (r1 uintptr, err Errno) // want: linux.entry.vfork

func runtime_doAllThreadsSyscall(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) // want: linux.entry.all-threads-declared

func AllThreadsSyscall(trap, a1, a2, a3 uintptr) (r1, r2, err uintptr) { // want: linux.entry.all-threads
	return runtime_doAllThreadsSyscall(trap, a1, a2, a3, 0, 0, 0)
}

func AllThreadsSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) { // want: linux.entry.all-threads6
	return runtime_doAllThreadsSyscall(trap, a1, a2, a3, a4, a5, a6)
}

type conn struct{}

func (c *conn) Syscall(a int) {} // ok: a method
