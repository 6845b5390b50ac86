#include "textflag.h"

TEXT ·RawSyscall6(SB),NOSPLIT,$0-80
	MOVQ	trap+0(FP), AX
	SYSCALL
	MOVQ	AX, r1+56(FP)
	RET
