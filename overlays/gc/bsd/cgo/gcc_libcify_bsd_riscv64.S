// The C half of the bridge on FreeBSD, riscv64. gcc_libcify_linux_amd64.S is the commented pattern; docs/bridge.md, "Other
// architectures", says what is common to machines with a link register.

#if !defined(__linux__) && defined(__riscv) && __riscv_xlen == 64

#include "libcify/frame.h"

// Frame below the new stack pointer: LibcifyFrame, and behind it what libc may lose and the kernel keeps.
#define F_NUMBER (8 * LIBCIFY_FRAME_NUMBER)
#define F_ARGUMENT(n) (8 * (LIBCIFY_FRAME_ARGUMENT1 + (n) - 1))
#define F_KEEP_ERRNO (8 * LIBCIFY_FRAME_KEEP_ERRNO)
#define F_SECOND (8 * LIBCIFY_FRAME_SECOND)
#define F_ERROR (8 * LIBCIFY_FRAME_ERROR)
#define F_T2 (8 * LIBCIFY_FRAME_WORDS)
#define F_T3 (F_T2 + 8)
#define F_T4 (F_T2 + 16)
#define F_T5 (F_T2 + 24)
#define F_SIZE (F_T2 + 32)

	.option	norelax		# Go's internal linker knows no R_RISCV_ALIGN
	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

// t0 and a0-a7 the call, t1 the stack to use (bit 0: keep errno), sp the Go half's frame, whose words at 8 and 16 are free:
// the frame record goes there, so that Go's linker has counted all that is used of the caller's stack.
	.globl	libcify_call
	.hidden	libcify_call
	.type	libcify_call, @function
	.p2align 2
libcify_call:
	nop
	.type	__morestack, @function
__morestack:
	.cfi_startproc
	sd	ra, 16(sp)
	.cfi_offset ra, 16
	sd	s0, 8(sp)
	.cfi_offset s0, 8
	addi	s0, sp, 24
	.cfi_def_cfa s0, -24
	andi	ra, t1, 1
	andi	t1, t1, -16
	addi	sp, t1, -F_SIZE
	sd	t0, F_NUMBER(sp)
	sd	a0, F_ARGUMENT(1)(sp)
	sd	a1, F_ARGUMENT(2)(sp)
	sd	a2, F_ARGUMENT(3)(sp)
	sd	a3, F_ARGUMENT(4)(sp)
	sd	a4, F_ARGUMENT(5)(sp)
	sd	a5, F_ARGUMENT(6)(sp)
	sd	a6, F_ARGUMENT(7)(sp)
	sd	a7, F_ARGUMENT(8)(sp)
	sd	ra, F_KEEP_ERRNO(sp)
	sd	a1, F_SECOND(sp)
	sd	t2, F_T2(sp)
	sd	t3, F_T3(sp)
	sd	t4, F_T4(sp)
	sd	t5, F_T5(sp)
	mv	a0, sp
	call	libcify_dispatch
	ld	t0, F_ERROR(sp)
	ld	a1, F_SECOND(sp)
	ld	a2, F_ARGUMENT(3)(sp)
	ld	a3, F_ARGUMENT(4)(sp)
	ld	a4, F_ARGUMENT(5)(sp)
	ld	a5, F_ARGUMENT(6)(sp)
	ld	a6, F_ARGUMENT(7)(sp)
	ld	a7, F_ARGUMENT(8)(sp)
	ld	t2, F_T2(sp)
	ld	t3, F_T3(sp)
	ld	t4, F_T4(sp)
	ld	t5, F_T5(sp)
	addi	sp, s0, -24
	.cfi_def_cfa sp, 0
	ld	s0, 8(sp)
	.cfi_restore s0
	ld	ra, 16(sp)
	.cfi_restore ra
	ret
	.cfi_endproc
	.size	libcify_call, .-libcify_call
	.size	__morestack, .-__morestack

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
