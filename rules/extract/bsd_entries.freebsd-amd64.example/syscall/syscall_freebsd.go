package syscall

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)                         // want: bsd.entry.syscall
func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)            // want: bsd.entry.syscall6
func Syscall9(num, a1, a2, a3, a4, a5, a6, a7, a8, a9 uintptr) (r1, r2 uintptr, err Errno) // want: bsd.entry.syscall9
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)                      // want: bsd.entry.raw-syscall
func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)         // want: bsd.entry.raw-syscall6

type conn struct{}

func (c *conn) Syscall(a int) {} // ok: a method
