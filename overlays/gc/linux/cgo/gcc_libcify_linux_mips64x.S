// The C half of the bridge on linux/mips64 and linux/mips64le (n64 ABI): see gcc_libcify_linux_amd64.S.
//
// Entered by jumps from runtime/zlibcify_linux_mips64x.s with
//   $25 the address of the function, $31 the site, $29 the caller's stack, number in $2, arguments in $4 to $9, in $3 what
//   a call without second result leaves there, $28 Go's
//   $11 the stack to use, bit 0 set where errno must survive, $10 &m.vdsoSP or 0
//
// One function serves all calls: the frame for libcify_dispatch (libcify/frame.h) says whether errno is kept. Nothing is
// written below a stack pointer: signals leave no red zone here.

//go:build linux && (mips64 || mips64le)

#if defined(__linux__) && defined(__mips__) && _MIPS_SIM == _ABI64

#define EMAXERRNO 1133       // Linux arch/mips/include/asm/errno.h: the kernel compares with this
#define VFORK_GAP 65536      // see gcc_libcify_linux_amd64.S

// Frame, from $29: the frame of libcify_dispatch, what is kept.
#define F_WORD(n) (8 * (n))
#define F_SP 80
#define F_RA 88
#define F_GP 96
#define F_VDSOSP 104
#define F_R4 112
#define F_R5 120
#define F_R6 128
#define F_R8 136
#define F_R9 144
#define F_SIZE 160

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

// $2 a value or -errno -> as the kernel says it (arch/mips/kernel/scall64-n64.S).
.macro ANSWER
	li	$7, -EMAXERRNO - 1
	sltu	$7, $7, $2
	beqz	$7, .Lvalue\@
	dsubu	$2, $0, $2
.Lvalue\@:
	jr	$31
.endm

// In $25 the function's own address.
.macro OWN_GP name
	lui	$28, %hi(%neg(%gp_rel(\name)))
	daddiu	$28, $28, %lo(%neg(%gp_rel(\name)))
	daddu	$28, $28, $25
.endm

.macro CALL_C name
	ld	$25, %call16(\name)($28)
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
	nop
	.type	__morestack, @function
__morestack:				# for gdb, see gcc_libcify_linux_amd64.S
	.cfi_startproc
	beqz	$10, .Lset
	ld	$12, 0($10)
	bnez	$12, .Lnested
	sd	$31, 8($10)		# m.vdsoPC
	sd	$29, 0($10)		# m.vdsoSP
	b	.Lset
.Lnested:				# a call around this one has set them: its Go stack is the one to show
	move	$10, $0
.Lset:
	andi	$12, $11, 1
	li	$13, -16
	and	$11, $11, $13
	move	$13, $29
	.cfi_def_cfa_register 13
	daddiu	$29, $11, -F_SIZE
	sd	$13, F_SP($29)
	sd	$31, F_RA($29)
	CFI_SWITCHED F_SP, F_RA
	sd	$28, F_GP($29)
	sd	$10, F_VDSOSP($29)
	sd	$2, F_WORD(0)($29)
	sd	$4, F_WORD(1)($29)
	sd	$5, F_WORD(2)($29)
	sd	$6, F_WORD(3)($29)
	sd	$7, F_WORD(4)($29)
	sd	$8, F_WORD(5)($29)
	sd	$9, F_WORD(6)($29)
	sd	$0, F_WORD(7)($29)
	sd	$12, F_WORD(8)($29)	# keep errno
	sd	$3, F_WORD(9)($29)	# second result
	sd	$4, F_R4($29)
	sd	$5, F_R5($29)
	sd	$6, F_R6($29)
	sd	$8, F_R8($29)
	sd	$9, F_R9($29)
	OWN_GP	libcify_call
	daddiu	$4, $29, F_WORD(0)
	CALL_C	libcify_dispatch
	ld	$3, F_WORD(9)($29)
	ld	$4, F_R4($29)
	ld	$5, F_R5($29)
	ld	$6, F_R6($29)
	ld	$8, F_R8($29)
	ld	$9, F_R9($29)
	ld	$10, F_VDSOSP($29)
	ld	$28, F_GP($29)
	ld	$31, F_RA($29)
	ld	$29, F_SP($29)
	CFI_BACK
	beqz	$10, .Lcleared
	sd	$0, 0($10)
.Lcleared:
	ANSWER
	.cfi_endproc
	.size	__morestack, .-__morestack
	.size	libcify_call, .-libcify_call

// $10 &m.vdsoSP, $11 &g0.sched.sp, $12 the end of g0's stack. What the child may and may not do: see
// gcc_libcify_linux_amd64.S.
#define V_SP 80
#define V_RA 88
#define V_GP 96
#define V_R3 104
#define V_R4 112
#define V_R5 120
#define V_R6 128
#define V_R8 136
#define V_R9 144
#define V_VDSOSP 152
#define V_SCHED 160
#define V_SCHEDSP 168
#define V_SIZE 176
FUNCTION libcify_call_vfork
	.cfi_startproc
	ld	$14, 0($11)
	li	$13, -16
	and	$15, $14, $13
	move	$13, $29
	.cfi_def_cfa_register 13
	daddiu	$29, $15, -V_SIZE
	sd	$13, V_SP($29)
	sd	$31, V_RA($29)
	CFI_SWITCHED V_SP, V_RA
	sd	$28, V_GP($29)
	sd	$3, V_R3($29)
	sd	$4, V_R4($29)
	sd	$5, V_R5($29)
	sd	$6, V_R6($29)
	sd	$8, V_R8($29)
	sd	$9, V_R9($29)
	sd	$10, V_VDSOSP($29)
	sd	$11, V_SCHED($29)
	sd	$14, V_SCHEDSP($29)
	dsubu	$12, $29, $12
	dsrl	$12, $12, 1
	li	$13, VFORK_GAP
	sltu	$14, $13, $12
	beqz	$14, .Lhalf
	move	$12, $13
.Lhalf:
	dsubu	$12, $29, $12
	sd	$12, 0($11)		# the child's calls switch to g0.sched.sp: keep them off the parent's frames
	OWN_GP	libcify_call_vfork
	# syscall(number, six arguments)
	move	$10, $9
	move	$9, $8
	move	$8, $7
	move	$7, $6
	move	$6, $5
	move	$5, $4
	move	$4, $2
	CALL_C	syscall
	beqz	$2, .Lchild
	ld	$11, V_SCHED($29)	# the parent
	ld	$12, V_SCHEDSP($29)
	sd	$12, 0($11)
	ld	$10, V_VDSOSP($29)
	sd	$0, 0($10)
	li	$12, -1
	bne	$2, $12, .Lchild
	CALL_C	libcify_errno_neg
.Lchild:
	ld	$3, V_R3($29)
	ld	$4, V_R4($29)
	ld	$5, V_R5($29)
	ld	$6, V_R6($29)
	ld	$8, V_R8($29)
	ld	$9, V_R9($29)
	ld	$28, V_GP($29)
	ld	$31, V_RA($29)
	ld	$29, V_SP($29)
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
