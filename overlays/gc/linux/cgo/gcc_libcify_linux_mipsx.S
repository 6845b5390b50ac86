// The C half of the bridge on linux/mips and mipsle (o32 ABI, hard and soft float), mips64 and mips64le (n64 ABI): see
// gcc_libcify_linux_amd64.S.
//
// Entered by jumps from runtime/zlibcify_linux_mipsx.s with
//   $25 the address of the function, $31 the site, $29 the caller's stack, number in $2, arguments in $4 to $7 and, n64, $8
//   and $9, o32, from 16($29) on; in $3 what a call without second result leaves there, $28 Go's
//   $11 the stack to use, bit 0 set where errno must survive, $10 &m.vdsoSP or 0
//
// One function serves all calls: the frame for libcify_dispatch (libcify/frame.h) says whether errno is kept. Nothing is
// written below a stack pointer: signals leave no red zone here.

//go:build linux && (mips || mipsle || mips64 || mips64le)

#if defined(__linux__) && defined(__mips__) && (_MIPS_SIM == _ABIO32 || _MIPS_SIM == _ABI64)

#define EMAXERRNO 1133       // Linux arch/mips/include/asm/errno.h: the kernel compares with this
#define VFORK_GAP 65536      // see gcc_libcify_linux_amd64.S

	.abicalls
	.option	pic2
	.set	noat
	.text

// What the two ABIs do otherwise: the width of a word, and
//   HOME            bytes of the caller's frame in which a callee may keep its register arguments
//   LATE_ARGUMENTS  the fifth to the seventh argument into $8, $9 and $14; $13 is the caller's stack
//   SHIFT_LATE      the fourth argument and those into the places of the fifth to the eighth
//   GP_HIGH, GP_LOW the global pointer less the address of the function that begins with these
#if _MIPS_SIM == _ABIO32

#define WORD 4
#define HOME 16
#define LOAD lw
#define STORE sw
#define ADD_CONSTANT addiu
#define ADD addu
#define SUBTRACT subu
#define SHIFT_RIGHT srl

.macro LATE_ARGUMENTS
	lw	$8, 16($13)
	lw	$9, 20($13)
	lw	$14, 24($13)
.endm

.macro SHIFT_LATE
	sw	$7, 16($29)
	sw	$8, 20($29)
	sw	$9, 24($29)
	sw	$14, 28($29)
.endm

// System V ABI MIPS Supplement, 4-19: the linker takes _gp_disp from the place of the instruction.
#define GP_HIGH(name) %hi(_gp_disp)
#define GP_LOW(name) %lo(_gp_disp)

#else

#define WORD 8
#define HOME 0
#define LOAD ld
#define STORE sd
#define ADD_CONSTANT daddiu
#define ADD daddu
#define SUBTRACT dsubu
#define SHIFT_RIGHT dsrl

.macro LATE_ARGUMENTS
	move	$14, $0			// $8 and $9 are arguments already, and there is no seventh
.endm

.macro SHIFT_LATE
	move	$10, $9
	move	$9, $8
	move	$8, $7
.endm

#define GP_HIGH(name) %hi(%neg(%gp_rel(name)))
#define GP_LOW(name) %lo(%neg(%gp_rel(name)))

#endif

// The global pointer into $24: the first instructions of a function whose address is in $25.
#define OWN_GP(name) lui $24, GP_HIGH(name); ADD_CONSTANT $24, $24, GP_LOW(name); ADD $24, $24, $25

// Place n of a frame, from $29.
#define F(n) (HOME + WORD * (n))

// The caller's stack pointer and $31 are at \sp and \ra from $29. Written as expressions (DWARF 4, 6.4.2.2 and 6.4.2.3),
// because both lie on another stack than the caller's frame. $29 is register 29.
.macro CFI_SWITCHED sp, ra
	.cfi_escape 0x0f, 4, 0x8d, ((\sp) & 0x7f) | 0x80, (\sp) >> 7, 0x06
	.cfi_escape 0x10, 31, 3, 0x8d, ((\ra) & 0x7f) | 0x80, (\ra) >> 7
.endm

.macro CFI_BACK
	.cfi_def_cfa 29, 0
	.cfi_restore 31
.endm

// $2 a value or -errno -> as the kernel says it (arch/mips/kernel/scall32-o32.S and scall64-n64.S).
.macro ANSWER
	li	$7, -EMAXERRNO - 1
	sltu	$7, $7, $2
	beqz	$7, .Lvalue\@
	SUBTRACT $2, $0, $2
.Lvalue\@:
	jr	$31
.endm

.macro CALL_C name
	LOAD	$25, %call16(\name)($28)
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

// Frame: that of libcify_dispatch, what is kept. What the kernel keeps of the arguments is still in it after the call; o32's
// $8 and $9 are lost anyway.
#define F_WORD(n) F(n)
#define F_SP F(10)
#define F_RA F(11)
#define F_GP F(12)
#define F_VDSOSP F(13)
#define F_SIZE F(14)
FUNCTION libcify_call
	.cfi_startproc
	OWN_GP(libcify_call)
	.type	__morestack, @function
__morestack:				// for gdb, see gcc_libcify_linux_amd64.S
	beqz	$10, .Lset
	LOAD	$12, 0($10)
	bnez	$12, .Lnested
	STORE	$31, WORD($10)		// m.vdsoPC
	STORE	$29, 0($10)		// m.vdsoSP
	b	.Lset
