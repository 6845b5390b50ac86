TEXT ·RawSyscall6(SB),4,$0-80
	MOVQ	trap+0(FP), AX
	SYSCALL
	RET
