#include "textflag.h"

#define SYS_getpid 20

// ok: a SYSCALL in a comment
TEXT runtime·pid(SB),NOSPLIT,$0-8
	MOVL	$SYS_getpid, AX // ok: only loads the number
	SYSCALL // want: bsd.seam.enter
	JCC	2(PC)
	NEGQ	AX
	MOVQ	AX, ret+0(FP)
	RET

TEXT runtime·thr_new(SB),NOSPLIT,$0-12
	MOVL	$455, AX
	SYSCALL // want: bsd.seam.thread
	RET

TEXT runtime·exitThread(SB),NOSPLIT,$0-8
	MOVL	$431, AX
	SYSCALL // want: bsd.seam.thread-exit
	INT	$3

TEXT runtime·settls(SB),NOSPLIT,$8
	MOVQ	$165, AX
	SYSCALL // want: bsd.seam.thread-pointer
	RET
