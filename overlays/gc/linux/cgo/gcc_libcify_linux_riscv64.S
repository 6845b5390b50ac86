// The C half of the bridge on linux/riscv64. gcc_libcify_linux_amd64.S is the commented pattern; docs/bridge.md, "Other
// architectures", says what is common to machines with a link register.

#if defined(__linux__) && defined(__riscv) && __riscv_xlen == 64

#include "libcify/frame.h"

#define VFORK_GAP 65536    // between the parent's frames and the child's, or half of what is left of the stack

// Frame below the new stack pointer: LibcifyFrame, and behind it what libc may lose and the kernel keeps.
#define F_NUMBER (8 * LIBCIFY_FRAME_NUMBER)
#define F_ARGUMENT(n) (8 * (LIBCIFY_FRAME_ARGUMENT1 + (n) - 1))
#define F_KEEP_ERRNO (8 * LIBCIFY_FRAME_KEEP_ERRNO)
#define F_SECOND (8 * LIBCIFY_FRAME_SECOND)
#define F_T0 (8 * LIBCIFY_FRAME_WORDS)
#define F_T2 (F_T0 + 8)
#define F_T3 (F_T0 + 16)
#define F_T4 (F_T0 + 24)
#define F_T5 (F_T0 + 32)
#define F_A6 (F_T0 + 40)
#define F_SIZE (F_T0 + 48)

	.option	norelax		# Go's internal linker knows no R_RISCV_ALIGN
	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

// a7 and a0-a5 the call, t1 the stack to use (bit 0: keep errno), sp the Go half's frame, whose words at 8 and 16 are free:
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
	sd	a7, F_NUMBER(sp)
	sd	a0, F_ARGUMENT(1)(sp)
	sd	a1, F_ARGUMENT(2)(sp)
	sd	a2, F_ARGUMENT(3)(sp)
	sd	a3, F_ARGUMENT(4)(sp)
	sd	a4, F_ARGUMENT(5)(sp)
	sd	a5, F_ARGUMENT(6)(sp)
	sd	zero, F_ARGUMENT(7)(sp)
	sd	ra, F_KEEP_ERRNO(sp)
	sd	a1, F_SECOND(sp)
	sd	t0, F_T0(sp)
	sd	t2, F_T2(sp)
	sd	t3, F_T3(sp)
	sd	t4, F_T4(sp)
	sd	t5, F_T5(sp)
	sd	a6, F_A6(sp)
	mv	a0, sp
	call	libcify_dispatch
	ld	a7, F_NUMBER(sp)
	ld	a1, F_SECOND(sp)
	ld	a2, F_ARGUMENT(3)(sp)
	ld	a3, F_ARGUMENT(4)(sp)
	ld	a4, F_ARGUMENT(5)(sp)
	ld	a5, F_ARGUMENT(6)(sp)
	ld	t0, F_T0(sp)
	ld	t2, F_T2(sp)
	ld	t3, F_T3(sp)
	ld	t4, F_T4(sp)
	ld	t5, F_T5(sp)
	ld	a6, F_A6(sp)
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

// t3 top of the free part of g0's stack, with the site's t0, t1, t2 and t3 from -32 on, t2 the stack's end, t0 &m.vdsoSP,
// t1 &g0.sched.sp. What both processes need afterwards is in registers that syscall() keeps, or from sp on.
#define V_SCHEDSP 0
#define V_A1 8
#define V_A2 16
#define V_A3 24
#define V_A4 32
#define V_A5 40
#define V_A6 48
#define V_A7 56
#define V_T4 64
#define V_T5 72
#define V_S1 80
#define V_S2 88
#define V_S3 96
#define V_S4 104
#define V_T0 112
#define V_T1 120
#define V_T2 128
#define V_T3 136
#define V_SIZE 144
	.globl	libcify_call_vfork
	.hidden	libcify_call_vfork
	.type	libcify_call_vfork, @function
	.p2align 2
libcify_call_vfork:
	.cfi_startproc
	addi	t3, t3, -V_SIZE
	sd	s1, V_S1(t3)
	sd	s2, V_S2(t3)
	sd	s3, V_S3(t3)
	sd	s4, V_S4(t3)
	mv	s1, sp
	.cfi_def_cfa s1, 0
	mv	s2, ra
	.cfi_register ra, s2
	mv	s3, t0
	mv	s4, t1
	mv	sp, t3
	sd	a1, V_A1(sp)
	sd	a2, V_A2(sp)
	sd	a3, V_A3(sp)
	sd	a4, V_A4(sp)
	sd	a5, V_A5(sp)
	sd	a6, V_A6(sp)
	sd	a7, V_A7(sp)
	sd	t4, V_T4(sp)
	sd	t5, V_T5(sp)
	ld	t0, 0(s4)
	sd	t0, V_SCHEDSP(sp)
	sub	t0, sp, t2
	srli	t0, t0, 1
	li	t1, VFORK_GAP
	bltu	t0, t1, .Lhalf
	mv	t0, t1
.Lhalf:
	sub	t0, sp, t0
	sd	t0, 0(s4)		# the child's calls switch to g0.sched.sp: keep them off the parent's frames
	# syscall(number, six arguments)
	mv	a6, a5
	mv	a5, a4
	mv	a4, a3
	mv	a3, a2
	mv	a2, a1
	mv	a1, a0
	mv	a0, a7
	call	syscall@plt
	beqz	a0, .Lchild
	# The parent. What the child, which shares this memory, wrote to m.vdsoSP is still there.
	ld	t0, V_SCHEDSP(sp)
	sd	t0, 0(s4)
	sd	zero, 0(s3)
	li	t0, -1
	bne	a0, t0, .Lchild
	call	libcify_errno_neg
.Lchild:
	ld	a1, V_A1(sp)
	ld	a2, V_A2(sp)
	ld	a3, V_A3(sp)
	ld	a4, V_A4(sp)
	ld	a5, V_A5(sp)
	ld	a6, V_A6(sp)
	ld	a7, V_A7(sp)
	ld	t0, V_T0(sp)
	ld	t1, V_T1(sp)
	ld	t2, V_T2(sp)
	ld	t3, V_T3(sp)
	ld	t4, V_T4(sp)
	ld	t5, V_T5(sp)
	mv	ra, s2
	.cfi_restore ra
	mv	t6, sp
	mv	sp, s1
	.cfi_def_cfa sp, 0
	ld	s1, V_S1(t6)
	ld	s2, V_S2(t6)
	ld	s3, V_S3(t6)
	ld	s4, V_S4(t6)
	ret
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork

// What the runtime's time functions call in the place of the vdso's function (gcc_libcify_table.cc). They align the stack to 8
// bytes, which the kernel's function, a leaf, can do with; C wants 16 (RISC-V ELF psABI, "Integer Calling Convention").
	.globl	libcify_clock_gettime
	.hidden	libcify_clock_gettime
	.type	libcify_clock_gettime, @function
	.p2align 2
libcify_clock_gettime:
	.cfi_startproc
	addi	sp, sp, -16
	.cfi_def_cfa_offset 16
	sd	ra, 8(sp)
	.cfi_offset ra, -8
	sd	s0, 0(sp)
	.cfi_offset s0, -16
	mv	s0, sp
	.cfi_def_cfa_register s0
	andi	sp, sp, -16
	call	libcify_clock_gettime_framed
	mv	sp, s0
	.cfi_def_cfa_register sp
	ld	ra, 8(sp)
	.cfi_restore ra
	ld	s0, 0(sp)
	.cfi_restore s0
	addi	sp, sp, 16
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	libcify_clock_gettime, .-libcify_clock_gettime

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
