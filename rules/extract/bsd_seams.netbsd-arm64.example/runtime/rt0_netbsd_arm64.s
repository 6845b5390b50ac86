#include "textflag.h"

#define SYS_exit 1

TEXT main(SB),NOSPLIT|NOFRAME,$0
	BL	runtime·rt0_go(SB)
	SVC	$SYS_exit // want: bsd.seam.start
