package runtime

//go:cgo_import_dynamic libc_environ environ "/usr/lib/libSystem.B.dylib"
