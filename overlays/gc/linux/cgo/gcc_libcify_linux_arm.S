// The C half of the bridge on linux/arm. gcc_libcify_linux_amd64.S is the pattern; this says only what differs.
//
// Called from runtime/zlibcify_linux_arm.s with number and arguments where the kernel wants them, and
//   r12 the stack to use, r9 &m.vdsoSP or 0, r8 free; r1-r3, r8, r9 and r12 of the site are in the frame of the caller
//
// ARM state, because Go's code is; calls change the state where libc is Thumb (the linker makes BLX of BL). No instruction is
// newer than ARMv5T, for GOARM=5.

#include "libcify/frame.h"

#if defined(__linux__) && defined(__arm__)

#define VFORK_GAP 65536  // between the parent's frames and the child's, or half of what is left of the stack

#define WORD(n) (4 * (n))
#define NUMBER WORD(LIBCIFY_FRAME_NUMBER)
#define ARGUMENT1 WORD(LIBCIFY_FRAME_ARGUMENT1)
#define ARGUMENT7 (ARGUMENT1 + WORD(6))
#define KEEP_ERRNO WORD(LIBCIFY_FRAME_KEEP_ERRNO)
#define SECOND WORD(LIBCIFY_FRAME_SECOND)
#define F_SIZE WORD(LIBCIFY_FRAME_WORDS)
#if F_SIZE % 8 != 0
#error "the stack would not be aligned for C"
#endif

// The caller's frame, from r11, which points at the second of the two words pushed here: the way back to the site first.
#define C_RETURN 4
#define GO_FRAME 28
#define C_SP (C_RETURN + GO_FRAME)

	.syntax	unified
	.arch	armv5t
	.arm
	.cfi_sections .debug_frame	// for gdb; unwinders of C read the tables that .fnstart begins
	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

// r4-r11 are kept by every C function (AAPCS 6.1.1), r1-r3 and r12 by the Go half.
.macro CALL_FUNCTION name, full
	.globl	\name
	.hidden	\name
	.type	\name, %function
	.p2align 2
\name:
.ifeq \full
	nop
	.type	__morestack, %function
__morestack:
.endif
	.fnstart
	.cfi_startproc
	push	{r11, lr}
	.save	{r11, lr}
	.cfi_def_cfa_offset 8
	.cfi_offset r11, -8
	.cfi_offset lr, -4
	add	r11, sp, #4
	.setfp	r11, sp, #4
	.cfi_def_cfa r11, 4
	bic	r12, r12, #7
	sub	r12, r12, #F_SIZE
	str	r7, [r12, #NUMBER]
	add	r8, r12, #ARGUMENT1
	stm	r8, {r0-r5}
	mov	r8, #0
	str	r8, [r12, #ARGUMENT7]
	str	r8, [r12, #SECOND]
.if \full
	mov	r8, #\full
.endif
	str	r8, [r12, #KEEP_ERRNO]
.if \full
	cmp	r9, #0
	beq	.Lset\@
.endif
	ldr	r8, [r9]
	cmp	r8, #0
	bne	.Lset\@
	ldr	r0, [r11, #C_RETURN]
	str	r0, [r9, #4]		@ m.vdsoPC
	add	r0, r11, #C_SP
	str	r0, [r9]		@ m.vdsoSP
.Lset\@:
	mov	sp, r12
	mov	r0, sp
	bl	libcify_dispatch
.if \full
	cmp	r9, #0
	strne	r8, [r9]
.else
	str	r8, [r9]
.endif
	sub	sp, r11, #4
	.cfi_def_cfa sp, 8
	pop	{r11, pc}
	.cfi_endproc
	.fnend
	.size	\name, .-\name
.ifeq \full
	.size	__morestack, .-__morestack
.endif
.endm

	CALL_FUNCTION libcify_call, 0
	CALL_FUNCTION libcify_call_full, 1

// r12 end of g0's stack, r8 &m.vdsoSP, r9 &g0.sched.sp, lr free; r0-r7 and r11 are the site's, and so are in the Go half's
// frame, from sp on, the way back, r8, r9 and r12.
#define S_RETURN 0
#define S_R8 4
#define S_R9 8
#define S_R12 12
#define S_SIZE 16
// The parent's frame on g0's stack: arguments of syscall() behind the registers, and what must come back in both processes.
#define V_ARGUMENT4 0
#define V_R1 16
#define V_R2 20
#define V_R3 24
#define V_R4 28
#define V_R8 32
#define V_R9 36
#define V_R12 40
#define V_RETURN 44
#define V_SP 48
#define V_SCHEDSP 52
#define V_SIZE 56
	.globl	libcify_call_vfork
	.hidden	libcify_call_vfork
	.type	libcify_call_vfork, %function
	.p2align 2
libcify_call_vfork:
	.fnstart
	.cantunwind
	.cfi_startproc
	.cfi_def_cfa sp, S_SIZE
	.cfi_offset lr, S_RETURN - S_SIZE
	ldr	lr, [r9]
	bic	lr, lr, #7
	sub	lr, lr, #V_SIZE
	stm	lr, {r3-r6}		@ the fourth argument and what follows
	str	r1, [lr, #V_R1]
	str	r2, [lr, #V_R2]
	str	r3, [lr, #V_R3]
	str	r4, [lr, #V_R4]
	ldr	r4, [sp, #S_R8]
	str	r4, [lr, #V_R8]
	ldr	r4, [sp, #S_R9]
	str	r4, [lr, #V_R9]
	ldr	r4, [sp, #S_R12]
	str	r4, [lr, #V_R12]
	ldr	r4, [sp, #S_RETURN]
	str	r4, [lr, #V_RETURN]
	ldr	r4, [r9]
	str	r4, [lr, #V_SCHEDSP]
	sub	r4, lr, r12
	mov	r4, r4, lsr #1
	cmp	r4, #VFORK_GAP
	movhi	r4, #VFORK_GAP
	sub	r4, lr, r4
	str	r4, [r9]		@ the child's calls switch to g0.sched.sp: keep them off the parent's frames
	add	r4, sp, #S_SIZE
	.cfi_def_cfa r4, 0
	str	r4, [lr, #V_SP]
	mov	sp, lr
	@ syscall(number, six arguments)
	mov	r3, r2
	mov	r2, r1
	mov	r1, r0
	mov	r0, r7
	bl	syscall
	cmp	r0, #0
	beq	.Lchild
	@ The parent. What the child, which shares this memory, wrote to m.vdsoSP is still there.
	ldr	r1, [sp, #V_SCHEDSP]
	str	r1, [r9]
	mov	r1, #0
	str	r1, [r8]
	cmn	r0, #1
	bleq	libcify_errno_neg
.Lchild:
	ldr	r1, [sp, #V_R1]
	ldr	r2, [sp, #V_R2]
	ldr	r3, [sp, #V_R3]
	ldr	r4, [sp, #V_R4]
	ldr	r8, [sp, #V_R8]
	ldr	r9, [sp, #V_R9]
	ldr	r12, [sp, #V_R12]
	ldr	lr, [sp, #V_RETURN]
	ldr	sp, [sp, #V_SP]
	.cfi_def_cfa sp, 0
	.cfi_restore lr
	bx	lr
	.cfi_endproc
	.fnend
	.size	libcify_call_vfork, .-libcify_call_vfork

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",%progbits
