package syscall

func rawVforkSyscall(trap uintptr) uintptr // ok: no seam
