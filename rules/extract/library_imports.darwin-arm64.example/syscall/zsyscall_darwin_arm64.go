package syscall

//go:cgo_import_dynamic libc_lchown lchown "/usr/lib/libSystem.B.dylib" // want: library.import.dynamic

// ok: a comment that says //go:cgo_import_dynamic libc_x x "lib"

//go:cgo_import_dynamic libc_stat  stat$INODE64 "/usr/lib/libSystem.B.dylib"" // want: library.import.dynamic
