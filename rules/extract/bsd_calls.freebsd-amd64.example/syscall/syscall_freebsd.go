package syscall

const _SYS_DUP3 = SYS_READ // want: bsd.constant.const

var trapOfRead uintptr = SYS_READ // want: bsd.constant.var

func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)

func read(fd uintptr) uintptr {
	r, _, _ := RawSyscall(SYS_READ, fd, 0, 0)      // want: bsd.request.call
	RawSyscall(trapOfRead, fd, 0, 0)               // want: bsd.request.call
	println("RawSyscall(SYS_READ, …) in a string") // ok:
	return r                                       // ok: RawSyscall(SYS_READ, …) in a comment
}

func dup(fd uintptr) {
	var sysno uintptr = SYS_READ // want: bsd.constant.var
	fd = AT_FDCWD                // ok: another constant
	RawSyscall(sysno, fd, 0, 0) // want: bsd.request.call
}
