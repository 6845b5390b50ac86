package syscall

const (
	F_DUPFD   = iota // ok: another constant
	SYS_FCNTL = 500  // want: wasm.constant.unsupported
)
