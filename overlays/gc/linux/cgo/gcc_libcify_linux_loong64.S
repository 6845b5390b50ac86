// The C half of the bridge on linux/loong64. gcc_libcify_linux_amd64.S is the commented pattern; docs/bridge.md, "Other
// architectures", says what is common to machines with a link register.

#if defined(__linux__) && defined(__loongarch_lp64)

#include "libcify/frame.h"

#define VFORK_GAP 65536    // between the parent's frames and the child's, or half of what is left of the stack

// Frame below the new stack pointer: LibcifyFrame, and behind it what libc may lose and the kernel keeps.
#define F_NUMBER (8 * LIBCIFY_FRAME_NUMBER)
#define F_ARGUMENT(n) (8 * (LIBCIFY_FRAME_ARGUMENT1 + (n) - 1))
#define F_KEEP_ERRNO (8 * LIBCIFY_FRAME_KEEP_ERRNO)
#define F_SECOND (8 * LIBCIFY_FRAME_SECOND)
#define F_T0 (8 * LIBCIFY_FRAME_WORDS)
#define F_A6 (F_T0 + 8)
#define F_SIZE (F_T0 + 16)

#define RA 1    // in CFI, which has no names for registers
#define SP 3
#define FP 22
#define S0 23
#define S1 24

	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

// a7 and a0-a5 the call, t1 the stack to use (bit 0: keep errno), sp the Go half's frame, whose words at 8 and 16 are free:
// the frame record goes there, so that Go's linker has counted all that is used of the caller's stack. fp is Go's g: signal
// handlers load it anew.
	.globl	libcify_call
	.hidden	libcify_call
	.type	libcify_call, @function
	.p2align 2
libcify_call:
	nop
	.type	__morestack, @function
__morestack:
	.cfi_startproc
	st.d	$ra, $sp, 16
	.cfi_offset RA, 16
	st.d	$fp, $sp, 8
	.cfi_offset FP, 8
	addi.d	$fp, $sp, 24
	.cfi_def_cfa FP, -24
	andi	$t2, $t1, 1
	bstrins.d $t1, $zero, 3, 0
	addi.d	$sp, $t1, -F_SIZE
	st.d	$a7, $sp, F_NUMBER
	st.d	$a0, $sp, F_ARGUMENT(1)
	st.d	$a1, $sp, F_ARGUMENT(2)
	st.d	$a2, $sp, F_ARGUMENT(3)
	st.d	$a3, $sp, F_ARGUMENT(4)
	st.d	$a4, $sp, F_ARGUMENT(5)
	st.d	$a5, $sp, F_ARGUMENT(6)
	st.d	$zero, $sp, F_ARGUMENT(7)
	st.d	$t2, $sp, F_KEEP_ERRNO
	st.d	$a1, $sp, F_SECOND
	st.d	$t0, $sp, F_T0
	st.d	$a6, $sp, F_A6
	move	$a0, $sp
	bl	libcify_dispatch
	ld.d	$a7, $sp, F_NUMBER
	ld.d	$a1, $sp, F_SECOND
	ld.d	$a2, $sp, F_ARGUMENT(3)
	ld.d	$a3, $sp, F_ARGUMENT(4)
	ld.d	$a4, $sp, F_ARGUMENT(5)
	ld.d	$a5, $sp, F_ARGUMENT(6)
	ld.d	$t0, $sp, F_T0
	ld.d	$a6, $sp, F_A6
	addi.d	$sp, $fp, -24
	.cfi_def_cfa SP, 0
	ld.d	$fp, $sp, 8
	.cfi_restore FP
	ld.d	$ra, $sp, 16
	.cfi_restore RA
	ret
	.cfi_endproc
	.size	libcify_call, .-libcify_call
	.size	__morestack, .-__morestack

// t0 top of the free part of g0's stack, t1 the stack's end, t2 &m.vdsoSP, t3 &g0.sched.sp. What both processes need
// afterwards is in registers that syscall() keeps, or from sp on.
#define V_SCHEDSP 0
#define V_A1 8
#define V_A2 16
#define V_A3 24
#define V_A4 32
#define V_A5 40
#define V_A6 48
#define V_A7 56
#define V_S0 64
#define V_S1 72
#define V_S2 80
#define V_S3 88
#define V_SIZE 96
	.globl	libcify_call_vfork
	.hidden	libcify_call_vfork
	.type	libcify_call_vfork, @function
	.p2align 2
libcify_call_vfork:
	.cfi_startproc
	addi.d	$t0, $t0, -V_SIZE
	st.d	$s0, $t0, V_S0
	st.d	$s1, $t0, V_S1
	st.d	$s2, $t0, V_S2
	st.d	$s3, $t0, V_S3
	move	$s0, $sp
	.cfi_def_cfa S0, 0
	move	$s1, $ra
	.cfi_register RA, S1
	move	$s2, $t2
	move	$s3, $t3
	move	$sp, $t0
	st.d	$a1, $sp, V_A1
	st.d	$a2, $sp, V_A2
	st.d	$a3, $sp, V_A3
	st.d	$a4, $sp, V_A4
	st.d	$a5, $sp, V_A5
	st.d	$a6, $sp, V_A6
	st.d	$a7, $sp, V_A7
	ld.d	$t4, $s3, 0
	st.d	$t4, $sp, V_SCHEDSP
	sub.d	$t4, $sp, $t1
	srli.d	$t4, $t4, 1
	li.w	$t5, VFORK_GAP
	bltu	$t4, $t5, .Lhalf
	move	$t4, $t5
.Lhalf:
	sub.d	$t4, $sp, $t4
	st.d	$t4, $s3, 0		# the child's calls switch to g0.sched.sp: keep them off the parent's frames
	# syscall(number, six arguments)
	move	$a6, $a5
	move	$a5, $a4
	move	$a4, $a3
	move	$a3, $a2
	move	$a2, $a1
	move	$a1, $a0
	move	$a0, $a7
	bl	%plt(syscall)
	beqz	$a0, .Lchild
	# The parent. What the child, which shares this memory, wrote to m.vdsoSP is still there.
	ld.d	$t4, $sp, V_SCHEDSP
	st.d	$t4, $s3, 0
	st.d	$zero, $s2, 0
	addi.d	$t4, $a0, 1
	bnez	$t4, .Lchild
	bl	libcify_errno_neg
.Lchild:
	ld.d	$a1, $sp, V_A1
	ld.d	$a2, $sp, V_A2
	ld.d	$a3, $sp, V_A3
	ld.d	$a4, $sp, V_A4
	ld.d	$a5, $sp, V_A5
	ld.d	$a6, $sp, V_A6
	ld.d	$a7, $sp, V_A7
	move	$ra, $s1
	.cfi_restore RA
	move	$t0, $sp
	move	$sp, $s0
	.cfi_def_cfa SP, 0
	ld.d	$s0, $t0, V_S0
	ld.d	$s1, $t0, V_S1
	ld.d	$s2, $t0, V_S2
	ld.d	$s3, $t0, V_S3
	ret
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
