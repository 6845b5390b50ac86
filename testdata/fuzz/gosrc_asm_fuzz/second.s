TEXT ·f(SB),7,$-8
	MOVQ $((((~1)<<3)|2)*-4/1), AX
	SYSCALL
	AGAIN(1,(2,3))
#undef X
#ifndef Y
#define Y "a;b"
#endif
	REP; MOVSQ
	LOCK
	CMPXCHGQ CX, 8(R9)(BX*4)
	CMOVQEQ AX, DX
	JMP AX