package syscall

//go:cgo_import_dynamic libc_nameless
