package pkg

import "syscall"

var table = []uintptr{syscall.SYS_READ}

func f() uintptr { return g(syscall.SYS_READ) }

var call = syscall.RawSyscall6
