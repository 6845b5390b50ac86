// The Go half of the bridge on linux/s390x. zlibcify_linux_amd64.s is the pattern; this says only what differs.
//
// Contract of SVC 0 (syscall(2), "Architecture calling conventions"):
//   in   R1 number, R2-R7 arguments
//   out  R2 result or -errno
//   kept every other integer register but R14, the way back: R0 (Go's zero), Go's temporaries R10 and R11 and g (R13)
//        included; not the condition code, F0-F7 and V16-V31
//
// The site's function has a frame for its own way back (docs/bridge.md, "Other architectures"), and so has this half: Go
// unwinds through it. It is 40 bytes of the caller's stack, all of which Go's linker counts; the C half writes to the last
// eight of them and to no other place there, because Go's frames have no register save area as that ABI wants it.

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// Hands over R12 the stack to use, R11 &m.vdsoSP or 0, R10 free. The C half knows this frame (GO_FRAME and so on there).
TEXT runtime·libcify_enter(SB),NOSPLIT,$32-0
	MOVD	R10, 8(R15)
	MOVD	R11, 16(R15)
	MOVD	R12, 24(R15)
	CMPBEQ	g, $0, quiet
	MOVD	g_m(g), R11
	CMPBEQ	R11, $0, quiet
	MOVD	m_gsignal(R11), R12
	CMPBEQ	g, R12, quiet
	MOVD	(g_stack+stack_lo)(g), R12
	CMPUBLE	R15, R12, elsewhere
	MOVD	(g_stack+stack_hi)(g), R12
	CMPUBGT	R15, R12, elsewhere
	MOVD	m_g0(R11), R12
	CMPBEQ	g, R12, stay
	MOVD	(g_sched+gobuf_sp)(R12), R12
	MOVW	m_lockedInt(R11), R10
	MOVD	$m_vdsoSP(R11), R11
	CMPBNE	R10, $0, full
	BL	libcify_call(SB)
	BR	done
elsewhere:
	MOVD	m_g0(R11), R10
	MOVD	(g_stack+stack_lo)(R10), R12
	CMPUBLE	R15, R12, quiet
	MOVD	(g_stack+stack_hi)(R10), R12
	CMPUBGT	R15, R12, quiet
stay:
	MOVD	$m_vdsoSP(R11), R11
	MOVD	R15, R12
	BR	full
quiet:
	MOVD	$0, R11
	MOVD	R15, R12
full:
	BL	libcify_call_full(SB)
done:
	MOVD	8(R15), R10
	MOVD	16(R15), R11
	MOVD	24(R15), R12
	RET
	// Never reached: its name is a message (zlibcify_linux_amd64.s).
	BR	libcify_needs_a_program_that_imports_package_syscall(SB)

// Hands over R12 the end of g0's stack, R11 &m.vdsoSP, R10 &g0.sched.sp, R14 free, and in this frame, which the child will
// overwrite, R14 and the site's R10, R11 and R12.
TEXT runtime·libcify_vfork(SB),NOSPLIT,$24-0
	MOVD	R10, 8(R15)
	MOVD	R11, 16(R15)
	MOVD	R12, 24(R15)
	MOVD	g_m(g), R11
	MOVD	m_g0(R11), R10
	CMPBEQ	g, R10, ong0	// forkAndExecInChild runs on a goroutine only
	MOVD	$m_vdsoSP(R11), R11
	MOVD	(g_stack+stack_lo)(R10), R12
	MOVD	$(g_sched+gobuf_sp)(R10), R10
	BR	libcify_call_vfork(SB)
ong0:
	MOVD	R0, 0(R0)
