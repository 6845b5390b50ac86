package syscall

const (
	SYS_READ  = 3  // want: trampoline.table.zsysnum
	SYS_IOCTL = 54 // want: trampoline.table.zsysnum
)
