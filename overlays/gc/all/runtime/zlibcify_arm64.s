// The Go half of the bridge on arm64: Linux and FreeBSD. zlibcify_linux_amd64.s is the commented pattern; docs/bridge.md, "Other
// architectures", says what is common to machines with a link register.
//
// Contract of SVC (syscall(2), "Architecture calling conventions"; FreeBSD sys/arm64/arm64/trap.c and vm_machdep.c,
// cpu_set_syscall_retval):
//   in   R8 number, R0-R5 arguments (FreeBSD: R0-R7)
//   out  R0 result or -errno (FreeBSD: carry clear and R0 result, R1 the second; or carry set and R0 errno)
//   lost R30, the link; R16 and R17, which a linker's veneer may use in any call (AAPCS64, 6.1.1); R27, the temporary of Go's
//        assembler; the flags (but FreeBSD's carry)
//   kept every other integer register

#include "go_asm.h"
#include "textflag.h"

// Hands over R16 m (comes back), R17 the stack to use with bit 0 set where errno must survive, and the words at 8(RSP) and
// 16(RSP); -8(RSP) is Go's frame pointer. The C half is called through R30, so that no veneer comes in between.
TEXT runtime·libcify_enter(SB),NOSPLIT,$16-0
	CBZ	g, quiet
	MOVD	g_m(g), R16
	CBZ	R16, quiet
	MOVD	m_gsignal(R16), R17
	CMP	R17, g
	BEQ	quiet
	MOVD	RSP, R27
	MOVD	(g_stack+stack_lo)(g), R17
	CMP	R17, R27
	BLS	elsewhere
	MOVD	(g_stack+stack_hi)(g), R17
	CMP	R17, R27
	BHI	elsewhere
	MOVD	m_g0(R16), R17
	CMP	R17, g
	BEQ	stay
	MOVD	(g_sched+gobuf_sp)(R17), R17
	MOVW	m_lockedInt(R16), R27
	CBZW	R27, tell
	ORR	$1, R17
	B	tell
elsewhere:
	MOVD	m_g0(R16), R30
	MOVD	(g_stack+stack_lo)(R30), R17
	CMP	R17, R27
	BLS	quiet
	MOVD	(g_stack+stack_hi)(R30), R17
	CMP	R17, R27
	BHI	quiet
stay:
	SUB	$16, RSP, R17
	ORR	$1, R17
tell:
	MOVD	m_vdsoSP(R16), R30
	CBNZ	R30, call	// a call around this one has set them
	MOVD	0(RSP), R30
	MOVD	R30, m_vdsoPC(R16)
	MOVD	$site-8(FP), R30	// the site's stack pointer
	MOVD	R30, m_vdsoSP(R16)
	MOVD	$libcify_call(SB), R30
	CALL	(R30)
	MOVD	ZR, m_vdsoSP(R16)
	RET
quiet:
	SUB	$16, RSP, R17
	ORR	$1, R17
call:
	MOVD	$libcify_call(SB), R30
	CALL	(R30)
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	B	libcify_needs_a_program_that_imports_package_syscall(SB)
