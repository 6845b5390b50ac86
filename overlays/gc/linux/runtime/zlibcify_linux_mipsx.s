// The Go half of the bridge on linux/mips, mipsle, mips64 and mips64le: see zlibcify_linux_amd64.s, whose shape this has.
//
// libcify_enter has the contract of SYSCALL:
//   in   R2 number, R4-R7 arguments; the fifth and sixth in R8 and R9 on mips64 (n64), the fifth to the seventh at 16(R29),
//        20(R29) and 24(R29) on mips (o32)
//   out  R7 0 and R2 the result, or R7 1 and R2 errno; R3 the second result of calls that have one
//   lost R1, R10-R15, R24, R25, HI, LO, on mips R8 and R9, as the kernel (glibc sysdeps/unix/sysv/linux/mips/mips32/sysdep.h
//        and mips64/n64/sysdep.h, __SYSCALL_CLOBBERS); R31, which holds the way back to the site
//   kept everything else: R3-R6 too, on mips64 R8 and R9, R28 (on mips64 the static base), g in R30
// A site has a frame that keeps its own return address, so that R31 and R29 there are what Go unwinds from. On mips the C half
// reads arguments from the stack whether the call has them or not, as the kernel does.
//
// The C half is entered with its address in R25, from which it finds its global pointer (System V ABI MIPS Supplement,
// 3-12). Hands over besides:
//   R11 the stack to use, bit 0 set where errno must survive, R10 &m.vdsoSP or 0

//go:build linux && (mips || mipsle || mips64 || mips64le)

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// A pointer's width.
#ifdef GOARCH_mips64
#define MIPS64
#endif
#ifdef GOARCH_mips64le
#define MIPS64
#endif
#ifdef MIPS64
#define MOVP MOVV
#define ADDP ADDV
#else
#define MOVP MOVW
#define ADDP ADDU
#endif

TEXT runtime·libcify_enter(SB),NOSPLIT|NOFRAME,$0-0
	BEQ	g, quiet
	MOVP	g_m(g), R10
	BEQ	R10, quiet
	MOVP	m_gsignal(R10), R11
	BEQ	R11, g, quiet
	MOVP	(g_stack+stack_lo)(g), R11
	SGTU	R29, R11, R12
	BEQ	R12, elsewhere
	MOVP	(g_stack+stack_hi)(g), R11
	SGTU	R29, R11, R12
	BNE	R12, elsewhere
	MOVP	m_g0(R10), R11
	BEQ	R11, g, stay
	MOVP	(g_sched+gobuf_sp)(R11), R11
	MOVW	m_lockedInt(R10), R12
	ADDP	$m_vdsoSP, R10
	BEQ	R12, call
	OR	$1, R11
	JMP	call
elsewhere:
	MOVP	m_g0(R10), R12
	MOVP	(g_stack+stack_lo)(R12), R11
	SGTU	R29, R11, R13
	BEQ	R13, quiet
	MOVP	(g_stack+stack_hi)(R12), R11
	SGTU	R29, R11, R13
	BNE	R13, quiet
stay:
	ADDP	$m_vdsoSP, R10
	OR	$1, R29, R11
	JMP	call
quiet:
	MOVP	R0, R10
	OR	$1, R29, R11
call:
	MOVP	$libcify_call(SB), R25
	JMP	(R25)
	// Never reached: see zlibcify_linux_amd64.s.
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)

// libcify_vfork: R31 is the way back to the site, which keeps its own return address in a register that the kernel keeps.
// Hands over R10 &m.vdsoSP, R11 &g0.sched.sp, R12 the end of g0's stack.
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	MOVP	g_m(g), R10
	MOVP	m_g0(R10), R11
	BEQ	R11, g, ong0	// forkAndExecInChild runs on a goroutine only
	MOVP	(g_stack+stack_lo)(R11), R12
	ADDP	$m_vdsoSP, R10
	ADDP	$(g_sched+gobuf_sp), R11
	MOVP	$libcify_call_vfork(SB), R25
	JMP	(R25)
ong0:
	UNDEF
