package syscall

type modules struct{ kernel *LazyDLL }

var procSleep = modules{}.kernel.NewProc("Sleep")
