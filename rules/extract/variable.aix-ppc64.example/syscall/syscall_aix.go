package syscall

//go:cgo_import_dynamic libc_getpid getpid "libc.a/shr_64.o"

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) // want: variable.entry.refused-aix

const (
	_          = iota
	SYS_EXECVE // want: variable.constant.no-number
	SYS_FCNTL  // want: variable.constant.no-number
)