.Lnested:				// a call around this one has set them: its Go stack is the one to show
	move	$10, $0
.Lset:
	andi	$12, $11, 1
	li	$13, -2 * WORD
	and	$11, $11, $13
	move	$13, $29
	.cfi_def_cfa_register 13
	ADD_CONSTANT $29, $11, -F_SIZE
	STORE	$13, F_SP($29)
	STORE	$31, F_RA($29)
	CFI_SWITCHED F_SP, F_RA
	STORE	$28, F_GP($29)
	move	$28, $24
	STORE	$10, F_VDSOSP($29)
	LATE_ARGUMENTS
	STORE	$2, F_WORD(0)($29)
	STORE	$4, F_WORD(1)($29)
	STORE	$5, F_WORD(2)($29)
	STORE	$6, F_WORD(3)($29)
	STORE	$7, F_WORD(4)($29)
	STORE	$8, F_WORD(5)($29)
	STORE	$9, F_WORD(6)($29)
	STORE	$14, F_WORD(7)($29)
	STORE	$12, F_WORD(8)($29)	// keep errno
	STORE	$3, F_WORD(9)($29)	// second result
	ADD_CONSTANT $4, $29, F_WORD(0)
	CALL_C	libcify_dispatch
	LOAD	$4, F_WORD(1)($29)
	LOAD	$5, F_WORD(2)($29)
	LOAD	$6, F_WORD(3)($29)
	LOAD	$8, F_WORD(5)($29)
	LOAD	$9, F_WORD(6)($29)
	LOAD	$3, F_WORD(9)($29)
	LOAD	$10, F_VDSOSP($29)
	LOAD	$28, F_GP($29)
	LOAD	$31, F_RA($29)
	LOAD	$29, F_SP($29)
	CFI_BACK
	beqz	$10, .Lcleared
	STORE	$0, 0($10)
.Lcleared:
	ANSWER
	.cfi_endproc
	.size	__morestack, .-__morestack
	.size	libcify_call, .-libcify_call

// $10 &m.vdsoSP, $11 &g0.sched.sp, $12 the end of g0's stack. What the child may and may not do: see
// gcc_libcify_linux_amd64.S. The first four places are o32's for the arguments behind the home of the others.
#define V_SP F(4)
#define V_RA F(5)
#define V_GP F(6)
#define V_OWN_GP F(7)
#define V_R3 F(8)
#define V_R4 F(9)
#define V_R5 F(10)
#define V_R6 F(11)
#define V_R8 F(12)
#define V_R9 F(13)
#define V_VDSOSP F(14)
#define V_SCHED F(15)
#define V_SCHEDSP F(16)
#define V_SIZE F(18)
FUNCTION libcify_call_vfork
	.cfi_startproc
	OWN_GP(libcify_call_vfork)
	LOAD	$14, 0($11)
	li	$13, -2 * WORD
	and	$15, $14, $13
	move	$13, $29
	.cfi_def_cfa_register 13
	ADD_CONSTANT $29, $15, -V_SIZE
	STORE	$13, V_SP($29)
	STORE	$31, V_RA($29)
	CFI_SWITCHED V_SP, V_RA
	STORE	$28, V_GP($29)
	STORE	$24, V_OWN_GP($29)	// o32: C may lose $28
	move	$28, $24
	STORE	$3, V_R3($29)
	STORE	$4, V_R4($29)
	STORE	$5, V_R5($29)
	STORE	$6, V_R6($29)
	STORE	$8, V_R8($29)
	STORE	$9, V_R9($29)
	STORE	$10, V_VDSOSP($29)
	STORE	$11, V_SCHED($29)
	STORE	$14, V_SCHEDSP($29)
	SUBTRACT $12, $29, $12
	SHIFT_RIGHT $12, $12, 1
	li	$15, VFORK_GAP
	sltu	$14, $15, $12
	beqz	$14, .Lhalf
	move	$12, $15
.Lhalf:
	SUBTRACT $12, $29, $12
	STORE	$12, 0($11)		// the child's calls switch to g0.sched.sp: keep them off the parent's frames
	LATE_ARGUMENTS
	// syscall(number, its arguments)
	SHIFT_LATE
	move	$7, $6
	move	$6, $5
	move	$5, $4
	move	$4, $2
	CALL_C	syscall
	beqz	$2, .Lchild
	LOAD	$11, V_SCHED($29)	// the parent
	LOAD	$12, V_SCHEDSP($29)
	STORE	$12, 0($11)
	LOAD	$10, V_VDSOSP($29)
	STORE	$0, 0($10)
	li	$12, -1
	bne	$2, $12, .Lchild
	LOAD	$28, V_OWN_GP($29)
	CALL_C	libcify_errno_neg
.Lchild:
	LOAD	$3, V_R3($29)
	LOAD	$4, V_R4($29)
	LOAD	$5, V_R5($29)
	LOAD	$6, V_R6($29)
	LOAD	$8, V_R8($29)
	LOAD	$9, V_R9($29)
	LOAD	$28, V_GP($29)
	LOAD	$31, V_RA($29)
	LOAD	$29, V_SP($29)
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
