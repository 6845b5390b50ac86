package runtime

const _SYS_SECCOMP = 1 // want: linux.constant.si-code

func fromSeccomp(code int32) bool {
	return code == _SYS_SECCOMP // want: linux.constant.si-code
}
