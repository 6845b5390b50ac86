package syscall

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err ErrorString)              // want: plan9.entry.syscall
func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err ErrorString) // want: plan9.entry.syscall6
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2, err uintptr)                       // want: plan9.entry.raw-syscall
func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr)          // want: plan9.entry.raw-syscall6

func close(fd uintptr) {
	Syscall(SYS_CLOSE, fd, 0, 0) // want: plan9.request.call
	println("Syscall(SYS_CLOSE)") // ok: a string
}
