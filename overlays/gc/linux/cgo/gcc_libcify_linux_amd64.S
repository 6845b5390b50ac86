// The C half of the bridge on linux/amd64: switches stacks, calls libc through the table, answers as the kernel does.
//
// Entered by jumps from runtime/zlibcify_linux_amd64.s, with the stack pointer still the caller's, the return address of
// the site on top of it, number and arguments in the kernel's registers, and
//   rcx the stack to use (below the frame pointer pushed here, where it is the same stack), r11 &m.vdsoSP or 0
//
// libcify_call is the short way of an ordinary goroutine. libcify_call_full keeps what the kernel keeps: all registers but
// rcx and r11, and errno, which C code below may still have to read; and it is no cancellation point, as no system call is:
// where a thread of C is cancelled (pthread_cancel(3)), libc would unwind through Go's frames. Of calls that end a program's
// image libc makes none either; a child of vfork leaves by one, and what it had switched off would stay off for its parent.
//
// Each function begins with a standard frame on the caller's stack, rbp is the frame pointer while libc runs, and the CFI
// is relative to it: gdb (also by prologue alone, where the internal linker has dropped .eh_frame), perf with frame
// pointers, and Go's frame-pointer unwinder all walk from libc through here to the site. (perf's DWARF mode copies only the
// stack that libc runs on, so it ends here, as it does for any C call of a Go program.)
//
// m.vdsoSP and m.vdsoPC are set while libc runs, as the runtime itself does around vdso calls, so that a profiling signal
// finds the Go stack. m.vdsoPC follows m.vdsoSP in runtime.m (checked in zlibcify_linux.go).
//
// They return by ret, which pairs with the site's call. An indirect jump is cheaper only where the kernel overwrites the
// return predictor at every system call, and makes every ret that follows mispredict elsewhere: docs/bridge.md has numbers.

#if defined(__linux__) && defined(__x86_64__)

#include <sys/syscall.h>

#define CANCEL_DISABLE 1   // PTHREAD_CANCEL_DISABLE of glibc and musl (checked in gcc_libcify_table.cc)
#define TABLE_SIZE 512     // entries by number; one more serves all other numbers (libcify/entry.h)
#define KIND_KERNEL 64     // the function answers as the kernel does
#define VFORK_GAP 65536    // between the parent's frames and the child's: room for an interposer around clone; half of
                           // what is left on a thread of C with a small stack

// Frame below the new stack pointer, from rsp: the number as the 7th argument of a C call, and what is kept.
#define F_NUMBER 0
#define F_KIND 8
#define F_VDSOSP 16
#define F_RDX 24
#define F_R12 32
#define F_SIZE 48
// libcify_call_full only
#define F_RDI 40
#define F_RSI 48
#define F_R8 56
#define F_R9 64
#define F_R10 72
#define F_ERRNO 80
#define F_CANCELLATION 84
#define F_SIZE_FULL 96

	.text

.macro PROLOGUE
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
.endm

// rsp must be back at the frame that PROLOGUE made.
.macro RETURN
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_endproc
.endm

.macro KEEP_ARGUMENTS base
	movq	%rdi, F_RDI(\base)
	movq	%rsi, F_RSI(\base)
	movq	%r8, F_R8(\base)
	movq	%r9, F_R9(\base)
	movq	%r10, F_R10(\base)
.endm

.macro RESTORE_ARGUMENTS base
	movq	F_RDI(\base), %rdi
	movq	F_RSI(\base), %rsi
	movq	F_R8(\base), %r8
	movq	F_R9(\base), %r9
	movq	F_R10(\base), %r10
.endm

// The frame of a call that stays on its stack is written before, and read after, rsp lies below it: it fits into the 128
// bytes that a signal leaves alone (System V ABI, 3.2.2, red zone).
#if 8 + 16 + F_SIZE_FULL > 128
#error "the frame of libcify_call_full is larger than the red zone"
#endif

