#include "textflag.h"

TEXT ·landingpad(SB),NOSPLIT,$0-0
	CALL	AX // ok: not one of the ways
	RET

TEXT ·asmcgocall_landingpad(SB),NOSPLIT,$0-0
	CALL	AX // want: dll.seam.pointer
	RET

TEXT ·asmcgocall(SB),NOSPLIT,$0-20
	CALL	runtime·asmcgocall_landingpad(SB)
	RET

TEXT runtime·yield(SB),NOSPLIT,$0
	MOVQ	runtime·_SwitchToThread(SB), AX // want: dll.seam.load
	RET
