#include "textflag.h"

TEXT ·Syscall(SB),NOSPLIT,$0
	BR	runtime·syscall_Syscall(SB)
