// The context is in DX, the word in AX, where the result goes as well (cmd/compile/abi-internal.md, "amd64 architecture").
// NOSPLIT: what would make room on the stack keeps DX, but not AX, for a function of this convention has no arguments there.
#include "funcdata.h"
#include "textflag.h"

TEXT ·code(SB), NOSPLIT|NEEDCTXT, $24-0
	NO_LOCAL_POINTERS
	MOVQ DX, 0(SP)
	MOVQ AX, 8(SP)
	CALL ·body(SB)
	MOVQ 16(SP), AX
	RET

TEXT ·Address(SB), NOSPLIT, $0-8
	LEAQ ·code(SB), AX
	MOVQ AX, ret+0(FP)
	RET
