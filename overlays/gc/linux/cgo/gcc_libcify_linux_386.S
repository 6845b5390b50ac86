// The C half of the bridge on linux/386. gcc_libcify_linux_amd64.S is the pattern; this says only what differs.
//
// Called from runtime/zlibcify_linux_386.s with number and arguments where the kernel wants them, but
//   ecx the stack to use (below the frame pointer pushed here, where it is the same stack), edx &m.vdsoSP or 0
// and from the stack pointer on: return address, the site's ecx and edx, the return address of the site.
//
// Nothing here needs the GOT but the call of libc's syscall: libcify's own functions are hidden.

#include "libcify/frame.h"

#if defined(__linux__) && defined(__i386__)

#include <features.h>

#define VFORK_GAP 65536  // between the parent's frames and the child's, or half of what is left of the stack

#define WORD(n) (4 * (n))

// The stack of a call, from esp, which is aligned to 16: the C argument, what is kept, and the frame.
#define F_ARGUMENT 0
#define F_VDSO 4
#define F_VDSOSP 8
#define F_FRAME 16
#define F_SIZE (F_FRAME + WORD(LIBCIFY_FRAME_WORDS) + 8)
#define A(n) (F_FRAME + WORD(LIBCIFY_FRAME_ARGUMENT1 + (n) - 1))
#if F_SIZE % 16 != 0
#error "the stack would not be aligned for C"
#endif

// The caller's frame, from ebp.
#define C_EBP 0
#define C_ECX 8
#define C_EDX 12
#define C_RETURN 16
#define C_SP 20

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
	movl	%eax, F_FRAME + WORD(LIBCIFY_FRAME_NUMBER)(%ecx)
	movl	%ebx, A(1)(%ecx)
	movl	C_ECX(%ebp), %eax
	movl	%eax, A(2)(%ecx)
	movl	C_EDX(%ebp), %eax
	movl	%eax, A(3)(%ecx)
	movl	%esi, A(4)(%ecx)
	movl	%edi, A(5)(%ecx)
	movl	C_EBP(%ebp), %eax
	movl	%eax, A(6)(%ecx)
	movl	$0, A(7)(%ecx)
	movl	$\full, F_FRAME + WORD(LIBCIFY_FRAME_KEEP_ERRNO)(%ecx)
	movl	$0, F_FRAME + WORD(LIBCIFY_FRAME_SECOND)(%ecx)
	movl	%edx, F_VDSO(%ecx)
.if \full
	testl	%edx, %edx
	je	.Lset\@
.endif
	movl	(%edx), %eax
	movl	%eax, F_VDSOSP(%ecx)
	testl	%eax, %eax
	jne	.Lset\@
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

// ecx top of the free part of g0's stack, edx the stack's end, esi &m.vdsoSP, edi &g0.sched.sp; eax, ebx and ebp are the
// site's, and so are edi, esi, edx, ecx and the return address on the stack, from esp on.
#define S_EDI 0
#define S_ESI 4
#define S_EDX 8
#define S_ECX 12
#define S_RETURN 16
// The parent's frame on g0's stack: the arguments of syscall(), and what must come back in both processes.
#define V_SYSCALL 0
#define V_SCHEDSP 28
#define V_EBX 32
#define V_EBP 36
#define V_EDI 40
#define V_ESI 44
#define V_EDX 48
#define V_ECX 52
#define V_RETURN 56
#define V_SIZE 64
// asm/unistd_32.h, linux/sched.h
#define SYS_CLONE 120
#define SYS_CLONE3 435
#define CLONE_VM 0x100
	.globl	libcify_call_vfork
	.hidden	libcify_call_vfork
	.type	libcify_call_vfork, @function
	.p2align 4
