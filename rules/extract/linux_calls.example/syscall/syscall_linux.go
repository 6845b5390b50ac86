package syscall

const sys_READ = SYS_READ // want: linux.constant.const

var fcntl64Syscall uintptr = SYS_FCNTL // want: linux.constant.var

func init() {
	fcntl64Syscall = SYS_READ // want: linux.constant.assignment
}

func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr)

func read(fd uintptr) uintptr {
	r, _, _ := RawSyscall6(SYS_READ, fd, 0, 0, 0, 0, 0) // want: linux.request.call
	RawSyscall6(fcntl64Syscall, fd, 0, 0, 0, 0, 0)      // want: linux.request.call
	RawSyscall6(fd, fd, 0, 0, 0, 0, 0)                  // want: linux.request.call
	println("RawSyscall6(SYS_READ, …) in a string")     // ok:
	return r                                            // ok: RawSyscall6(SYS_READ, …) in a comment
}
