#include "textflag.h"

TEXT runtime·syscall(SB),NOSPLIT,$0
	BL	(R12)
	RET

TEXT runtime·syscall6X(SB),NOSPLIT,$0
	BL	(R12)
	RET

TEXT runtime·syscallPtr(SB),NOSPLIT,$0
	BL	(R12)
	RET

TEXT runtime·asmcgocall(SB),NOSPLIT,$0
	BL	(R12)
	RET
