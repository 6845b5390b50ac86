// The Go half of the bridge on linux/arm. zlibcify_linux_amd64.s is the pattern; this says only what differs.
//
// Contract of SWI $0, EABI (syscall(2), "Architecture calling conventions"):
//   in   R7 number, R0-R5 arguments
//   out  R0 result or -errno
//   kept every other integer register but LR, g (R10) and Go's temporary R11 included; not the flags and the VFP registers.
//        Outside of this text a linker's veneer between site and bridge may lose R12 (AAPCS 6.1.1), or R11 (Go's linker)
//
// The site's call has put the way back into LR, and its function has a frame for its own (docs/bridge.md, "Other
// architectures"), so this half may have one as well, and Go unwinds through it. With the C half's two words it is 36 bytes
// of the caller's stack; Go's linker counts 28 of them.

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// Hands over R12 the stack to use, R9 &m.vdsoSP or 0, R8 free. The C half knows the size of this frame (GO_FRAME there).
TEXT runtime·libcify_enter(SB),NOSPLIT,$24-0
	MOVW	R1, 4(R13)
	MOVW	R2, 8(R13)
	MOVW	R3, 12(R13)
	MOVW	R8, 16(R13)
	MOVW	R9, 20(R13)
	MOVW	R12, 24(R13)
	CMP	$0, g
	B.EQ	quiet
	MOVW	g_m(g), R9
	CMP	$0, R9
	B.EQ	quiet
	MOVW	m_gsignal(R9), R8
	CMP	R8, g
	B.EQ	quiet
	MOVW	(g_stack+stack_lo)(g), R8
	CMP	R8, R13
	B.LS	elsewhere
	MOVW	(g_stack+stack_hi)(g), R8
	CMP	R8, R13
	B.HI	elsewhere
	MOVW	m_g0(R9), R8
	CMP	R8, g
	B.EQ	stay
	MOVW	(g_sched+gobuf_sp)(R8), R12
	MOVW	m_lockedInt(R9), R8
	ADD	$m_vdsoSP, R9
	CMP	$0, R8
	B.NE	full
	BL	libcify_call(SB)
	B	done
elsewhere:
	MOVW	m_g0(R9), R12
	MOVW	(g_stack+stack_lo)(R12), R8
	CMP	R8, R13
	B.LS	quiet
	MOVW	(g_stack+stack_hi)(R12), R8
	CMP	R8, R13
	B.HI	quiet
stay:
	ADD	$m_vdsoSP, R9
	SUB	$8, R13, R12	// below the two words that the C half pushes
	B	full
quiet:
	MOVW	$0, R9
	SUB	$8, R13, R12
full:
	BL	libcify_call_full(SB)
done:
	MOVW	4(R13), R1
	MOVW	8(R13), R2
	MOVW	12(R13), R3
	MOVW	16(R13), R8
	MOVW	20(R13), R9
	MOVW	24(R13), R12
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	B	libcify_needs_a_program_that_imports_package_syscall(SB)

// Hands over R12 the end of g0's stack, R8 &m.vdsoSP, R9 &g0.sched.sp, LR free, and in this frame, which the child will
// overwrite, LR and the site's R8, R9 and R12.
TEXT runtime·libcify_vfork(SB),NOSPLIT,$12-0
	MOVW	R8, 4(R13)
	MOVW	R9, 8(R13)
	MOVW	R12, 12(R13)
	MOVW	g_m(g), R8
	MOVW	m_g0(R8), R9
	CMP	g, R9
	B.EQ	ong0	// forkAndExecInChild runs on a goroutine only
	ADD	$m_vdsoSP, R8
	MOVW	(g_stack+stack_lo)(R9), R12
	ADD	$(g_sched+gobuf_sp), R9
	B	libcify_call_vfork(SB)
ong0:
	MOVW	$0, R8
	MOVW	(R8), R8
