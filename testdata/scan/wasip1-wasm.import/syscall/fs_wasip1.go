package syscall

//go:wasmimport wasi_snapshot_preview1 fd_close
var fd_close int
