package linux

const (
	SYS_EPOLL_CREATE1 = 291 // want: linux.table.runtime
	EPOLLIN           = 0x1 // ok: no number of a call
)
