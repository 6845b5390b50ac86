// The C half of the bridge on FreeBSD, NetBSD and DragonFly, amd64. gcc_libcify_linux_amd64.S is the commented pattern: the
// standard frame on the caller's stack, __morestack, m.vdsoSP and m.vdsoPC.
//
// Entered by a jump from the Go half, with the stack pointer still the caller's, the return address of the site on top of it,
// number and arguments in the kernel's registers, and
//   rcx the stack to use (bit 0: keep errno), r11 &m.vdsoSP or 0

#if !defined(__linux__) && defined(__x86_64__)

#include "libcify/frame.h"

// Frame below the new stack pointer: LibcifyFrame, and behind it what this function needs itself.
#define F(word) (8 * (word))
#define F_ARGUMENT(n) F(LIBCIFY_FRAME_ARGUMENT1 + (n) - 1)
#define F_R12 F(LIBCIFY_FRAME_WORDS)
#define F_VDSOSP F(LIBCIFY_FRAME_WORDS + 1)
#define F_SIZE F(LIBCIFY_FRAME_WORDS + 2)

	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

	.globl	libcify_call
	.hidden	libcify_call
	.type	libcify_call, @function
	.p2align 4
libcify_call:
	nop
	.type	__morestack, @function
__morestack:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	movq	%rcx, %rsp
	andq	$~15, %rsp
	subq	$F_SIZE, %rsp
	movq	%rax, F(LIBCIFY_FRAME_NUMBER)(%rsp)
	movq	%rdi, F_ARGUMENT(1)(%rsp)
	movq	%rsi, F_ARGUMENT(2)(%rsp)
	movq	%rdx, F_ARGUMENT(3)(%rsp)
	movq	%r10, F_ARGUMENT(4)(%rsp)
	movq	%r8, F_ARGUMENT(5)(%rsp)
	movq	%r9, F_ARGUMENT(6)(%rsp)
	movq	24(%rbp), %rax		// above rbp, the way back, and the word at 0(SP) of the site
	movq	%rax, F_ARGUMENT(7)(%rsp)
	movq	32(%rbp), %rax
	movq	%rax, F_ARGUMENT(8)(%rsp)
	andl	$1, %ecx
	movq	%rcx, F(LIBCIFY_FRAME_KEEP_ERRNO)(%rsp)
	movq	%rdx, F(LIBCIFY_FRAME_SECOND)(%rsp)
	movq	%r12, F_R12(%rsp)
	movq	%r11, %r12
	testq	%r12, %r12
	je	.Lset
	movq	(%r12), %rax
	movq	%rax, F_VDSOSP(%rsp)
	testq	%rax, %rax
	jne	.Lset			// a call around this one has set them: its Go stack is the one to show
	movq	8(%rbp), %rax
	movq	%rax, 8(%r12)		// m.vdsoPC
	leaq	16(%rbp), %rax
	movq	%rax, (%r12)		// m.vdsoSP
.Lset:
	movq	%rsp, %rdi
	call	libcify_dispatch
	pxor	%xmm15, %xmm15		// ABIInternal's zero
	testq	%r12, %r12
	je	.Lcleared
	movq	F_VDSOSP(%rsp), %rcx
	movq	%rcx, (%r12)
.Lcleared:
	movq	F_R12(%rsp), %r12
	movq	F_ARGUMENT(1)(%rsp), %rdi
	movq	F_ARGUMENT(2)(%rsp), %rsi
	movq	F(LIBCIFY_FRAME_SECOND)(%rsp), %rdx
	movq	F_ARGUMENT(4)(%rsp), %r10
	movq	F_ARGUMENT(5)(%rsp), %r8
	movq	F_ARGUMENT(6)(%rsp), %r9
	btl	$0, F(LIBCIFY_FRAME_ERROR)(%rsp)	// the carry; nothing below changes it
	leave
	.cfi_def_cfa %rsp, 8
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
