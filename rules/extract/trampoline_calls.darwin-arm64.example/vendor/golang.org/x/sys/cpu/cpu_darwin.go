package cpu

//go:cgo_import_dynamic libc_sysctl sysctl "/usr/lib/libSystem.B.dylib"

var libc_sysctl_trampoline_addr uintptr // want: trampoline.constant.address

//go:linkname syscall_syscall syscall.syscall
func syscall_syscall(fn, a1, a2, a3 uintptr) (r1, r2, err uintptr)

func sysctl() {
	syscall_syscall(libc_sysctl_trampoline_addr, 0, 0, 0) // want: trampoline.request.call
}
