// The C half of the bridge on linux/s390x. gcc_libcify_linux_amd64.S is the pattern; this says only what differs.
//
// Called from runtime/zlibcify_linux_s390x.s with number and arguments where the kernel wants them, and
//   r12 the stack to use, r11 &m.vdsoSP or 0, r10 free; r10, r11 and r12 of the site are in the frame of the caller
//
// A C function stores r6 to r15 into its caller's frame (s390x ELF ABI, 1.2.2). Go's frames have no room for that, so this
// half stores its way back only, where the Go half has left a word for it.

#include "libcify/frame.h"

#if defined(__linux__) && defined(__s390x__)

#define VFORK_GAP_HIGH 1  // 65536, in units of that: between the parent's frames and the child's, or half of what is left

#define WORD(n) (8 * (n))
#define SAVE_AREA 160  // for the C function

#define F_FRAME SAVE_AREA
#define F_NUMBER (F_FRAME + WORD(LIBCIFY_FRAME_NUMBER))
#define F_ARGUMENT1 (F_FRAME + WORD(LIBCIFY_FRAME_ARGUMENT1))
#define F_ARGUMENT7 (F_ARGUMENT1 + WORD(6))
#define F_KEEP_ERRNO (F_FRAME + WORD(LIBCIFY_FRAME_KEEP_ERRNO))
#define F_SECOND (F_FRAME + WORD(LIBCIFY_FRAME_SECOND))
#define F_R0 (F_FRAME + WORD(LIBCIFY_FRAME_WORDS))
#define F_R3 (F_R0 + 16)
#define F_SIZE (F_R3 + 24)
#if F_SIZE % 8 != 0
#error "the stack would not be aligned for C"
#endif

// The caller's frame, from its r15: the way back to the site first.
#define C_SITE 0
#define C_RETURN 32
#define GO_FRAME 40

	.text

	.globl	libcify_text
	.hidden	libcify_text
	.p2align 3
libcify_text:

// r6-r13 are kept by every C function (s390x ELF ABI, 1.2.1), r10 to r12 of the site by the Go half.
.macro CALL_FUNCTION name, full
	.globl	\name
	.hidden	\name
	.type	\name, @function
	.p2align 3
\name:
.ifeq \full
	nop
	.type	__morestack, @function
__morestack:
.endif
	.cfi_startproc
	stg	%r14, C_RETURN(%r15)
	.cfi_offset %r14, C_RETURN - SAVE_AREA
	nill	%r12, 0xfff8
	aghi	%r12, -F_SIZE
	stmg	%r0, %r1, F_R0(%r12)
	stmg	%r3, %r5, F_R3(%r12)
	stg	%r1, F_NUMBER(%r12)
	stmg	%r2, %r7, F_ARGUMENT1(%r12)
	lghi	%r0, \full
	stg	%r0, F_KEEP_ERRNO(%r12)
	lghi	%r0, 0
	stg	%r0, F_ARGUMENT7(%r12)
	stg	%r0, F_SECOND(%r12)
.if \full
	ltgr	%r11, %r11
	je	.Lset\@
.endif
	lg	%r10, 0(%r11)
	ltgr	%r10, %r10
	jne	.Lset\@
	lg	%r1, C_SITE(%r15)
	stg	%r1, 8(%r11)		// m.vdsoPC
	la	%r1, GO_FRAME(%r15)
	stg	%r1, 0(%r11)		// m.vdsoSP
.Lset\@:
	lgr	%r1, %r15
	lgr	%r15, %r12
	lgr	%r12, %r1
	.cfi_def_cfa_register %r12
	.cfi_register %r15, %r12
	la	%r2, F_FRAME(%r15)
	brasl	%r14, libcify_dispatch
	lmg	%r0, %r1, F_R0(%r15)
	lmg	%r3, %r5, F_R3(%r15)
.if \full
	ltgr	%r11, %r11
	je	.Lcleared\@
.endif
	stg	%r10, 0(%r11)
.Lcleared\@:
	lgr	%r15, %r12
	.cfi_def_cfa_register %r15
	.cfi_restore %r15
	lg	%r14, C_RETURN(%r15)
	.cfi_restore %r14
	br	%r14
	.cfi_endproc
	.size	\name, .-\name
.ifeq \full
	.size	__morestack, .-__morestack
.endif
.endm

	CALL_FUNCTION libcify_call, 0
	CALL_FUNCTION libcify_call_full, 1

