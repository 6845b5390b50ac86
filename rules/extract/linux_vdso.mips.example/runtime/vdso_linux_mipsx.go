package runtime

var vdsoSymbolKeys = []vdsoSymbolKey{
	{"__vdso_clock_gettime", 0xd35ec75, 0x6e43a318, &vdsoClockgettimeSym}, // want: linux.vdso.row-mips
}

// ok: "__vdso_time" in a comment
var vdsoClockgettimeSym uintptr
