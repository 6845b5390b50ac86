package syscall

const (
	SYS_READ = 0 // want: linux.table.zsysnum
	// SYS_OLD = 1 ok: a comment
)
