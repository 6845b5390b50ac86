#include "textflag.h"
#define SYS_read 0
#define LOAD(r) \
	MOVQ r+8(FP), DI; \ // first
	MOVQ $(SYS_read+1), SI
#define AGAIN AGAIN2
#define AGAIN2 AGAIN

// read
TEXT runtime·read<ABIInternal>(SB),NOSPLIT|NOFRAME,$16-24
#ifdef GOOS_linux
	LOAD(fd)
#else
	INT $3
#endif
again: ok:
	MOVL	$SYS_read, AX; SYSCALL
	CMPQ	AX, $0xfffffffffffff001 /* two
lines */
	JLS	2(PC)
	JMP	again
	MOVQ DX, ret+16(FP)
	RET
DATA x<>+0(SB)/8, $"ab\z0\x01cdef"
GLOBL x<>(SB), RODATA, $8
