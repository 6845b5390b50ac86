package syscall

const (
	_SYS_DUP3  = 0 // want: bsd.table.newer
	notANumber = 7 // ok: another constant
)

const _SYS_DUP4 = 0 // want: bsd.table.newer
