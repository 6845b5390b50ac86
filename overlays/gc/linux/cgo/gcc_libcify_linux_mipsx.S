// The C half of the bridge on linux/mips and linux/mipsle (o32 ABI, hard and soft float): see gcc_libcify_linux_amd64.S.
//
// Entered by jumps from runtime/zlibcify_linux_mipsx.s with
//   $25 the address of the function, $31 the site, $29 the caller's stack, number in $2, arguments in $4 to $7 and from
//   16($29) on, in $3 what a call without second result leaves there
//   $11 the stack to use, bit 0 set where errno must survive, $10 &m.vdsoSP or 0
//
// One function serves all calls: the frame for libcify_dispatch (libcify/frame.h) says whether errno is kept. Nothing is
// written below a stack pointer: signals leave no red zone here. C may lose $28.

//go:build linux && (mips || mipsle)

#if defined(__linux__) && defined(__mips__) && _MIPS_SIM == _ABIO32

#define EMAXERRNO 1133       // Linux arch/mips/include/asm/errno.h: the kernel compares with this
#define VFORK_GAP 65536      // see gcc_libcify_linux_amd64.S

// Frame, from $29: the home of a callee's four register arguments, the frame of libcify_dispatch, what is kept.
#define F_WORD(n) (16 + 4 * (n))
#define F_SP 56
#define F_RA 60
#define F_GP 64
#define F_VDSOSP 68
#define F_R4 72
#define F_R5 76
#define F_R6 80
#define F_SIZE 88

	.abicalls
	.option	pic2
	.set	noat
	.text

// The caller's stack pointer and $31 are at \sp and \ra from $29. Written as expressions (DWARF 4, 6.4.2.2 and 6.4.2.3),
// because both lie on another stack than the caller's frame. $29 is register 29.
.macro CFI_SWITCHED sp, ra
	.cfi_escape 0x0f, 4, 0x8d, (\sp & 0x7f) | 0x80, \sp >> 7, 0x06
	.cfi_escape 0x10, 31, 3, 0x8d, (\ra & 0x7f) | 0x80, \ra >> 7
.endm

.macro CFI_BACK
	.cfi_def_cfa 29, 0
	.cfi_restore 31
.endm

// $2 a value or -errno -> as the kernel says it (arch/mips/kernel/scall32-o32.S).
.macro ANSWER
	li	$7, -EMAXERRNO - 1
	sltu	$7, $7, $2
	beqz	$7, .Lvalue\@
	subu	$2, $0, $2
.Lvalue\@:
	jr	$31
.endm

// The global pointer into $24. $25 must be the address of the first of these instructions: the linker takes _gp_disp from
// there (System V ABI MIPS Supplement, 4-19).
.macro OWN_GP
	.set	noreorder
	lui	$24, %hi(_gp_disp)
	addiu	$24, $24, %lo(_gp_disp)
	addu	$24, $24, $25
	.set	reorder
.endm

.macro CALL_C name
	lw	$25, %call16(\name)($28)
	jalr	$25
.endm

.macro FUNCTION name
	.globl	\name
	.hidden	\name
	.type	\name, @function
	.p2align 3
\name:
.endm

	.globl	libcify_text
	.hidden	libcify_text
libcify_text:

FUNCTION libcify_call
	addiu	$25, $25, 4
	.type	__morestack, @function
__morestack:				// for gdb, see gcc_libcify_linux_amd64.S
	.cfi_startproc
	OWN_GP
	beqz	$10, .Lset
	lw	$12, 0($10)
	bnez	$12, .Lnested
	sw	$31, 4($10)		// m.vdsoPC
	sw	$29, 0($10)		// m.vdsoSP
	b	.Lset
.Lnested:				// a call around this one has set them: its Go stack is the one to show
	move	$10, $0