libcify_call_vfork:
	.cfi_startproc
	.cfi_def_cfa %esp, S_RETURN + 4
	andl	$~15, %ecx
	subl	$V_SIZE, %ecx
	// syscall(number, six arguments)
	movl	%eax, V_SYSCALL(%ecx)
	movl	%ebx, V_SYSCALL + 4(%ecx)
	movl	S_ECX(%esp), %eax
	movl	%eax, V_SYSCALL + 8(%ecx)
	movl	%eax, V_ECX(%ecx)
	movl	S_EDX(%esp), %eax
	movl	%eax, V_SYSCALL + 12(%ecx)
	movl	%eax, V_EDX(%ecx)
	movl	S_ESI(%esp), %eax
	movl	%eax, V_SYSCALL + 16(%ecx)
	movl	%eax, V_ESI(%ecx)
	movl	S_EDI(%esp), %eax
	movl	%eax, V_SYSCALL + 20(%ecx)
	movl	%eax, V_EDI(%ecx)
	movl	%ebp, V_SYSCALL + 24(%ecx)
	movl	%ebp, V_EBP(%ecx)
	movl	%ebx, V_EBX(%ecx)
	movl	S_RETURN(%esp), %eax
	movl	%eax, V_RETURN(%ecx)
	movl	(%edi), %eax
	movl	%eax, V_SCHEDSP(%ecx)
	movl	%ecx, %eax
	subl	%edx, %eax
	shrl	$1, %eax
	cmpl	$VFORK_GAP, %eax
	jbe	.Lhalf
	movl	$VFORK_GAP, %eax
.Lhalf:
	movl	%ecx, %edx
	subl	%eax, %edx
#if !defined(__GLIBC__)
	// musl's syscall() is C. It reaches the kernel by a call (%gs:0x10) and calls another function afterwards: the child,
	// which comes back first, would overwrite the return address that the parent is waiting for. So the child gets memory
	// of its own, as where Go clones into a user namespace. Nothing but the kernel reads clone3's flags again.
	cmpl	$SYS_CLONE, V_SYSCALL(%ecx)
	jne	.Lclone3
	andl	$~CLONE_VM, V_SYSCALL + 4(%ecx)
.Lclone3:
	cmpl	$SYS_CLONE3, V_SYSCALL(%ecx)
	jne	.Lflags
	andl	$~CLONE_VM, (%ebx)
.Lflags:
#endif
	movl	%edx, (%edi)		// the child's calls switch to g0.sched.sp: keep them off the parent's frames
	movl	%esp, %ebp
	.cfi_def_cfa_register %ebp
	movl	%ecx, %esp
	call	.Lhere			// the PLT of position-independent code wants the GOT in ebx
.Lhere:
	popl	%ebx
	addl	$_GLOBAL_OFFSET_TABLE_ + (. - .Lhere), %ebx
	call	syscall@PLT
	testl	%eax, %eax
	je	.Lchild
	// The parent. What the child, which shares this memory, wrote to m.vdsoSP is still there.
	movl	V_SCHEDSP(%esp), %edx
	movl	%edx, (%edi)
	movl	$0, (%esi)
	cmpl	$-1, %eax
	jne	.Lchild
	call	libcify_errno_neg
.Lchild:
	// The site's ecx goes back to the goroutine's stack, with the return address above it: they are the last to be read.
	// Below esp there, a signal cannot hit them, because handlers run on a stack of their own or on this one.
	movl	V_RETURN(%esp), %edx
	movl	%edx, S_RETURN(%ebp)
	movl	V_ECX(%esp), %edx
	movl	%edx, S_ECX(%ebp)
	movl	V_EDX(%esp), %edx
	movl	V_ESI(%esp), %esi
	movl	V_EDI(%esp), %edi
	movl	V_EBX(%esp), %ebx
	leal	S_ECX(%ebp), %ecx
	movl	V_EBP(%esp), %ebp
	movl	%ecx, %esp
	.cfi_def_cfa %esp, S_RETURN - S_ECX + 4
	popl	%ecx
	.cfi_def_cfa_offset 4
	ret
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
