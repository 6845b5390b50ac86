#include "textflag.h"

TEXT ·Syscall9(SB),NOSPLIT,$28-52
	MOVW	trap+0(FP), R2
	SYSCALL
	RET
