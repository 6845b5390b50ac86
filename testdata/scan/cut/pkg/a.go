package pkg

func f() { Syscall(SYS_READ) }

func g() {
	x := 1
