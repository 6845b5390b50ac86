package syscall

const (
	SYS_EXECVE = 59 // { int sys_execve(const char *path, \ // want: trampoline.table.zsysnum
)
