// The C half of the bridge on linux/ppc64 and linux/ppc64le (64-bit ELF V2 ABI): see gcc_libcify_linux_amd64.S.
//
// Entered by jumps from runtime/zlibcify_linux_ppc64x.s with
//   r12 the address of the function, lr the site, r1 the caller's stack, number and arguments in r9 and r3 to r8
//   r11 the stack to use, bit 0 set where errno must survive, r10 &m.vdsoSP or 0
//
// One function serves all calls: the frame for libcify_dispatch (libcify/frame.h) says whether errno is kept. The stack is
// switched by stdux, which makes the caller's r1 the back chain of the new frame, so that also an unwinder without CFI
// finds the other stack. Everything is kept in this frame, nothing in the caller's header (see the Go half).

//go:build linux && (ppc64 || ppc64le)

#if defined(__linux__) && defined(__powerpc64__)

#if _CALL_ELF != 2
#error "libcify: Go with cgo on linux/ppc64 needs a C compiler for the ELF V2 ABI"
#endif

#define MAX_ERRNO 4095       // Linux include/linux/err.h
#define CR0_SO 0x1000        // in the upper half of the condition register
#define VFORK_GAP 65536      // see gcc_libcify_linux_amd64.S

// Frame, from r1: the header of the ABI (back chain, CR, LR and TOC; callees and linker stubs write there), the frame of
// libcify_dispatch, what is kept.
#define F_WORD(n) (32 + 8 * (n))
#define F_R2 112
#define F_LR 120
#define F_VDSOSP 128
#define F_SIZE 144

	.text

// The caller's r1 is the back chain; \lr is where LR is, from r1. Written as expressions (DWARF 4, 6.4.2.2 and 6.4.2.3),
// because both lie on another stack than the caller's frame. r1 is register 1, LR 65 (ELF V2 ABI, 2.4).
.macro CFI_SWITCHED lr
	.cfi_escape 0x0f, 3, 0x71, 0, 0x06
	.cfi_escape 0x10, 65, 3, 0x71, (\lr & 0x7f) | 0x80, \lr >> 7
.endm

.macro CFI_BACK
	.cfi_def_cfa 1, 0
	.cfi_restore 65
.endm

// r3 a value or -errno -> as the kernel says it (arch/powerpc/kernel/interrupt.c, syscall_exit_prepare).
.macro ANSWER
	li	0, -MAX_ERRNO
	cmpld	3, 0
	li	0, 0
	blt	.Lvalue\@
	neg	3, 3
	lis	0, CR0_SO
.Lvalue\@:
	mtcrf	0x80, 0
	li	0, 0			// Go's zero
	blr
.endm

.macro FUNCTION name
	.globl	\name
	.hidden	\name
	.type	\name, @function
	.p2align 4
\name:
.endm

// In r12 the function's own address.
.macro OWN_TOC name
	addis	2, 12, .TOC.-\name@ha
	addi	2, 2, .TOC.-\name@l
.endm

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

FUNCTION libcify_call
	nop
	.type	__morestack, @function
__morestack:				// for gdb, see gcc_libcify_linux_amd64.S
	.cfi_startproc
	mflr	0
	cmpldi	10, 0
	beq	.Lset
	mtctr	2
	ld	2, 0(10)
	cmpldi	2, 0
	mfctr	2
	bne	.Lnested
	std	0, 8(10)		// m.vdsoPC
	std	1, 0(10)		// m.vdsoSP
	b	.Lset
.Lnested:				// a call around this one has set them: its Go stack is the one to show
	li	10, 0
