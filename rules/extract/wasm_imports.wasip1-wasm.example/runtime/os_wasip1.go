package runtime

//go:wasmimport wasi_snapshot_preview1 proc_exit // want: wasm.import.function
func exit(code int32) // want: wasm.import.function
