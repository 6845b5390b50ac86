package syscall

const (
	SYS_READ  = 3 // { ssize_t read(int fd, void *buf, \ // want: bsd.table.zsysnum
	SYS_CLOSE = 6; // { int close(int fd); } // want: bsd.table.zsysnum
	// SYS_OLD = 8 ok: a comment
)
