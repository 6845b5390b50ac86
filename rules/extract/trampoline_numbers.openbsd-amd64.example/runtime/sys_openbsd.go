package runtime

func syscall()
