// The C half of the bridge on arm64: Linux, and FreeBSD, whose calls have up to eight arguments and say errors by the carry
// flag. gcc_libcify_linux_amd64.S is the commented pattern; docs/bridge.md, "Other architectures", says what is common to
// machines with a link register.

#if defined(__aarch64__)

#include "libcify/frame.h"

#define VFORK_GAP 65536    // between the parent's frames and the child's, or half of what is left of the stack

// Frame below the new stack pointer: LibcifyFrame, and behind it what libc may lose and the kernel keeps.
#define F_NUMBER (8 * LIBCIFY_FRAME_NUMBER)
#define F_ARGUMENTS (8 * LIBCIFY_FRAME_ARGUMENT1)
#define F_KEEP_ERRNO (8 * LIBCIFY_FRAME_KEEP_ERRNO)
#define F_ERROR (8 * LIBCIFY_FRAME_ERROR)
#define F_SECOND (8 * LIBCIFY_FRAME_SECOND)
#define F_KEPT (8 * LIBCIFY_FRAME_WORDS)
#define F_SIZE (F_KEPT + 96)

	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

// x8 and x0-x5 (FreeBSD: x0-x7) the call, x17 the stack to use (bit 0: keep errno), sp the Go half's frame, whose words at 8 and 16 are free:
// the frame record goes there, so that Go's linker has counted all that is used of the caller's stack.
	.globl	libcify_call
	.hidden	libcify_call
	.type	libcify_call, @function
	.p2align 4
libcify_call:
	nop
	.type	__morestack, @function
__morestack:
	.cfi_startproc
	stp	x29, x30, [sp, #8]
	.cfi_offset x29, 8
	.cfi_offset x30, 16
	add	x29, sp, #8
	.cfi_def_cfa x29, -8
	and	x27, x17, #1
	and	x17, x17, #~15
	sub	x17, x17, #F_SIZE
	mov	sp, x17
	str	x8, [sp, #F_NUMBER]
	stp	x0, x1, [sp, #F_ARGUMENTS]
	stp	x2, x3, [sp, #F_ARGUMENTS + 16]
	stp	x4, x5, [sp, #F_ARGUMENTS + 32]
#if defined(__linux__)
	stp	xzr, x27, [sp, #F_ARGUMENTS + 48]
	str	x1, [sp, #F_SECOND]
	stp	x6, x7, [sp, #F_KEPT]
#else
	stp	x6, x7, [sp, #F_ARGUMENTS + 48]
	stp	x27, x1, [sp, #F_KEEP_ERRNO]	// and F_SECOND
#endif
	stp	x9, x10, [sp, #F_KEPT + 16]
	stp	x11, x12, [sp, #F_KEPT + 32]
	stp	x13, x14, [sp, #F_KEPT + 48]
	stp	x15, x16, [sp, #F_KEPT + 64]
	str	x18, [sp, #F_KEPT + 80]
	mov	x0, sp
	bl	libcify_dispatch
	ldr	x8, [sp, #F_NUMBER]
	ldr	x1, [sp, #F_SECOND]
	ldp	x2, x3, [sp, #F_ARGUMENTS + 16]
	ldp	x4, x5, [sp, #F_ARGUMENTS + 32]
#if defined(__linux__)
	ldp	x6, x7, [sp, #F_KEPT]
#else
	ldp	x6, x7, [sp, #F_ARGUMENTS + 48]
	ldr	x17, [sp, #F_ERROR]
	cmp	x17, #1			// the carry; nothing below changes it
#endif
	ldp	x9, x10, [sp, #F_KEPT + 16]
	ldp	x11, x12, [sp, #F_KEPT + 32]
	ldp	x13, x14, [sp, #F_KEPT + 48]
	ldp	x15, x16, [sp, #F_KEPT + 64]
	ldr	x18, [sp, #F_KEPT + 80]
	sub	sp, x29, #8
	.cfi_def_cfa sp, 0
	ldp	x29, x30, [sp, #8]
	.cfi_restore x29
	.cfi_restore x30
	ret
	.cfi_endproc
	.size	libcify_call, .-libcify_call
	.size	__morestack, .-__morestack

#if defined(__linux__)
// x10 top of the free part of g0's stack, with the site's x10 to x13 from -32 on, x11 the stack's end, x12 &m.vdsoSP,
// x13 &g0.sched.sp. What both processes need afterwards is in registers that syscall() keeps, or from sp on.
#define V_SCHEDSP 0
#define V_X1 8
#define V_X9 72
#define V_X14 80
#define V_X18 96
#define V_X19 104
#define V_X21 120
#define V_X10 144
#define V_SIZE 176
	.globl	libcify_call_vfork
	.hidden	libcify_call_vfork
	.type	libcify_call_vfork, @function
	.p2align 4
libcify_call_vfork:
	.cfi_startproc
	sub	x10, x10, #V_SIZE
	stp	x19, x20, [x10, #V_X19]
	stp	x21, x22, [x10, #V_X21]
	mov	x19, sp
	.cfi_def_cfa x19, 0
	mov	x20, x30
	.cfi_register x30, x20
	mov	x21, x12
	mov	x22, x13
	mov	sp, x10
	stp	x1, x2, [sp, #V_X1]
	stp	x3, x4, [sp, #V_X1 + 16]
	stp	x5, x6, [sp, #V_X1 + 32]
	stp	x7, x8, [sp, #V_X1 + 48]
	str	x9, [sp, #V_X9]
	stp	x14, x15, [sp, #V_X14]
	str	x18, [sp, #V_X18]
	ldr	x16, [x22]
	str	x16, [sp, #V_SCHEDSP]
	sub	x16, x10, x11
	lsr	x16, x16, #1
	mov	x17, #VFORK_GAP
	cmp	x16, x17
	csel	x16, x16, x17, lo
	sub	x16, x10, x16
	str	x16, [x22]		// the child's calls switch to g0.sched.sp: keep them off the parent's frames
	// syscall(number, six arguments)
	mov	x6, x5
	mov	x5, x4
	mov	x4, x3
	mov	x3, x2
	mov	x2, x1
	mov	x1, x0
	mov	x0, x8
	bl	syscall
	cbz	x0, .Lchild
	// The parent. What the child, which shares this memory, wrote to m.vdsoSP is still there.
	ldr	x16, [sp, #V_SCHEDSP]
	str	x16, [x22]
	str	xzr, [x21]
	cmn	x0, #1
	b.ne	.Lchild
	bl	libcify_errno_neg
.Lchild:
	ldp	x1, x2, [sp, #V_X1]
	ldp	x3, x4, [sp, #V_X1 + 16]
	ldp	x5, x6, [sp, #V_X1 + 32]
	ldp	x7, x8, [sp, #V_X1 + 48]
	ldr	x9, [sp, #V_X9]
	ldp	x10, x11, [sp, #V_X10]
	ldp	x12, x13, [sp, #V_X10 + 16]
	ldp	x14, x15, [sp, #V_X14]
	ldr	x18, [sp, #V_X18]
	mov	x30, x20
	.cfi_restore x30
	mov	x16, sp
	mov	sp, x19
	.cfi_def_cfa sp, 0
	ldp	x21, x22, [x16, #V_X21]
	ldp	x19, x20, [x16, #V_X19]
	ret
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork
#endif

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",%progbits
