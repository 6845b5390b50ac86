package syscall

const (
	SYS_READ  = 0 // ok: a row of a table
	SYS_FCNTL = 72
)
