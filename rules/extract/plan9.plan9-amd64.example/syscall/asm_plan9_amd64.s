#include "textflag.h"

TEXT ·Syscall(SB),NOSPLIT,$168-64
	MOVQ	trap+0(FP), BP
	SYSCALL // want: plan9.seam.enter
	RET

TEXT ·Syscall6(SB),NOSPLIT,$168-88
	MOVQ	trap+0(FP), BP
	SYSCALL // want: plan9.seam.enter
	RET

TEXT ·RawSyscall(SB),NOSPLIT,$0-56
	MOVQ	trap+0(FP), BP
	SYSCALL // want: plan9.seam.enter
	RET

TEXT ·RawSyscall6(SB),NOSPLIT,$0-80
	MOVQ	trap+0(FP), BP
	SYSCALL // want: plan9.seam.enter
	RET
