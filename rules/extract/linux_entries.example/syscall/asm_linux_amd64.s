#include "textflag.h"

TEXT ·rawSyscallNoError(SB),NOSPLIT,$0-48
	MOVQ	trap+0(FP), AX
	SYSCALL
	RET

TEXT ·rawVforkSyscall(SB),NOSPLIT|NOFRAME,$0-48
	MOVQ	trap+0(FP), AX
	SYSCALL
	RET
