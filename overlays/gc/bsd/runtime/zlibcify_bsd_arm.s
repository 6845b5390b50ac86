// The Go half of the bridge on FreeBSD and NetBSD, arm. zlibcify_linux_amd64.s and zlibcify_linux_arm.s are the commented
// patterns.
//
// Contract of SWI (FreeBSD sys/arm/arm/syscall.c and vm_machdep.c, cpu_set_syscall_retval; NetBSD sys/arch/arm/arm/syscall.c):
//   in   R7 number, R0-R3 arguments, R9 the address of those behind them: the kernel finds them at R13, where a frame of the
//        bridge would be
//   out  carry clear: R0 result, R1 the second one (0 where there is none); carry set: R0 errno
//   lost R9 and LR
//   kept every other integer register, g (R10) and Go's temporary R11 included; not the other flags and the VFP registers.
//        Outside of this text a linker's veneer between site and bridge may lose R12 (AAPCS 6.1.1), or R11 (Go's linker)
//
// The site's call has put the way back into LR, and its function has a frame for its own (docs/bridge.md, "Other
// architectures"), so this half may have one as well, and Go unwinds through it. With the C half's two words it is 32 bytes
// of the caller's stack; Go's linker counts 24 of them.

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// Hands over R12 the stack to use, R8 &m.vdsoSP or 0, R4 free. The C half knows the size of this frame (GO_FRAME there).
TEXT runtime·libcify_enter(SB),NOSPLIT,$20-0
	MOVW	R2, 4(R13)
	MOVW	R3, 8(R13)
	MOVW	R4, 12(R13)
	MOVW	R8, 16(R13)
	MOVW	R12, 20(R13)
	CMP	$0, g
	B.EQ	quiet
	MOVW	g_m(g), R8
	CMP	$0, R8
	B.EQ	quiet
	MOVW	m_gsignal(R8), R4
	CMP	R4, g
	B.EQ	quiet
	MOVW	(g_stack+stack_lo)(g), R4
	CMP	R4, R13
	B.LS	elsewhere
	MOVW	(g_stack+stack_hi)(g), R4
	CMP	R4, R13
	B.HI	elsewhere
	MOVW	m_g0(R8), R4
	CMP	R4, g
	B.EQ	stay
	MOVW	(g_sched+gobuf_sp)(R4), R12
	MOVW	m_lockedInt(R8), R4
	ADD	$m_vdsoSP, R8
	CMP	$0, R4
	B.NE	full
	BL	libcify_call(SB)
	B	done
elsewhere:
	MOVW	m_g0(R8), R12
	MOVW	(g_stack+stack_lo)(R12), R4
	CMP	R4, R13
	B.LS	quiet
	MOVW	(g_stack+stack_hi)(R12), R4
	CMP	R4, R13
	B.HI	quiet
stay:
	ADD	$m_vdsoSP, R8
	SUB	$8, R13, R12	// below the two words that the C half pushes
	B	full
quiet:
	MOVW	$0, R8
	SUB	$8, R13, R12
full:
	BL	libcify_call_full(SB)
done:
	MOVW	4(R13), R2
	MOVW	8(R13), R3
	MOVW	12(R13), R4
	MOVW	16(R13), R8
	MOVW	20(R13), R12
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	B	libcify_needs_a_program_that_imports_package_syscall(SB)
