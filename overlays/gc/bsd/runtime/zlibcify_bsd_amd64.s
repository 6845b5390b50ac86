// The Go half of the bridge on FreeBSD, NetBSD and DragonFly, amd64. zlibcify_linux_amd64.s is the commented pattern: which
// stack, who must know, and why nothing here moves the stack pointer.
//
// Contract of SYSCALL (FreeBSD sys/amd64/amd64/exception.S and vm_machdep.c, cpu_set_syscall_retval; NetBSD
// sys/arch/amd64/amd64/locore.S and sys/arch/x86/x86/syscall.c; DragonFly sys/platform/pc64/x86_64/exception.S and trap.c):
//   in   AX number, DI SI DX R10 R8 R9 arguments, a seventh and an eighth at 8(SP) and 16(SP) of the site
//   out  carry clear: AX result, DX the second one (where there is none: 0 on NetBSD, else as before); carry set: AX errno
//   lost CX, R11
//   kept every other integer register
// It uses 16 bytes of the caller's stack, the return address of the call included.

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// Hands over CX, the stack to use (below the frame pointer that the C half pushes, where it stays) with bit 0 set where errno
// must survive, and R11, &m.vdsoSP or 0.
TEXT runtime·libcify_enter(SB),NOSPLIT|NOFRAME,$0-0
	get_tls(CX)
	MOVQ	g(CX), CX
	TESTQ	CX, CX
	JEQ	quiet
	MOVQ	g_m(CX), R11
	TESTQ	R11, R11
	JEQ	quiet
	CMPQ	CX, m_gsignal(R11)
	JEQ	quiet
	CMPQ	SP, (g_stack+stack_lo)(CX)
	JLS	elsewhere
	CMPQ	SP, (g_stack+stack_hi)(CX)
	JHI	elsewhere
	CMPQ	CX, m_g0(R11)
	JEQ	stay
	MOVQ	m_g0(R11), CX
	MOVQ	(g_sched+gobuf_sp)(CX), CX
	CMPL	m_lockedInt(R11), $0
	JEQ	tell
	ORQ	$1, CX
tell:
	LEAQ	m_vdsoSP(R11), R11
	JMP	libcify_call(SB)
elsewhere:
	MOVQ	m_g0(R11), CX
	CMPQ	SP, (g_stack+stack_lo)(CX)
	JLS	quiet
	CMPQ	SP, (g_stack+stack_hi)(CX)
	JHI	quiet
stay:
	LEAQ	-7(SP), CX
	JMP	tell
quiet:
	LEAQ	-7(SP), CX
	XORL	R11, R11
	JMP	libcify_call(SB)
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)
