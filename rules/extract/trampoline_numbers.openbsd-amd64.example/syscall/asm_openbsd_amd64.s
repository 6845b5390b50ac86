#include "textflag.h"

TEXT ·Syscall(SB),NOSPLIT,$0-56
	JMP	·syscallInternal(SB)

TEXT ·RawSyscall(SB),NOSPLIT,$0-56
	JMP	·syscallInternal(SB)
