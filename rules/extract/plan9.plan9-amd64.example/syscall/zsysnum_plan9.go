package syscall

const (
	SYS_CLOSE = 4  // want: plan9.table.zsysnum
	SYS_OPEN  = 14 // want: plan9.table.zsysnum
)