.Lset:
	clrldi	0, 11, 63
	clrrdi	11, 11, 4
	addi	11, 11, -F_SIZE
	subf	11, 1, 11
	stdux	1, 1, 11
	.cfi_escape 0x0f, 3, 0x71, 0, 0x06
	std	9, F_WORD(0)(1)
	std	3, F_WORD(1)(1)
	std	4, F_WORD(2)(1)
	std	5, F_WORD(3)(1)
	std	6, F_WORD(4)(1)
	std	7, F_WORD(5)(1)
	std	8, F_WORD(6)(1)
	li	9, 0
	std	9, F_WORD(7)(1)
	std	0, F_WORD(8)(1)		// keep errno
	std	9, F_WORD(9)(1)		// no second result
	mflr	0
	std	0, F_LR(1)
	CFI_SWITCHED F_LR
	std	2, F_R2(1)
	std	10, F_VDSOSP(1)
	OWN_TOC	libcify_call
	addi	3, 1, F_WORD(0)
	bl	libcify_dispatch
	nop
	ld	10, F_VDSOSP(1)
	ld	2, F_R2(1)
	ld	0, F_LR(1)
	mtlr	0
	.cfi_restore 65
	ld	1, 0(1)
	CFI_BACK
	cmpldi	10, 0
	beq	.Lcleared
	li	0, 0
	std	0, 0(10)
.Lcleared:
	ANSWER
	.cfi_endproc
	.size	__morestack, .-__morestack
	.size	libcify_call, .-libcify_call

// r10 &m.vdsoSP, r11 &g0.sched.sp, r0 the end of g0's stack. What the child may and may not do: see
// gcc_libcify_linux_amd64.S. lr holds the way back and r2 is Go's: the child would not touch them in their registers, but
// libc's syscall does.
#define V_LR 96              // above the header and the parameter save area that a variadic callee may use
#define V_R2 104
#define V_VDSOSP 112
#define V_SCHED 120
#define V_SCHEDSP 128
#define V_SIZE 144
FUNCTION libcify_call_vfork
	.cfi_startproc
	mtctr	2
	ld	2, 0(11)
	clrrdi	2, 2, 4
	addi	2, 2, -V_SIZE
	std	1, 0(2)
	std	10, V_VDSOSP(2)
	std	11, V_SCHED(2)
	mflr	10
	std	10, V_LR(2)
	mfctr	10
	std	10, V_R2(2)
	ld	10, 0(11)
	std	10, V_SCHEDSP(2)
	mr	1, 2
	CFI_SWITCHED V_LR
	subf	10, 0, 1
	srdi	10, 10, 1
	lis	0, VFORK_GAP >> 16
	cmpld	10, 0
	ble	.Lhalf
	mr	10, 0
.Lhalf:
	subf	10, 10, 1
	std	10, 0(11)		// the child's calls switch to g0.sched.sp: keep them off the parent's frames
	OWN_TOC	libcify_call_vfork
	// syscall(number, six arguments)
	mr	0, 9
	mr	9, 8
	mr	8, 7
	mr	7, 6
	mr	6, 5
	mr	5, 4
	mr	4, 3
	mr	3, 0
	bl	syscall
	nop
	cmpdi	3, 0
	beq	.Lchild
	ld	11, V_SCHED(1)		// the parent
	ld	10, V_SCHEDSP(1)
	std	10, 0(11)
	ld	11, V_VDSOSP(1)
	li	10, 0
	std	10, 0(11)
	cmpdi	3, -1
	bne	.Lchild
	bl	libcify_errno_neg
	nop
.Lchild:
	ld	2, V_R2(1)
	ld	0, V_LR(1)
	mtlr	0
	ld	1, 0(1)
	CFI_BACK
	ANSWER
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork

// The runtime's time functions call this as a vdso function: with r12, but with no frame header below which a C function
// could keep its return address, and with r2 in use (arch/powerpc/include/asm/vdso/gettimeofday.h makes two frames, too).
FUNCTION libcify_clock_gettime
	.cfi_startproc
	mflr	0
	stdu	1, -F_SIZE(1)
	.cfi_def_cfa_offset F_SIZE
	std	0, F_LR(1)
	.cfi_offset 65, F_LR - F_SIZE
	std	2, F_R2(1)
	OWN_TOC	libcify_clock_gettime
	bl	libcify_clock_gettime_framed
	nop
	ld	2, F_R2(1)
	ld	0, F_LR(1)
	mtlr	0
	addi	1, 1, F_SIZE
	.cfi_def_cfa_offset 0
	.cfi_restore 65
	blr
	.cfi_endproc
	.size	libcify_clock_gettime, .-libcify_clock_gettime

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