// r12 end of g0's stack, r11 &m.vdsoSP, r10 &g0.sched.sp, r14 free; r0-r9 are the site's, and so are in the Go half's frame,
// from r15 on, the way back, r10, r11 and r12.
#define S_RETURN 0
#define S_R10 8
#define S_SIZE 32
// The parent's frame on g0's stack: the save area and the last arguments for syscall(), and what must come back in both
// processes.
#define V_ARGUMENT5 SAVE_AREA
#define V_R0 (SAVE_AREA + 16)
#define V_R1 (V_R0 + 8)
#define V_R3 (V_R0 + 24)
#define V_R10 (V_R0 + 56)
#define V_R14 (V_R10 + 24)
#define V_R15 (V_R14 + 8)
#define V_SCHEDSP (V_R15 + 8)
#define V_SIZE (V_SCHEDSP + 8)
	.globl	libcify_call_vfork
	.hidden	libcify_call_vfork
	.type	libcify_call_vfork, @function
	.p2align 3
libcify_call_vfork:
	.cfi_startproc
	.cfi_offset %r14, S_RETURN - SAVE_AREA
	lg	%r14, 0(%r10)
	nill	%r14, 0xfff8
	aghi	%r14, -V_SIZE
	stmg	%r0, %r6, V_R0(%r14)
	stmg	%r6, %r7, V_ARGUMENT5(%r14)
	mvc	V_R10(24, %r14), S_R10(%r15)
	mvc	V_R14(8, %r14), S_RETURN(%r15)
	la	%r1, S_SIZE(%r15)
	stg	%r1, V_R15(%r14)
	mvc	V_SCHEDSP(8, %r14), 0(%r10)
	lgr	%r1, %r14
	sgr	%r1, %r12
	srlg	%r1, %r1, 1
	llilh	%r0, VFORK_GAP_HIGH
	clgr	%r1, %r0
	jnh	.Lhalf
	lgr	%r1, %r0
.Lhalf:
	lgr	%r0, %r14
	sgr	%r0, %r1
	stg	%r0, 0(%r10)		// the child's calls switch to g0.sched.sp: keep them off the parent's frames
	lgr	%r12, %r15
	.cfi_def_cfa_register %r12
	.cfi_register %r15, %r12
	lgr	%r15, %r14
	// syscall(number, six arguments)
	lgr	%r6, %r5
	lgr	%r5, %r4
	lgr	%r4, %r3
	lgr	%r3, %r2
	lg	%r2, V_R1(%r15)
	brasl	%r14, syscall@PLT
	ltgr	%r2, %r2
	je	.Lchild
	// The parent. What the child, which shares this memory, wrote to m.vdsoSP is still there.
	mvc	0(8, %r10), V_SCHEDSP(%r15)
	xc	0(8, %r11), 0(%r11)
	cghi	%r2, -1
	jne	.Lchild
	brasl	%r14, libcify_errno_neg
.Lchild:
	lmg	%r0, %r1, V_R0(%r15)
	lmg	%r3, %r6, V_R3(%r15)
	lmg	%r10, %r12, V_R10(%r15)
	lmg	%r14, %r15, V_R14(%r15)
	.cfi_def_cfa %r15, SAVE_AREA
	.cfi_restore %r15
	.cfi_restore %r14
	br	%r14
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork

// What the runtime's time functions call in the place of the vdso's function (gcc_libcify_table.cc). They give it no register
// save area, and where it would be is what they have on the stack; the kernel's function makes a frame first for the same
// reason (arch/s390/kernel/vdso64/vdso_user_wrapper.S).
	.globl	libcify_clock_gettime
	.hidden	libcify_clock_gettime
	.type	libcify_clock_gettime, @function
	.p2align 3
libcify_clock_gettime:
	.cfi_startproc
	aghi	%r15, -(SAVE_AREA + 8)
	.cfi_def_cfa_offset SAVE_AREA + SAVE_AREA + 8
	stg	%r14, SAVE_AREA(%r15)
	.cfi_offset %r14, -(SAVE_AREA + 8)
	brasl	%r14, libcify_clock_gettime_framed
	lg	%r14, SAVE_AREA(%r15)
	.cfi_restore %r14
	aghi	%r15, SAVE_AREA + 8
	.cfi_def_cfa_offset SAVE_AREA
	lghi	%r0, 0			// Go's zero
	br	%r14
	.cfi_endproc
	.size	libcify_clock_gettime, .-libcify_clock_gettime

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
