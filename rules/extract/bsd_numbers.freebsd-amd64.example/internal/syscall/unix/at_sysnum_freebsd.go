package unix

const (
	posixFallocateTrap uintptr = 530   // want: bsd.table.trap
	AT_REMOVEDIR               = 0x800 // ok:
)
