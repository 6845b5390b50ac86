// The C half of the bridge on FreeBSD and NetBSD, arm. gcc_libcify_linux_amd64.S and gcc_libcify_linux_arm.S are the commented
// patterns; this says only what differs.
//
// Called from runtime/zlibcify_GOOS_arm.s with the number in r7, arguments in r0-r3 and from r9 on, and
//   r12 the stack to use, r8 &m.vdsoSP or 0, r4 free; r2-r4, r8 and r12 of the site are in the frame of the caller
// Gives r0 and r1 as the kernel does, and the carry.
//
// ARM state, because Go's code is; calls change the state where libc is Thumb (the linker makes BLX of BL). No instruction is
// newer than ARMv5T, for GOARM=5.

#if !defined(__linux__) && defined(__arm__)

#include "libcify/frame.h"

#define WORD(n) (4 * (n))
#define F(name) WORD(LIBCIFY_FRAME_##name)
#define F_SIZE WORD(LIBCIFY_FRAME_WORDS)
#if F_SIZE % 8 != 0
#error "the stack would not be aligned for C"
#endif

// The caller's frame, from r11, which points at the second of the two words pushed here: the way back to the site first.
#define C_RETURN 4
#define GO_FRAME 24
#define C_SP (C_RETURN + GO_FRAME)

	.syntax	unified
	.arch	armv5t
	.arm
	.cfi_sections .debug_frame	// for gdb; unwinders of C read the tables that .fnstart begins
	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

// r4-r11 are kept by every C function (AAPCS 6.1.1), r2-r4, r8 and r12 by the Go half.
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
	bic	r4, r7, #0xa00000	@ NetBSD's SWI_OS_NETBSD; FreeBSD's numbers are below
	add	lr, r12, #F(ARGUMENT1)
	str	r1, [r12, #F(SECOND)]
	cmp	r4, #0			@ syscall(2): the first argument is the number
	moveq	r4, r0
	stmne	lr!, {r0}
	stm	lr!, {r1-r3}
	str	r4, [r12, #F(NUMBER)]
	ldm	r9, {r0-r3}
	stm	lr!, {r0-r3}
	ldreq	r0, [r9, #16]
	streq	r0, [lr]
	mov	r4, #\full
	str	r4, [r12, #F(KEEP_ERRNO)]
.if \full
	cmp	r8, #0
	beq	.Lset\@
.endif
	ldr	r4, [r8]
	cmp	r4, #0
	bne	.Lset\@
	ldr	r0, [r11, #C_RETURN]
	str	r0, [r8, #4]		@ m.vdsoPC
	add	r0, r11, #C_SP
	str	r0, [r8]		@ m.vdsoSP
.Lset\@:
	mov	sp, r12
	mov	r0, sp
	bl	libcify_dispatch
.if \full
	cmp	r8, #0
	strne	r4, [r8]
.else
	str	r4, [r8]
.endif
	ldr	r1, [sp, #F(SECOND)]
	ldr	r12, [sp, #F(ERROR)]
	cmp	r12, #1			@ the carry; nothing below changes it, nor in the Go half
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

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",%progbits
