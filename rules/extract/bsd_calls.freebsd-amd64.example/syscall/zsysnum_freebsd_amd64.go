package syscall

const (
	SYS_READ     = 3   // { ssize_t read(int fd, void *buf, size_t nbyte); } ok: a row of a table
	SYS_UNLINKAT = 503 // { int unlinkat(int fd, char *path, int flag); }
)
