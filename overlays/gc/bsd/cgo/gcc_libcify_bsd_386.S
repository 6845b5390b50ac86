// The C half of the bridge on FreeBSD and NetBSD, 386. gcc_libcify_linux_amd64.S and gcc_libcify_linux_386.S are the commented
// patterns; this says only what differs.
//
// Called from runtime/zlibcify_GOOS_386.s with the number in eax, and
//   ecx the stack to use (below the frame pointer pushed here, where it is the same stack), edx &m.vdsoSP or 0
// and from the stack pointer on: return address, the site's ecx and edx, the return address of the site, a word that the
// kernel skips, the arguments. The site's edx becomes the second result.
//
// Nothing here needs the GOT: libcify's own functions are hidden.

#if !defined(__linux__) && defined(__i386__)

#include "libcify/frame.h"

#define WORD(n) (4 * (n))

// The stack of a call, from esp, which is aligned to 16: the C argument, what is kept, and the frame.
#define F_ARGUMENT 0
#define F_VDSO 4
#define F_VDSOSP 8
#define F_FRAME 16
#define F(name) (F_FRAME + WORD(LIBCIFY_FRAME_##name))
#define F_SIZE (F_FRAME + WORD(LIBCIFY_FRAME_WORDS))
#if F_SIZE % 16 != 0
#error "the stack would not be aligned for C"
#endif

// The caller's frame, from ebp.
#define C_EDX 12
#define C_RETURN 16
#define C_SP 20
#define C_ARGUMENT1 24

	.text

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

// ebx, esi, edi and ebp are kept by every C function (System V ABI i386, 2.2.3), ecx and edx by the Go half.
.macro CALL_FUNCTION name, full
	.globl	\name
	.hidden	\name
	.type	\name, @function
	.p2align 4
\name:
.ifeq \full
	nop
	.type	__morestack, @function
__morestack:
.endif
	.cfi_startproc
	pushl	%ebp
	.cfi_def_cfa_offset 8
	.cfi_offset %ebp, -8
	movl	%esp, %ebp
	.cfi_def_cfa_register %ebp
	andl	$~15, %ecx
	subl	$F_SIZE, %ecx
	movl	%eax, F(NUMBER)(%ecx)
.irp word, 0, 1, 2, 3, 4, 5, 6, 7
	movl	C_ARGUMENT1 + WORD(\word)(%ebp), %eax
	movl	%eax, F(ARGUMENT1) + WORD(\word)(%ecx)
.endr
	movl	$\full, F(KEEP_ERRNO)(%ecx)
	movl	C_EDX(%ebp), %eax
	movl	%eax, F(SECOND)(%ecx)
	movl	%edx, F_VDSO(%ecx)
.if \full
	testl	%edx, %edx
	je	.Lset\@
.endif
	movl	(%edx), %eax
	movl	%eax, F_VDSOSP(%ecx)
	testl	%eax, %eax
	jne	.Lset\@			// a call around this one has set them: its Go stack is the one to show
	movl	C_RETURN(%ebp), %eax
	movl	%eax, 4(%edx)		// m.vdsoPC
	leal	C_SP(%ebp), %eax
	movl	%eax, (%edx)		// m.vdsoSP
.Lset\@:
	movl	%ecx, %esp
	leal	F_FRAME(%esp), %eax
	movl	%eax, F_ARGUMENT(%esp)
	call	libcify_dispatch
	movl	F_VDSO(%esp), %edx
.if \full
	testl	%edx, %edx
	je	.Lcleared\@
.endif
	movl	F_VDSOSP(%esp), %ecx
	movl	%ecx, (%edx)
.Lcleared\@:
	movl	F(SECOND)(%esp), %edx
	movl	%edx, C_EDX(%ebp)
	btl	$0, F(ERROR)(%esp)	// the carry; nothing below changes it, nor in the Go half
	movl	%ebp, %esp
	popl	%ebp
	.cfi_def_cfa %esp, 4
	ret
	.cfi_endproc
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

	.section .note.GNU-stack,"",@progbits
