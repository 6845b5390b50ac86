package syscall

const (
	_SYS_clone3 = 435 // want: linux.table.newer
	notANumber  = 7   // ok: another constant
)
