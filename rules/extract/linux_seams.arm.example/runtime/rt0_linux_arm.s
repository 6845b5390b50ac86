#include "textflag.h"

TEXT _rt0_arm_linux1(SB),NOSPLIT|NOFRAME,$0
	MOVW	$20, R7
	SWI	$0 // want: linux.seam.old-kernel
	B	runtime·start(SB)
