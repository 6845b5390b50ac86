#include "textflag.h"

TEXT ·libc_lchown_trampoline(SB),NOSPLIT,$0-0
	JMP	libc_lchown(SB)

TEXT ·libc_dup2_trampoline(SB),NOSPLIT,$0-0
	JMP	libc_dup2(SB)
