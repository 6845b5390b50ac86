#include "textflag.h"

TEXT runtime·syscall(SB),NOSPLIT,$0
	MOVD	0(R0), R12
	BL	(R12)
	BL	libc_error(SB)
	RET

TEXT ·asmcgocall(SB),NOSPLIT,$0-20
	MOVD	fn+0(FP), R1
	BL	(R1)
	RET
