// The Go half of the bridge on linux/amd64: on which stack may libc run, and who must know?
//
// A site that held a SYSCALL instruction calls libcify_enter (or libcify_enter_full), the vfork site libcify_vfork. They
// have the contract of the instruction (syscall(2), "Architecture calling conventions"):
//   in   AX number, DI SI DX R10 R8 R9 arguments
//   out  AX result or -errno
//   lost CX, R11; libcify_enter also loses DI SI R8 R9 R10 (libcify proves them dead at its sites) and the flags
//   kept everything else, DX (Go's r2), g in R14 and the zero in X15 included
// They use 16 bytes of the caller's stack, the return address of the call included.
//
// This half knows Go's structures (go_asm.h) and moves no stack pointer, so that Go's own unwinding is right all
// through it. It ends with a jump into the C half (gcc_libcify_linux_amd64.S in runtime/cgo), which switches stacks, calls
// libc and returns to the site; that half has DWARF unwind information of its own, which Go assembly cannot express.
//
// Stacks: only a goroutine on its own stack is moved, to g0's (m.g0.sched.sp), as vdso calls are. On g0 the call stays where
// it is; so it does with g = curg on g0's stack, where the runtime's time functions make theirs. Without g or m, on gsignal,
// or on any other stack it stays too, and m.vdsoSP is left alone ("quiet"). Nothing is written to g.sched, so that a vfork
// child leaves no trace there; asmcgocall would.
//
// errno: C code that has called into Go, or that a signal handler has interrupted, may still have to read it. So only a
// goroutine on its own stack that runs for no C code (cgocallbackg holds m.lockedInt meanwhile) may change it; every other
// call takes libcify_call_full, which keeps it.

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// Jumps to CALL or to libcify_call_full, with the stack pointer to use in CX (below the frame pointer that the C half pushes,
// where it stays) and &m.vdsoSP or 0 in R11.
#define CHOOSE_STACK(CALL) \
	get_tls(CX); \
	MOVQ	g(CX), CX; \
	TESTQ	CX, CX; \
	JEQ	quiet; \
	MOVQ	g_m(CX), R11; \
	TESTQ	R11, R11; \
	JEQ	quiet; \
	CMPQ	CX, m_gsignal(R11); \
	JEQ	quiet; \
	CMPQ	SP, (g_stack+stack_lo)(CX); \
	JLS	elsewhere; \
	CMPQ	SP, (g_stack+stack_hi)(CX); \
	JHI	elsewhere; \
	CMPQ	CX, m_g0(R11); \
	JEQ	stay; \
	MOVQ	m_g0(R11), CX; \
	MOVQ	(g_sched+gobuf_sp)(CX), CX; \
	CMPL	m_lockedInt(R11), $0; \
	LEAQ	m_vdsoSP(R11), R11; \
	JNE	full; \
	JMP	CALL(SB); \
elsewhere: \
	MOVQ	m_g0(R11), CX; \
	CMPQ	SP, (g_stack+stack_lo)(CX); \
	JLS	quiet; \
	CMPQ	SP, (g_stack+stack_hi)(CX); \
	JHI	quiet; \
stay: \
	LEAQ	-8(SP), CX; \
	LEAQ	m_vdsoSP(R11), R11; \
	JMP	full; \
quiet: \
	LEAQ	-8(SP), CX; \
	XORL	R11, R11; \
full: \
	JMP	libcify_call_full(SB)

TEXT runtime·libcify_enter(SB),NOSPLIT|NOFRAME,$0-0
	CHOOSE_STACK(libcify_call)
	// Never reached. In a program without package syscall there is no runtime/cgo, which holds the C half: the linker then
	// names this symbol among those that are missing, and so says why.
	JMP	libcify_needs_a_program_that_imports_package_syscall(SB)

// libcify_enter_full loses CX and R11 only, as the kernel does (and the vector registers other than X15, which libcify
// demands to be dead at every site).
TEXT runtime·libcify_enter_full(SB),NOSPLIT|NOFRAME,$0-0
	CHOOSE_STACK(libcify_call_full)

// libcify_vfork serves clone and clone3 with CLONE_VFORK|CLONE_VM and no new stack: the call returns twice, first in the
// child, on the parent's memory. What the parent needs afterwards must not lie on the goroutine's stack (the child runs on
// there) nor directly below g0.sched.sp (the child's own calls of libc go there). Hands over:
//   CX top of the free part of g0's stack, with R12 and R13 saved at -8(CX) and -16(CX)
//   R11 the end of g0's stack, R12 &m.vdsoSP, R13 &g0.sched.sp
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	get_tls(CX)
	MOVQ	g(CX), CX
	MOVQ	g_m(CX), R11
	CMPQ	CX, m_g0(R11)
	JEQ	ong0	// forkAndExecInChild runs on a goroutine only
	MOVQ	m_g0(R11), CX
	MOVQ	(g_sched+gobuf_sp)(CX), CX
	ANDQ	$~15, CX
	MOVQ	R12, -8(CX)
	MOVQ	R13, -16(CX)
	MOVQ	m_g0(R11), R13
	LEAQ	m_vdsoSP(R11), R12
	MOVQ	(g_stack+stack_lo)(R13), R11
	LEAQ	(g_sched+gobuf_sp)(R13), R13
	JMP	libcify_call_vfork(SB)
ong0:
	INT	$3
