// The Go half of the bridge on linux/riscv64. zlibcify_linux_amd64.s is the commented pattern; docs/bridge.md, "Other
// architectures", says what is common to machines with a link register.
//
// Contract of ECALL (syscall(2), "Architecture calling conventions"):
//   in   X17 (A7) number, X10-X15 (A0-A5) arguments
//   out  X10 result or -errno
//   lost X1, the link, and X31, the temporary of Go's assembler and linker
//   kept every other integer register

#include "go_asm.h"
#include "textflag.h"

// Hands over X5 m (comes back), X6 the stack to use with bit 0 set where errno must survive, and the words at 8(X2) and
// 16(X2). X5 and X6 of the site are kept here; nothing else but the link is free to choose with.
TEXT runtime·libcify_enter(SB),NOSPLIT,$32-0
	MOV	X5, 24(X2)
	MOV	X6, 32(X2)
	BEQZ	g, quiet
	MOV	g_m(g), X5
	BEQZ	X5, quiet
	MOV	m_gsignal(X5), X1
	BEQ	X1, g, quiet
	MOV	(g_stack+stack_lo)(g), X1
	BGEU	X1, X2, elsewhere
	MOV	(g_stack+stack_hi)(g), X1
	BLTU	X1, X2, elsewhere
	MOV	m_g0(X5), X1
	BEQ	X1, g, stay
	MOV	(g_sched+gobuf_sp)(X1), X6
	MOVW	m_lockedInt(X5), X1
	BEQZ	X1, tell
	OR	$1, X6
	JMP	tell
elsewhere:
	MOV	m_g0(X5), X6
	MOV	(g_stack+stack_lo)(X6), X1
	BGEU	X1, X2, quiet
	MOV	(g_stack+stack_hi)(X6), X1
	BLTU	X1, X2, quiet
stay:
	OR	$1, X2, X6
tell:
	MOV	m_vdsoSP(X5), X1
	BNEZ	X1, call	// a call around this one has set them
	MOV	0(X2), X1
	MOV	X1, m_vdsoPC(X5)
	MOV	$site-8(FP), X1	// the site's stack pointer
	MOV	X1, m_vdsoSP(X5)
	CALL	libcify_call(SB)
	MOV	ZERO, m_vdsoSP(X5)
	JMP	done
quiet:
	OR	$1, X2, X6
call:
	CALL	libcify_call(SB)
done:
	MOV	24(X2), X5
	MOV	32(X2), X6
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)

// Hands over, with X5, X6, X7 and X28 of the site saved from -32(X28) on:
//   X28 top of the free part of g0's stack, X7 its end, X5 &m.vdsoSP, X6 &g0.sched.sp
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	MOV	g_m(g), X31
	MOV	m_g0(X31), X31
	BEQ	X31, g, ong0	// forkAndExecInChild runs on a goroutine only
	MOV	(g_sched+gobuf_sp)(X31), X31
	AND	$~15, X31
	MOV	X5, -32(X31)
	MOV	X6, -24(X31)
	MOV	X7, -16(X31)
	MOV	X28, -8(X31)
	MOV	X31, X28
	MOV	g_m(g), X5
	MOV	m_g0(X5), X6
	MOV	(g_stack+stack_lo)(X6), X7
	ADD	$m_vdsoSP, X5
	ADD	$(g_sched+gobuf_sp), X6
	JMP	libcify_call_vfork(SB)
ong0:
	EBREAK
