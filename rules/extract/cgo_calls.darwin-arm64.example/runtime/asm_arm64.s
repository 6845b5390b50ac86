#include "textflag.h"

TEXT ·asmcgocall(SB),NOSPLIT,$0-20
	MOVD	fn+0(FP), R1
	BL	(R1)
	RET
