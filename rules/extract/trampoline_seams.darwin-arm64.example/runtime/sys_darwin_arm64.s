#include "textflag.h"

TEXT runtime·syscall(SB),NOSPLIT,$0
	MOVD	0(R0), R12
	BL	(R12) // want: trampoline.seam.pointer
	BL	libc_error(SB) // want: trampoline.seam.errno
	RET

TEXT ·asmcgocall(SB),NOSPLIT,$0-20
	MOVD	fn+0(FP), R1
	BL	(R1) // want: trampoline.seam.pointer
	RET

TEXT runtime·region(SB),NOSPLIT,$0
	MOVD	$libc_mach_task_self_(SB), R0 // want: trampoline.seam.variable
	BL	runtime·other(SB) // ok: no import
	RET
