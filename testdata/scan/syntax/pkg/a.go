package pkg

func f() { Syscall( }
