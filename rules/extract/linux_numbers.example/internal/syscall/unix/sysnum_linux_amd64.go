package unix

const (
	copyFileRangeTrap uintptr = 326 // want: linux.table.trap
	AT_FDCWD                  = -100 // ok:
)
