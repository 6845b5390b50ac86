#include "textflag.h"

TEXT main(SB),NOSPLIT|NOFRAME,$0
	BL	runtime·rt0_go(SB)
	MOVD	$94, R8
	SVC // want: linux.seam.start

TEXT ·rawVforkSyscall(SB),NOSPLIT,$0-16
	MOVD	$220, R8
	SVC // want: linux.seam.vfork
	MOVD	R0, ret+8(FP)
	RET
