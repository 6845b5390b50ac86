#include "textflag.h"

#define SYS_getpid 39
#define SYS_clone 56

// ok: a SYSCALL in a comment
TEXT runtime·pid(SB),NOSPLIT,$0-8
	MOVL	$SYS_getpid, AX // ok: only loads the number
	SYSCALL // want: linux.seam.enter
	MOVQ	AX, ret+0(FP)
	RET

TEXT runtime·clone(SB),NOSPLIT|NOFRAME,$0
	MOVL	$SYS_clone, AX
	SYSCALL // want: linux.seam.clone
	RET

TEXT runtime·exitThread(SB),NOSPLIT,$0-8
	MOVL	$60, AX
	SYSCALL // want: linux.seam.thread-exit
	INT	$3

TEXT runtime·settls(SB),NOSPLIT,$0
	MOVQ	$158, AX
	SYSCALL // want: linux.seam.thread-pointer
	RET

TEXT runtime·sigreturn__sigaction(SB),NOSPLIT,$0
	MOVQ	$15, AX
	SYSCALL // want: linux.seam.sigreturn
	INT	$3
