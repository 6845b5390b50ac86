package syscall

const sysRead = SYS_READ // want: trampoline.number.const

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) // want: trampoline.entry.number

func internal(trap uintptr) bool {
	return trap == SYS_IOCTL // want: trampoline.number.comparison
}
