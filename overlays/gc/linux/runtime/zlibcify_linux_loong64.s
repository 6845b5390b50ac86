// The Go half of the bridge on linux/loong64. zlibcify_linux_amd64.s is the commented pattern; docs/bridge.md, "Other
// architectures", says what is common to machines with a link register.
//
// Contract of SYSCALL (syscall(2), "Architecture calling conventions"):
//   in   R11 number, R4-R9 arguments
//   out  R4 result or -errno
//   lost R12-R20, as the kernel; R1, the link; R30, the temporary of Go's assembler and linker
//   kept every other integer register

#include "go_asm.h"
#include "textflag.h"

// Hands over R12 m (comes back), R13 the stack to use with bit 0 set where errno must survive, and the words at 8(R3) and
// 16(R3).
TEXT runtime·libcify_enter(SB),NOSPLIT,$16-0
	BEQ	g, quiet
	MOVV	g_m(g), R12
	BEQ	R12, quiet
	MOVV	m_gsignal(R12), R14
	BEQ	R14, g, quiet
	MOVV	(g_stack+stack_lo)(g), R14
	BGEU	R14, R3, elsewhere
	MOVV	(g_stack+stack_hi)(g), R14
	BLTU	R14, R3, elsewhere
	MOVV	m_g0(R12), R14
	BEQ	R14, g, stay
	MOVV	(g_sched+gobuf_sp)(R14), R13
	MOVW	m_lockedInt(R12), R14
	BEQ	R14, tell
	OR	$1, R13
	JMP	tell
elsewhere:
	MOVV	m_g0(R12), R15
	MOVV	(g_stack+stack_lo)(R15), R14
	BGEU	R14, R3, quiet
	MOVV	(g_stack+stack_hi)(R15), R14
	BLTU	R14, R3, quiet
stay:
	OR	$1, R3, R13
tell:
	MOVV	m_vdsoSP(R12), R14
	BNE	R14, call	// a call around this one has set them
	MOVV	0(R3), R14
	MOVV	R14, m_vdsoPC(R12)
	MOVV	$site-8(FP), R14	// the site's stack pointer
	MOVV	R14, m_vdsoSP(R12)
	JAL	libcify_call(SB)
	MOVV	R0, m_vdsoSP(R12)
	RET
quiet:
	OR	$1, R3, R13
call:
	JAL	libcify_call(SB)
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)

// Hands over R12 top of the free part of g0's stack, R13 its end, R14 &m.vdsoSP, R15 &g0.sched.sp.
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	MOVV	g_m(g), R14
	MOVV	m_g0(R14), R15
	BEQ	R15, g, ong0	// forkAndExecInChild runs on a goroutine only
	MOVV	(g_sched+gobuf_sp)(R15), R12
	AND	$~15, R12
	MOVV	(g_stack+stack_lo)(R15), R13
	ADDV	$m_vdsoSP, R14
	ADDV	$(g_sched+gobuf_sp), R15
	JMP	libcify_call_vfork(SB)
ong0:
	BREAK
