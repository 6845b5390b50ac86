#include "textflag.h"

TEXT ·RawSyscall(SB),NOSPLIT,$0-56
	MOVQ	trap+0(FP), AX
	SYSCALL
	RET
