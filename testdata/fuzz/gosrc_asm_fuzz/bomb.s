#define A(x) B(x) B(x)
#define B(x) A(x) A(x)
TEXT f(SB),$0
	SYSCALL
	A(1)
	RET
