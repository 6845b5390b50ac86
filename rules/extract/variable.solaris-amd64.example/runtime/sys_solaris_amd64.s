#include "textflag.h"

TEXT runtime·miniterrno(SB),NOSPLIT,$0
	CALL	DI // want: variable.seam.pointer
	RET

TEXT ·asmcgocall(SB),NOSPLIT,$0-20
	CALL	AX // want: variable.seam.pointer
	RET

TEXT runtime·exit1(SB),NOSPLIT,$0
	LEAQ	libc_exit(SB), AX // want: variable.seam.load
	RET
