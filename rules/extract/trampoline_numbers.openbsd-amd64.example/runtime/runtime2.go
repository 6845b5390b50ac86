package runtime

type m struct {
	syscall libcall // want: trampoline.constant.field
	other   libcall // ok: another name
}
