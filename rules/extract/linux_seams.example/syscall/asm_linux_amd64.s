#include "textflag.h"

TEXT ·rawVforkSyscall(SB),NOSPLIT|NOFRAME,$0-16
	MOVQ	trap+0(FP), AX // ok: the number is an argument, so the function must be an entry
	POPQ	R12
	SYSCALL // want: linux.seam.vfork
	PUSHQ	R12
	MOVQ	AX, ret+8(FP)
	RET