.Lset:
	andi	$12, $11, 1
	li	$13, -8
	and	$11, $11, $13
	move	$13, $29
	.cfi_def_cfa_register 13
	addiu	$29, $11, -F_SIZE
	sw	$13, F_SP($29)
	sw	$31, F_RA($29)
	CFI_SWITCHED F_SP, F_RA
	sw	$28, F_GP($29)
	move	$28, $24
	sw	$10, F_VDSOSP($29)
	sw	$2, F_WORD(0)($29)
	sw	$4, F_WORD(1)($29)
	sw	$5, F_WORD(2)($29)
	sw	$6, F_WORD(3)($29)
	sw	$7, F_WORD(4)($29)
	lw	$14, 16($13)
	lw	$15, 20($13)
	lw	$24, 24($13)
	sw	$14, F_WORD(5)($29)
	sw	$15, F_WORD(6)($29)
	sw	$24, F_WORD(7)($29)
	sw	$12, F_WORD(8)($29)	// keep errno
	sw	$3, F_WORD(9)($29)	// second result
	sw	$4, F_R4($29)
	sw	$5, F_R5($29)
	sw	$6, F_R6($29)
	addiu	$4, $29, F_WORD(0)
	CALL_C	libcify_dispatch
	lw	$3, F_WORD(9)($29)
	lw	$4, F_R4($29)
	lw	$5, F_R5($29)
	lw	$6, F_R6($29)
	lw	$10, F_VDSOSP($29)
	lw	$28, F_GP($29)
	lw	$31, F_RA($29)
	lw	$29, F_SP($29)
	CFI_BACK
	beqz	$10, .Lcleared
	sw	$0, 0($10)
.Lcleared:
	ANSWER
	.cfi_endproc
	.size	__morestack, .-__morestack
	.size	libcify_call, .-libcify_call

// $10 &m.vdsoSP, $11 &g0.sched.sp, $12 the end of g0's stack. What the child may and may not do: see
// gcc_libcify_linux_amd64.S.
#define V_ARGUMENT4 16       // behind the home of the four register arguments: libc's syscall has the number before them
#define V_ARGUMENT5 20
#define V_ARGUMENT6 24
#define V_ARGUMENT7 28
#define V_SP 32
#define V_RA 36
#define V_GP 40
#define V_OWN_GP 44
#define V_R3 48
#define V_R4 52
#define V_R5 56
#define V_R6 60
#define V_VDSOSP 64
#define V_SCHED 68
#define V_SCHEDSP 72
#define V_SIZE 80
FUNCTION libcify_call_vfork
	.cfi_startproc
	OWN_GP
	lw	$14, 0($11)
	li	$13, -8
	and	$15, $14, $13
	move	$13, $29
	.cfi_def_cfa_register 13
	addiu	$29, $15, -V_SIZE
	sw	$13, V_SP($29)
	sw	$31, V_RA($29)
	CFI_SWITCHED V_SP, V_RA
	sw	$28, V_GP($29)
	sw	$24, V_OWN_GP($29)
	move	$28, $24
	sw	$3, V_R3($29)
	sw	$4, V_R4($29)
	sw	$5, V_R5($29)
	sw	$6, V_R6($29)
	sw	$10, V_VDSOSP($29)
	sw	$11, V_SCHED($29)
	sw	$14, V_SCHEDSP($29)
	subu	$12, $29, $12
	srl	$12, $12, 1
	li	$15, VFORK_GAP
	sltu	$14, $15, $12
	beqz	$14, .Lhalf
	move	$12, $15
.Lhalf:
	subu	$12, $29, $12
	sw	$12, 0($11)		// the child's calls switch to g0.sched.sp: keep them off the parent's frames
	// syscall(number, seven arguments)
	lw	$12, 16($13)
	lw	$14, 20($13)
	lw	$15, 24($13)
	sw	$7, V_ARGUMENT4($29)
	sw	$12, V_ARGUMENT5($29)
	sw	$14, V_ARGUMENT6($29)
	sw	$15, V_ARGUMENT7($29)
	move	$7, $6
	move	$6, $5
	move	$5, $4
	move	$4, $2
	CALL_C	syscall
	beqz	$2, .Lchild
	lw	$11, V_SCHED($29)	// the parent
	lw	$12, V_SCHEDSP($29)
	sw	$12, 0($11)
	lw	$10, V_VDSOSP($29)
	sw	$0, 0($10)
	li	$12, -1
	bne	$2, $12, .Lchild
	lw	$28, V_OWN_GP($29)
	CALL_C	libcify_errno_neg
.Lchild:
	lw	$3, V_R3($29)
	lw	$4, V_R4($29)
	lw	$5, V_R5($29)
	lw	$6, V_R6($29)
	lw	$28, V_GP($29)
	lw	$31, V_RA($29)
	lw	$29, V_SP($29)
	CFI_BACK
	ANSWER
	.cfi_endproc
	.size	libcify_call_vfork, .-libcify_call_vfork

	.globl	libcify_etext
	.hidden	libcify_etext
libcify_etext:
	nop

#endif

	.section .note.GNU-stack,"",@progbits
