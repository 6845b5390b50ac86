#include "textflag.h"

#define SWI_OS_NETBSD 0xa00000
#define SYS_getpid SWI_OS_NETBSD | 20
#define SYS__lwp_getprivate SWI_OS_NETBSD | 316

TEXT runtime·pid(SB),NOSPLIT,$0-4
	SWI	$SYS_getpid // want: bsd.seam.enter
	MOVW	R0, ret+0(FP)
	RET

TEXT runtime·read_tls_fallback(SB),NOSPLIT|NOFRAME,$0
	MOVM.WP	[R1, R2, R3, R12], (R13)
	SWI	$SYS__lwp_getprivate // want: bsd.seam.thread-storage
	MOVM.IAW	(R13), [R1, R2, R3, R12]
	RET
