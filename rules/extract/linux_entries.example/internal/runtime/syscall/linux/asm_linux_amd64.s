#include "textflag.h"

TEXT ·Syscall6<ABIInternal>(SB),NOSPLIT,$0
	SYSCALL
	RET