// rax number, rsp frame, r12 &m.vdsoSP -> rax as the kernel answers. Loses what C loses.
.macro CALL_BY_NUMBER
	cmpq	$TABLE_SIZE, %rax
	jae	.Lbig\@
.Lindex\@:
	leaq	libcify_table(%rip), %r11
	shlq	$4, %rax
	addq	%rax, %r11
	movq	8(%r11), %rcx
	movq	%rcx, F_KIND(%rsp)
	movq	%r10, %rcx
	xorl	%eax, %eax		// variadic functions: no vector registers are used
	call	*(%r11)
	pxor	%xmm15, %xmm15		// ABIInternal's zero
	movq	F_KIND(%rsp), %rcx
	cmpq	$KIND_KERNEL, %rcx
	jae	.Lspecial\@
	shlq	%cl, %rax		// an int result: only its low half is defined
	sarq	%cl, %rax
	cmpq	$-1, %rax
	jne	.Ldone\@
	call	libcify_errno_neg
	pxor	%xmm15, %xmm15
	jmp	.Ldone\@
.Lbig\@:
	movl	$TABLE_SIZE, %eax
	jmp	.Lindex\@
.Lspecial\@:
	je	.Ldone\@
	movl	%eax, %eax		// an unsigned int that cannot fail
.Ldone\@:
.endm

// gdb stops where a caller's frame lies below its callee's ("previous frame inner to this frame"), unless the callee is
// called __morestack: by that name GCC's split stacks announce that a stack goes on elsewhere. This is that case, so
// libcify_call takes the name, as a local symbol behind a nop. (An assembly file has room for one such symbol.)
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
	PROLOGUE
	andq	$~15, %rcx
.if \full
	subq	$F_SIZE_FULL, %rcx
	KEEP_ARGUMENTS %rcx
.else
	subq	$F_SIZE, %rcx
.endif
	movq	%r12, F_R12(%rcx)
	movq	%rdx, F_RDX(%rcx)
	movq	%rax, F_NUMBER(%rcx)
	movq	%r11, %r12
.if \full
	testq	%r12, %r12
	je	.Lset\@
.endif
	movq	(%r12), %r11
	movq	%r11, F_VDSOSP(%rcx)
	testq	%r11, %r11
	jne	.Lset\@			// a call around this one has set them: its Go stack is the one to show
	movq	8(%rbp), %r11
	movq	%r11, 8(%r12)		// m.vdsoPC
	leaq	16(%rbp), %r11
	movq	%r11, (%r12)		// m.vdsoSP
.Lset\@:
	movq	%rcx, %rsp
.if \full
	call	__errno_location@PLT
	movl	(%rax), %eax
	movl	%eax, F_ERRNO(%rsp)
	movl	$-1, F_CANCELLATION(%rsp)	// as it is
	movq	F_NUMBER(%rsp), %rax
	cmpq	$SYS_execve, %rax
	je	.Lcall\@
	cmpq	$SYS_execveat, %rax
	je	.Lcall\@
	cmpq	$SYS_exit, %rax
	je	.Lcall\@
	cmpq	$SYS_exit_group, %rax
	je	.Lcall\@
	movl	$CANCEL_DISABLE, %edi
	leaq	F_CANCELLATION(%rsp), %rsi
	call	pthread_setcancelstate@PLT
	movq	F_NUMBER(%rsp), %rax
.Lcall\@:
	movq	F_RDX(%rsp), %rdx
	RESTORE_ARGUMENTS %rsp
.endif
	CALL_BY_NUMBER
.if \full
	movq	%rax, F_NUMBER(%rsp)
	movl	F_CANCELLATION(%rsp), %edi
	testl	%edi, %edi
	js	.Lkept\@
	xorl	%esi, %esi
	call	pthread_setcancelstate@PLT
