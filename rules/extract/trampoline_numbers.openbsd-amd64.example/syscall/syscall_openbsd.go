package syscall

//go:cgo_import_dynamic libc_ioctl ioctl "libc.so"

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)    // want: trampoline.entry.number-refused
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) // want: trampoline.entry.number-refused

func syscallInternal(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	return 0, 0, ENOSYS
}

func exec() {
	RawSyscall(SYS_EXECVE, 0, 0, 0)
}
