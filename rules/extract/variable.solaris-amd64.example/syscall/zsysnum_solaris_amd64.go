package syscall

const (
	SYS_EXECVE = 59 // want: variable.table.zsysnum
)
