// The Go half of the bridge on linux/mips64 and linux/mips64le: see zlibcify_linux_amd64.s, whose shape this has.
//
// libcify_enter has the contract of SYSCALL:
//   in   R2 number, R4-R9 arguments
//   out  R7 0 and R2 the result, or R7 1 and R2 errno; R3 the second result of calls that have one
//   lost R1, R10-R15, R24, R25, HI, LO, as the kernel (glibc sysdeps/unix/sysv/linux/mips/mips64/n64/sysdep.h,
//        __SYSCALL_CLOBBERS); R31, which holds the way back to the site
//   kept everything else: R3-R6 and R8, R9 too, the static base in R28, g in R30
// A site has a frame that keeps its own return address, so that R31 and R29 there are what Go unwinds from.
//
// The C half is entered with its address in R25, from which it finds its global pointer (System V ABI MIPS Supplement,
// 3-12). Hands over besides:
//   R11 the stack to use, bit 0 set where errno must survive, R10 &m.vdsoSP or 0

//go:build linux && (mips64 || mips64le)

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

TEXT runtime·libcify_enter(SB),NOSPLIT|NOFRAME,$0-0
	BEQ	g, quiet
	MOVV	g_m(g), R10
	BEQ	R10, quiet
	MOVV	m_gsignal(R10), R11
	BEQ	R11, g, quiet
	MOVV	(g_stack+stack_lo)(g), R11
	SGTU	R29, R11, R12
	BEQ	R12, elsewhere
	MOVV	(g_stack+stack_hi)(g), R11
	SGTU	R29, R11, R12
	BNE	R12, elsewhere
	MOVV	m_g0(R10), R11
	BEQ	R11, g, stay
	MOVV	(g_sched+gobuf_sp)(R11), R11
	MOVW	m_lockedInt(R10), R12
	ADDV	$m_vdsoSP, R10
	BEQ	R12, call
	OR	$1, R11
	JMP	call
elsewhere:
	MOVV	m_g0(R10), R12
	MOVV	(g_stack+stack_lo)(R12), R11
	SGTU	R29, R11, R13
	BEQ	R13, quiet
	MOVV	(g_stack+stack_hi)(R12), R11
	SGTU	R29, R11, R13
	BNE	R13, quiet
stay:
	ADDV	$m_vdsoSP, R10
	OR	$1, R29, R11
	JMP	call
quiet:
	MOVV	R0, R10
	OR	$1, R29, R11
call:
	MOVV	$libcify_call(SB), R25
	JMP	(R25)
	// Never reached: see zlibcify_linux_amd64.s.
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)

// libcify_vfork: R31 is the way back to the site, which keeps its own return address in a register that the kernel keeps.
// Hands over R10 &m.vdsoSP, R11 &g0.sched.sp, R12 the end of g0's stack.
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	MOVV	g_m(g), R10
	MOVV	m_g0(R10), R11
	BEQ	R11, g, ong0	// forkAndExecInChild runs on a goroutine only
	MOVV	(g_stack+stack_lo)(R11), R12
	ADDV	$m_vdsoSP, R10
	ADDV	$(g_sched+gobuf_sp), R11
	MOVV	$libcify_call_vfork(SB), R25
	JMP	(R25)
ong0:
	UNDEF
