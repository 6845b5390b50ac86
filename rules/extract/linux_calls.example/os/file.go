package os

import (
	"other"
	"syscall"
)

func read(fd uintptr) {
	syscall.RawSyscall6(syscall.SYS_READ, fd, 0, 0, 0, 0, 0) // want: linux.request.call
	other.RawSyscall6(1, fd)                                 // ok: a function of another package
}
