// The Go half of the bridge on FreeBSD and NetBSD, 386. zlibcify_linux_amd64.s and zlibcify_linux_386.s are the commented
// patterns: which stack, who must know, and why it is pushed and called here.
//
// Contract of INT $0x80 (FreeBSD sys/i386/i386/trap.c, cpu_fetch_syscall_args, and vm_machdep.c, cpu_set_syscall_retval;
// NetBSD sys/arch/x86/x86/syscall.c):
//   in   AX number, arguments at 4(SP) and up of the site: 0(SP) is skipped
//   out  carry clear: AX result, DX the second one (where there is none: 0 on NetBSD, else as before); carry set: AX errno
//   kept every other integer register; not the other flags, X0-X7 and the x87 stack
// It uses 20 bytes of the caller's stack, from the return address of the site to the C half's frame pointer. The nosplit check
// of Go's linker counts 16 of them.

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
	POPL	DX	// the C half's
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)
