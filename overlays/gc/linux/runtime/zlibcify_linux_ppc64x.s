// The Go half of the bridge on linux/ppc64 and linux/ppc64le: see zlibcify_linux_amd64.s, whose shape this has.
//
// libcify_enter has the contract of sc and of the "xor r0, r0, r0" that Go's assembler puts behind it:
//   in   R0 number, R3-R8 arguments
//   out  CR0.SO clear and R3 the result, or CR0.SO set and R3 errno; R0 0
//   lost R4-R12, CTR, XER, as the kernel (Linux Documentation/powerpc/syscall64-abi.rst); LR, which holds the way back to
//        the site; CR1 and CR5 to CR7, which C loses; R31, which belongs to Go's assembler and linker (REGTMP)
//   kept everything else: R1, R2, R13-R30
// A site has a frame that keeps its own return address, so that LR and R1 there are what Go unwinds from.
//
// Nothing is written to the caller's stack: where a C function keeps its return address, 16(R1), runtime·usleep keeps a
// timespec. That is also why the C half has a libcify_clock_gettime of its own.
//
// The C half is entered by its global entry point (64-bit ELF V2 ABI, 2.3.2.1): its address in R12, from which it finds its
// TOC; it gives R2 back as it was. Hands over besides:
//   R9 the number, R11 the stack to use, bit 0 set where errno must survive, R10 &m.vdsoSP or 0

//go:build linux && (ppc64 || ppc64le)

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// The linker cannot always reach a C function's global entry point by a branch.
DATA runtime·libcify_call_address<>(SB)/8, $libcify_call(SB)
GLOBL runtime·libcify_call_address<>(SB), NOPTR, $8
DATA runtime·libcify_call_vfork_address<>(SB)/8, $libcify_call_vfork(SB)
GLOBL runtime·libcify_call_vfork_address<>(SB), NOPTR, $8

TEXT runtime·libcify_enter(SB),NOSPLIT|NOFRAME,$0-0
	MOVD	R0, R9
	CMP	g, $0
	BEQ	quiet
	MOVD	g_m(g), R10
	CMP	R10, $0
	BEQ	quiet
	MOVD	m_gsignal(R10), R11
	CMP	g, R11
	BEQ	quiet
	MOVD	(g_stack+stack_lo)(g), R11
	CMPU	R1, R11
	BLE	elsewhere
	MOVD	(g_stack+stack_hi)(g), R11
	CMPU	R1, R11
	BGT	elsewhere
	MOVD	m_g0(R10), R11
	CMP	g, R11
	BEQ	stay
	MOVD	(g_sched+gobuf_sp)(R11), R11
	MOVW	m_lockedInt(R10), R12
	ADD	$m_vdsoSP, R10
	CMPW	R12, $0
	BEQ	call
	OR	$1, R11
	BR	call
elsewhere:
	MOVD	m_g0(R10), R12
	MOVD	(g_stack+stack_lo)(R12), R11
	CMPU	R1, R11
	BLE	quiet
	MOVD	(g_stack+stack_hi)(R12), R11
	CMPU	R1, R11
	BGT	quiet
stay:
	ADD	$m_vdsoSP, R10
	OR	$1, R1, R11
	BR	call
quiet:
	MOVD	$0, R10
	OR	$1, R1, R11
call:
	MOVD	runtime·libcify_call_address<>(SB), R12
	MOVD	R12, CTR
	BR	(CTR)
	// Never reached: see zlibcify_linux_amd64.s.
	BR	libcify_needs_a_program_that_imports_package_syscall(SB)

// libcify_vfork: LR is the way back to the site, which keeps its own return address in a register that the kernel keeps.
// Hands over R10 &m.vdsoSP, R11 &g0.sched.sp, R0 the end of g0's stack.
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	MOVD	R0, R9
	MOVD	g_m(g), R10
	MOVD	m_g0(R10), R11
	CMP	g, R11
	BEQ	ong0	// forkAndExecInChild runs on a goroutine only
	MOVD	(g_stack+stack_lo)(R11), R0
	ADD	$m_vdsoSP, R10
	ADD	$(g_sched+gobuf_sp), R11
	MOVD	runtime·libcify_call_vfork_address<>(SB), R12
	MOVD	R12, CTR
	BR	(CTR)
ong0:
	UNDEF
