#include "textflag.h"

TEXT runtime·environ(SB),NOSPLIT,$0
	ADD	$libc_environ(SB), R0
	RET
