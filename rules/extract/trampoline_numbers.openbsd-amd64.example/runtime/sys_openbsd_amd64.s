#include "textflag.h"

TEXT runtime·syscall(SB),NOSPLIT,$0
	CALL	CX
	RET
