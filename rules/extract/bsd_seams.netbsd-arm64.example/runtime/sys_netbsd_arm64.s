#include "textflag.h"

#define SYS_getpid 20
#define SYS_setcontext 308

TEXT runtime·pid(SB),NOSPLIT,$-8-8
	SVC	$SYS_getpid // want: bsd.seam.enter
	MOVD	R0, ret+0(FP)
	RET

// The kernel leaves the address of what was interrupted in R28.
TEXT sigreturn_tramp<>(SB),NOSPLIT,$-8
	MOVD	g, R0
	SVC	$SYS_setcontext // want: bsd.seam.sigreturn
	RET
