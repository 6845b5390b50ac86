package syscall

//go:wasmimport wasi_snapshot_preview1 fd_close // want: wasm.import.function
//go:noescape
func fd_close(fd int32) Errno // want: wasm.import.function

func Close(fd int) Errno {
	println("fd_close(1)")     // ok: a string
	return fd_close(int32(fd)) // want: wasm.request.call
}
