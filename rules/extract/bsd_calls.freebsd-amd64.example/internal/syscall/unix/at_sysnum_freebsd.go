package unix

import (
	"other"
	"syscall"
)

const (
	AT_REMOVEDIR         = 0x800                // ok: another constant
	unlinkatTrap uintptr = syscall.SYS_UNLINKAT // want: bsd.constant.const
)

func unlinkat(fd, path, flags uintptr) {
	syscall.RawSyscall(unlinkatTrap, fd, path, flags) // want: bsd.request.call
	other.RawSyscall(1, fd)                           // ok: a function of another package
}
