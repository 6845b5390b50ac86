#include "textflag.h"

TEXT ·StdCall<ABIInternal>(SB),NOSPLIT,$0
	MOVQ	AX, CX
	JMP	·asmstdcall(SB)

TEXT ·asmstdcall(SB),NOSPLIT,$16
	CALL	AX // want: dll.seam.pointer
	RET
