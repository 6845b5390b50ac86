// The context is in R26, the word in R0, where the result goes as well (cmd/compile/abi-internal.md, "arm64 architecture").
// NOSPLIT: what would make room on the stack keeps R26, but not R0, for a function of this convention has no arguments there.
#include "funcdata.h"
#include "textflag.h"

TEXT ·code(SB), NOSPLIT|NEEDCTXT, $24-0
	NO_LOCAL_POINTERS
	MOVD R26, 8(RSP)
	MOVD R0, 16(RSP)
	CALL ·body(SB)
	MOVD 24(RSP), R0
	RET

TEXT ·Address(SB), NOSPLIT, $0-8
	MOVD $·code(SB), R0
	MOVD R0, ret+0(FP)
	RET
