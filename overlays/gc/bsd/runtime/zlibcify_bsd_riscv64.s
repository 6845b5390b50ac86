// The Go half of the bridge on FreeBSD, riscv64. zlibcify_linux_amd64.s is the commented pattern; docs/bridge.md, "Other
// architectures", says what is common to machines with a link register.
//
// Contract of ECALL (FreeBSD sys/riscv/riscv/trap.c, cpu_fetch_syscall_args, and vm_machdep.c, cpu_set_syscall_retval):
//   in   X5 (T0) number, X10-X17 (A0-A7) arguments
//   out  X5 0: X10 result, X11 the second one (0 where there is none); X5 1: X10 errno
//   lost X1, the link, and X31, the temporary of Go's assembler and linker
//   kept every other integer register

#include "go_asm.h"
#include "textflag.h"

// Hands over X7 m (comes back), X6 the stack to use with bit 0 set where errno must survive, and the words at 8(X2) and
// 16(X2). X6 and X7 of the site are kept here; nothing else but the link is free to choose with.
TEXT runtime·libcify_enter(SB),NOSPLIT,$32-0
	MOV	X6, 24(X2)
	MOV	X7, 32(X2)
	BEQZ	g, quiet
	MOV	g_m(g), X7
	BEQZ	X7, quiet
	MOV	m_gsignal(X7), X1
	BEQ	X1, g, quiet
	MOV	(g_stack+stack_lo)(g), X1
	BGEU	X1, X2, elsewhere
	MOV	(g_stack+stack_hi)(g), X1
	BLTU	X1, X2, elsewhere
	MOV	m_g0(X7), X1
	BEQ	X1, g, stay
	MOV	(g_sched+gobuf_sp)(X1), X6
	MOVW	m_lockedInt(X7), X1
	BEQZ	X1, tell
	OR	$1, X6
	JMP	tell
elsewhere:
	MOV	m_g0(X7), X6
	MOV	(g_stack+stack_lo)(X6), X1
	BGEU	X1, X2, quiet
	MOV	(g_stack+stack_hi)(X6), X1
	BLTU	X1, X2, quiet
stay:
	OR	$1, X2, X6
tell:
	MOV	m_vdsoSP(X7), X1
	BNEZ	X1, call	// a call around this one has set them
	MOV	0(X2), X1
	MOV	X1, m_vdsoPC(X7)
	MOV	$site-8(FP), X1	// the site's stack pointer
	MOV	X1, m_vdsoSP(X7)
	CALL	libcify_call(SB)
	MOV	ZERO, m_vdsoSP(X7)
	JMP	done
quiet:
	OR	$1, X2, X6
call:
	CALL	libcify_call(SB)
done:
	MOV	24(X2), X6
	MOV	32(X2), X7
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)
