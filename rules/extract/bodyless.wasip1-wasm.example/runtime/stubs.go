package runtime

func setg(gg *g) // want: go.bodyless.setg

//go:wasmimport wasi_snapshot_preview1 proc_exit
func exit(code int32) // want: go.bodyless.import

func needm() {
	setg(nil) // ok: a call
}
