// The Go half of the bridge on linux/386. zlibcify_linux_amd64.s is the pattern; this says only what differs.
//
// Contract of INT $0x80 (syscall(2), "Architecture calling conventions"):
//   in   AX number, BX CX DX SI DI BP arguments
//   out  AX result or -errno
//   kept every other integer register; not the flags, X0-X7 and the x87 stack
//
// No register is free: each half pushes what it needs, so that Go's tables follow the stack pointer (they would not follow
// SUBL). get_tls calls a thunk in position-independent code, so nothing may lie below SP either.
//
// libcify_enter calls the C half instead of jumping to it: gdb finds the return address by the prologue of libcify_call
// alone (the internal linker drops .eh_frame), and that must not have pushed registers in front of it. It uses 20 bytes of
// the caller's stack, from the return address of the site to the C half's frame pointer. The nosplit check of Go's linker
// counts 16 of them.

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// Hands over CX the stack to use, DX &m.vdsoSP or 0, and above the return address the site's CX and DX.
TEXT runtime·libcify_enter(SB),NOSPLIT|NOFRAME,$0-0
	PUSHL	DX
	PUSHL	CX
	get_tls(CX)
	MOVL	g(CX), CX
	TESTL	CX, CX
	JEQ	quiet
	MOVL	g_m(CX), DX
	TESTL	DX, DX
	JEQ	quiet
	CMPL	CX, m_gsignal(DX)
	JEQ	quiet
	CMPL	SP, (g_stack+stack_lo)(CX)
	JLS	elsewhere
	CMPL	SP, (g_stack+stack_hi)(CX)
	JHI	elsewhere
	CMPL	CX, m_g0(DX)
	JEQ	stay
	MOVL	m_g0(DX), CX
	MOVL	(g_sched+gobuf_sp)(CX), CX
	CMPL	m_lockedInt(DX), $0
	LEAL	m_vdsoSP(DX), DX
	JNE	full
	CALL	libcify_call(SB)
	JMP	done
elsewhere:
	MOVL	m_g0(DX), CX
	CMPL	SP, (g_stack+stack_lo)(CX)
	JLS	quiet
	CMPL	SP, (g_stack+stack_hi)(CX)
	JHI	quiet
stay:
	LEAL	-8(SP), CX	// below the return address and the frame pointer
	LEAL	m_vdsoSP(DX), DX
	JMP	full
quiet:
	LEAL	-8(SP), CX
	XORL	DX, DX
full:
	CALL	libcify_call_full(SB)
done:
	POPL	CX
	POPL	DX
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)

// Hands over CX the top of the free part of g0's stack, DX the stack's end, SI &m.vdsoSP, DI &g0.sched.sp, and on the stack
// the site's DI, SI, DX and CX below the return address, which is also where the child starts to overwrite.
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	PUSHL	CX
	PUSHL	DX
	PUSHL	SI
	PUSHL	DI
	get_tls(CX)
	MOVL	g(CX), CX
	MOVL	g_m(CX), SI
	MOVL	m_g0(SI), DI
	CMPL	CX, DI
	JEQ	ong0	// forkAndExecInChild runs on a goroutine only
	LEAL	m_vdsoSP(SI), SI
	MOVL	(g_stack+stack_lo)(DI), DX
	LEAL	(g_sched+gobuf_sp)(DI), DI
	MOVL	(DI), CX
	JMP	libcify_call_vfork(SB)
ong0:
	INT	$3
