package runtime

func cgocallbackg(gp *g) {
	syscall := gp.m.other // want: trampoline.constant.local
	gp.m.other = syscall  // want: trampoline.constant.local
}