.Lkept\@:
	call	__errno_location@PLT
	movl	F_ERRNO(%rsp), %ecx
	movl	%ecx, (%rax)
	movq	F_NUMBER(%rsp), %rax
	pxor	%xmm15, %xmm15
.endif
	movq	%rsp, %rcx
	movq	%rbp, %rsp
.if \full
	RESTORE_ARGUMENTS %rcx
	testq	%r12, %r12
	je	.Lcleared\@
.endif
	movq	F_VDSOSP(%rcx), %r11
	movq	%r11, (%r12)
.Lcleared\@:
	movq	F_RDX(%rcx), %rdx
	movq	F_R12(%rcx), %r12
	RETURN
	.size	\name, .-\name
.ifeq \full
	.size	__morestack, .-__morestack
.endif
.endm

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

	CALL_FUNCTION libcify_call, 0
	CALL_FUNCTION libcify_call_full, 1

// rcx top of the free part of g0's stack (r12 and r13 are saved at -8 and -16 there), r11 the stack's end, r12 &m.vdsoSP,
// r13 &g0.sched.sp.
// The child returns first. It overwrites the caller's stack, this call's return address included, so everything that the
// parent needs is below rcx, and the child's calls start VFORK_GAP below that. libc's syscall is called from here, not
// through the table: a C++ frame in between would be left by the child and used again by the parent, which compilers do
// not expect of a function that is not returns_twice.
#define V_ARGUMENT6 0
#define V_RETURN 8
#define V_SCHEDSP 16
#define V_RDX 24
#define V_RBP 32
#define V_RBX 40
#define V_R13 48
#define V_R12 56
#define V_SIZE 64
	.globl	libcify_call_vfork
	.hidden	libcify_call_vfork
	.type	libcify_call_vfork, @function
	.p2align 4
libcify_call_vfork:
	.cfi_startproc
	subq	$V_SIZE, %rcx
	movq	%rbx, V_RBX(%rcx)
	movq	%rbp, V_RBP(%rcx)
	movq	%rdx, V_RDX(%rcx)
	movq	%rcx, %rbx
	subq	%r11, %rbx
	shrq	$1, %rbx
	cmpq	$VFORK_GAP, %rbx
	jbe	.Lhalf
	movl	$VFORK_GAP, %ebx
.Lhalf:
	movq	(%rsp), %r11
	movq	%r11, V_RETURN(%rcx)
	movq	(%r13), %r11
	movq	%r11, V_SCHEDSP(%rcx)
	movq	%rcx, %r11
	subq	%rbx, %r11
	movq	%r11, (%r13)		// the child's calls switch to g0.sched.sp: keep them off the parent's frames
	movq	%rsp, %rbx
	.cfi_def_cfa %rbx, 8
	movq	%rcx, %rsp
	// syscall(number, six arguments)
	movq	%r9, V_ARGUMENT6(%rsp)
	movq	%r8, %r9
	movq	%r10, %r8
	movq	%rdx, %rcx
	movq	%rsi, %rdx
	movq	%rdi, %rsi
	movq	%rax, %rdi
	xorl	%eax, %eax
	call	syscall@PLT
	testq	%rax, %rax
	je	.Lchild
	// The parent. The child shares this memory and left in the middle of execve or _exit, so what it wrote to
	// m.vdsoSP is still there.
	movq	V_SCHEDSP(%rsp), %r11
	movq	%r11, (%r13)
	movq	$0, (%r12)
	cmpq	$-1, %rax
	jne	.Lchild
	call	libcify_errno_neg
.Lchild:
	pxor	%xmm15, %xmm15
	movq	V_RETURN(%rsp), %rcx
	movq	V_RDX(%rsp), %rdx
	movq	V_RBP(%rsp), %rbp
	movq	V_R12(%rsp), %r12
	movq	V_R13(%rsp), %r13
	movq	%rbx, %r11
	movq	V_RBX(%rsp), %rbx
	leaq	8(%r11), %rsp
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	jmp	*%rcx
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
