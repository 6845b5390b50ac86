// The bridge of the BSDs, run here: its C half (gcc_libcify_bsd_GOARCH.S, gcc_libcify_arm64.S) and its table, compiled as
// for a system that is not Linux, with functions of this file in the place of libc's. A site in assembly calls it as a site
// in Go text does.
//
// Exits 0 and prints "ok"; otherwise says what was wrong. Compiled by src/bind/shims_test.cc and ports_test.cc with
// -U__linux__, once as DragonFly and with LIBCIFY_AS_FREEBSD or LIBCIFY_AS_NETBSD.
#define _FILE_OFFSET_BITS 64
// As the BSDs' unistd.h declares it; glibc has none.
#if defined(__LP64__)
extern "C" long __syscall(long number, ...);
#else
extern "C" long long __syscall(long long number, ...);
#endif

#include "libcify/entry.h"
//
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
// Not for the headers above, which are glibc's.
#if defined(LIBCIFY_AS_FREEBSD)
#define __FreeBSD__ 14
#elif defined(LIBCIFY_AS_NETBSD)
#define __NetBSD__ 1
#endif

#include "libcify/adapters_bsd.h"
#include "libcify/by_frame.h"
#include "libcify/table.h"

// The functions that are called.
extern "C" {
int fails() {
  errno = EBADF;
  return -1;
}
int minus_five() { return -5; }
int minus_one_is_a_value() { return -1; }
long looks_negative() { return -4096; }
void* high_pointer() { return reinterpret_cast<void*>(~0xffffUL); }
void* bad_pointer() {
  errno = ENOMEM;
  return reinterpret_cast<void*>(-1L);
}
unsigned int nobody() { return 0xffffffffU; }
long eight(long a, long b, long c, long d, long e, long f, long g, long h) {
  return a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f + 1000000 * g + 10000000 * h;
}
int opens(const char*, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const int mode = va_arg(more, int);
  va_end(more);
  return flags == 7 ? mode : -2;
}
// Their upper halves are what the C ABI allows: anything.
int dirty_five();
int dirty_failure();
int touches_errno() {
  errno = EINTR;
  return 3;
}
}
#if defined(__x86_64__)
asm(".text\n"
    ".p2align 4\n"
    ".globl dirty_five\n"
    "dirty_five: movabsq $0x7bad0bad00000005, %rax; ret\n"
    ".globl dirty_failure\n"
    "dirty_failure: pushq %rbx; call fails; movabsq $0x1234567800000000, %rbx; movl %eax, %eax; orq %rbx, %rax; popq %rbx; "
    "ret\n");
#elif defined(__aarch64__)
asm(".text\n"
    ".p2align 4\n"
    ".globl dirty_five\n"
    "dirty_five: mov x0, #5; movk x0, #0x7bad, lsl #48; ret\n"
    ".globl dirty_failure\n"
    "dirty_failure: stp x29, x30, [sp, #-16]!; bl fails; movk x0, #0x1234, lsl #48; ldp x29, x30, [sp], #16; ret\n");
#else  // an int has 32 bits of 32, or is extended (RISC-V ELF psABI, "Integer Calling Convention")
int dirty_five() { return 5; }
int dirty_failure() { return fails(); }
#endif

static long last_number, last_words[8];
static int errno_inside;
#if defined(__LP64__)
extern "C" long __syscall(long number, ...) {
#else
extern "C" long long __syscall(long long number, ...) {
#endif
  va_list words;
  va_start(words, number);
  for (long& word : last_words) word = va_arg(words, long);
  va_end(words);
  last_number = static_cast<long>(number);
  errno_inside = errno;
#if !defined(__LP64__)
  if (number == 638) return 0x16ffffffffLL;  // in two words: -1 and 22
#endif
  if (number != 639) return number;
  errno = ENOSYS;
  return -1;
}

namespace libcify::adapters {
LIBCIFY_ADAPTER(two) {
  *second = 22;
  return 11;
}
}  // namespace libcify::adapters

static unsigned long vdso[2], vdso_inside[2];
extern "C" int looks_at_vdso() {
  vdso_inside[0] = vdso[0];
  vdso_inside[1] = vdso[1];
  return 0;
}

#if defined(__riscv)  // machine words are no arguments there
#undef LIBCIFY_DIRECT
#define LIBCIFY_DIRECT LIBCIFY_TYPED
#endif
#if defined(__LP64__)
#define LONG "l"
#define LONGS "l=llllllll"
constexpr LibcifyKind kLong = kLibcifyWord;
#else
#define LONG "i"
#define LONGS "i=iiiiiiii"
constexpr LibcifyKind kLong = kLibcifyInt;
#endif
LIBCIFY_TABLE_BEGIN
LIBCIFY_DIRECT(1, fails, "i=", kLibcifyInt)
LIBCIFY_DIRECT(2, minus_five, "i=", kLibcifyInt)
LIBCIFY_DIRECT(3, minus_one_is_a_value, "i=", kLibcifyInt)
LIBCIFY_DIRECT(4, looks_negative, LONG "=", kLong)
LIBCIFY_DIRECT(5, high_pointer, "p=", kLibcifyWord)
LIBCIFY_DIRECT(6, bad_pointer, "p=", kLibcifyWord)
LIBCIFY_DIRECT(7, nobody, "u=", kLibcifyUnsignedInt)
LIBCIFY_DIRECT(8, eight, LONGS, kLong)
LIBCIFY_DIRECT(9, opens, "i=pi.", kLibcifyInt)
LIBCIFY_DIRECT(10, dirty_five, "i=", kLibcifyInt)
LIBCIFY_DIRECT(11, dirty_failure, "i=", kLibcifyInt)
LIBCIFY_DIRECT(12, touches_errno, "i=", kLibcifyInt)
LIBCIFY_DIRECT(13, looks_at_vdso, "i=", kLibcifyInt)
LIBCIFY_ADAPTED(14, two)
LIBCIFY_TYPED(15, opens, "i=pi.", kLibcifyInt)
LIBCIFY_TYPED(16, eight, LONGS, kLong)
LIBCIFY_TYPED(17, dirty_failure, "i=", kLibcifyInt)
LIBCIFY_ADAPTED(20, pipe)
LIBCIFY_ADAPTED(21, umask)
#if !defined(__FreeBSD__)
LIBCIFY_ADAPTED(22, pread)
LIBCIFY_ADAPTED(23, pwrite)
LIBCIFY_ADAPTED(24, preadv)
LIBCIFY_ADAPTED(25, pwritev)
LIBCIFY_ADAPTED(27, truncate)
LIBCIFY_ADAPTED(28, ftruncate)
LIBCIFY_ADAPTED(29, mmap)
#endif
#if !defined(__FreeBSD__) || !defined(__LP64__)
LIBCIFY_ADAPTED(26, lseek)
#endif
LIBCIFY_TYPED(18, nobody, "u=", kLibcifyUnsignedInt)
LIBCIFY_TABLE_END

// What a site loads, and what it finds.
struct Registers {
  unsigned long number, words[8];                      // in
  unsigned long result, second, carry, kept[5], zero;  // out; zero: what Go wants to be 0 (amd64: xmm15)
};
#if defined(__x86_64__)
constexpr int kKept[] = {0, 1, 3, 4, 5}, kSecond = 2;  // arguments in rdi, rsi, r10, r8, r9; the second result in rdx
#elif defined(__aarch64__)
constexpr int kKept[] = {2, 3, 4, 5, 6}, kSecond = 1;
#elif defined(__riscv)
constexpr int kKept[] = {2, 3, 5, 6, 7}, kSecond = 1;
#else  // where a word has 32 bits, the arguments lie in memory, which stays as it is; at_site looks at the registers
constexpr int kKept[] = {0, 2, 3, 4, 5}, kSecond = 1;
#endif

extern "C" void at_site(Registers* registers, void* stack, void* vdso_sp);
#if defined(__x86_64__)
asm(R"(
	.text
	.p2align 4
at_site:
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rdi, %rbx
	movq	%rsi, %rcx
	movq	%rdx, %r11
	movq	$0x5a, %r12
	subq	$32, %rsp
	movq	56(%rbx), %rax
	movq	%rax, 8(%rsp)
	movq	64(%rbx), %rax
	movq	%rax, 16(%rsp)
	movq	0(%rbx), %rax
	movq	8(%rbx), %rdi
	movq	16(%rbx), %rsi
	movq	24(%rbx), %rdx
	movq	32(%rbx), %r10
	movq	40(%rbx), %r8
	movq	48(%rbx), %r9
	pcmpeqd	%xmm15, %xmm15
	call	libcify_call
	movq	%rax, 72(%rbx)
	movq	%rdx, 80(%rbx)
	movl	$0, %eax
	adcl	$0, %eax
	movq	%rax, 88(%rbx)
	movq	%rdi, 96(%rbx)
	movq	%rsi, 104(%rbx)
	movq	%r10, 112(%rbx)
	movq	%r8, 120(%rbx)
	movq	%r9, 128(%rbx)
	movq	%xmm15, 136(%rbx)
	addq	$32, %rsp
	cmpq	$0x5a, %r12
	je	1f
	ud2
1:	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	ret
)");
#elif defined(__aarch64__)
asm(R"(
	.text
	.p2align 4
at_site:
	stp	x29, x30, [sp, #-32]!
	stp	x19, x27, [sp, #16]	// the site loses x27
	mov	x19, x0
	mov	x17, x1
	sub	sp, sp, #32
	ldr	x8, [x19]
	ldp	x0, x1, [x19, #8]
	ldp	x2, x3, [x19, #24]
	ldp	x4, x5, [x19, #40]
	ldp	x6, x7, [x19, #56]
	bl	libcify_call
	cset	x9, cs
	stp	x0, x1, [x19, #72]
	str	x9, [x19, #88]
	stp	x2, x3, [x19, #96]
	stp	x4, x5, [x19, #112]
	stp	x6, xzr, [x19, #128]
	add	sp, sp, #32
	ldp	x19, x27, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
)");
#elif defined(__riscv)
asm(R"(
	.text
	.p2align 2
at_site:
	addi	sp, sp, -48
	sd	ra, 40(sp)
	sd	s1, 32(sp)
	mv	s1, a0
	mv	t1, a1
	li	t2, 0x5a
	ld	t0, 0(s1)
	ld	a0, 8(s1)
	ld	a1, 16(s1)
	ld	a2, 24(s1)
	ld	a3, 32(s1)
	ld	a4, 40(s1)
	ld	a5, 48(s1)
	ld	a6, 56(s1)
	ld	a7, 64(s1)
	call	libcify_call
	sd	a0, 72(s1)
	sd	a1, 80(s1)
	sd	t0, 88(s1)
	sd	a2, 96(s1)
	sd	a3, 104(s1)
	sd	a5, 112(s1)
	sd	a6, 120(s1)
	sd	a7, 128(s1)
	addi	t2, t2, -0x5a
	sd	t2, 136(s1)
	ld	s1, 32(sp)
	ld	ra, 40(sp)
	addi	sp, sp, 48
	ret
)");
#elif defined(__i386__)  // and what the Go half pushes: the site's edx and ecx
asm(R"(
	.text
	.p2align 4
at_site:
	pushl	%ebp
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	movl	20(%esp), %ebx
	movl	24(%esp), %ecx
	movl	28(%esp), %edx
	pushl	32(%ebx)
	pushl	28(%ebx)
	pushl	24(%ebx)
	pushl	20(%ebx)
	pushl	16(%ebx)
	pushl	12(%ebx)
	pushl	8(%ebx)
	pushl	4(%ebx)
	pushl	$0x77		# skipped by the kernel
	pushl	$0x1234		# the way back to the site
	pushl	8(%ebx)
	pushl	$0x33
	movl	$0x51, %esi
	movl	$0x61, %edi
	movl	$0x71, %ebp
	movl	(%ebx), %eax
	testl	$1, %ecx
	jne	1f
	call	libcify_call
	jmp	2f
1:	call	libcify_call_full
2:	movl	%eax, 36(%ebx)
	movl	$0, %eax
	adcl	$0, %eax
	movl	%eax, 44(%ebx)
	movl	4(%esp), %eax
	movl	%eax, 40(%ebx)
	movl	16(%esp), %eax
	movl	%eax, 48(%ebx)
	movl	24(%esp), %eax
	movl	%eax, 52(%ebx)
	movl	28(%esp), %eax
	movl	%eax, 56(%ebx)
	movl	32(%esp), %eax
	movl	%eax, 60(%ebx)
	movl	36(%esp), %eax
	movl	%eax, 64(%ebx)
	xorl	$0x51, %esi
	xorl	$0x61, %edi
	xorl	$0x71, %ebp
	orl	%edi, %esi
	orl	%ebp, %esi
	movl	(%esp), %eax
	xorl	$0x33, %eax
	orl	%esi, %eax
	movl	%eax, 68(%ebx)
	addl	$48, %esp
	popl	%edi
	popl	%esi
	popl	%ebx
	popl	%ebp
	ret
)");
#elif defined(__arm__)
asm(R"(
	.text
	.syntax	unified
	.arm
	.p2align 2
	.type	at_site, %function
at_site:
	push	{r4-r11, lr}
	sub	sp, sp, #28
	str	lr, [sp]
	mov	r5, r0
	mov	r12, r1
	mov	r8, r2
	add	r9, r5, #20
	mov	r6, #0x61
	mov	r10, #0xa1
	ldr	r7, [r5]
	tst	r12, #1
	ldmib	r5, {r0-r3}
	bne	1f
	bl	libcify_call
	b	2f
1:	bl	libcify_call_full
2:	mov	r4, #0
	movcs	r4, #1
	str	r0, [r5, #36]
	str	r1, [r5, #40]
	str	r4, [r5, #44]
	ldr	r0, [r5, #4]
	ldr	r1, [r5, #12]
	ldr	r2, [r5, #16]
	ldr	r3, [r5, #20]
	ldr	r4, [r5, #24]
	add	r9, r5, #48
	stm	r9, {r0-r4}
	eor	r6, r6, #0x61
	eor	r10, r10, #0xa1
	orr	r6, r6, r10
	ldr	r0, [r5]
	eor	r7, r7, r0
	orr	r6, r6, r7
	str	r6, [r5, #68]
	add	sp, sp, #28
	pop	{r4-r11, pc}
)"
#if defined(__thumb__)
    "	.thumb\n"
#endif
);
#endif

static int failures = 0;

static void Expect(const char* what, long expected, long actual) {
  if (expected == actual) return;
  printf("%s: expected %ld, got %ld\n", what, expected, actual);
  ++failures;
}

struct Words {
  unsigned long word[8];
};

static Registers Call(unsigned long number, bool keep_errno = false, unsigned long* vdso_sp = nullptr,
                      const Words& words = {{1, 7, 3, 4, 5, 6, 7, 8}}) {
  alignas(16) static char stack[65536];
  Registers registers = {.number = number, .words = {}, .result = 0, .second = 0, .carry = 9, .kept = {}, .zero = 9};
  memcpy(registers.words, words.word, sizeof registers.words);
#if defined(__i386__) || defined(__arm__)  // there the lighter entry has an m
  static unsigned long unseen[2];
  if (!keep_errno && vdso_sp == nullptr) vdso_sp = unseen;
#endif
  at_site(&registers, stack + sizeof stack - 32 + (keep_errno ? 1 : 0), vdso_sp);
  for (int i = 0; i < 5; ++i) {
    Expect("a kept register", static_cast<long>(words.word[kKept[i]]), static_cast<long>(registers.kept[i]));
  }
  Expect("zero", 0, static_cast<long>(registers.zero));
  return registers;
}

static void Answers(const char* what, unsigned long number, long result, bool error, bool by_number = false) {
  const Registers found = Call(number);
  Expect(what, result, static_cast<long>(found.result));
  Expect(what, error ? 1 : 0, static_cast<long>(found.carry));
#if (defined(__x86_64__) || defined(__i386__)) && !defined(__NetBSD__)
  const bool stays = true;
#else
  const bool stays = false;
#endif
  const long before[] = {1, 7, 3};
  const bool two_words = by_number && sizeof(long) == 4;  // of __syscall's result
  Expect("second", error || (stays && !two_words) ? before[kSecond] : 0, static_cast<long>(found.second));
}

// The adapters, on a file of eight bytes: words of padding hold what must not be taken for an offset.
[[maybe_unused]] static const auto kPadding = static_cast<unsigned long>(0x5555555555555555ULL);

// An offset as Go's callers pass it.
#if defined(__LP64__)
#define AT(offset) static_cast<unsigned long>(offset)
#else
#define AT(offset) \
  static_cast<unsigned long>(offset), static_cast<unsigned long>(static_cast<unsigned long long>(offset) >> 32)
#endif
// lseek's words: as NetBSD and DragonFly pad them, and FreeBSD's arm aligns them.
#if defined(__FreeBSD__) && defined(__i386__)
#define SEEK(offset, whence)     \
  {                              \
    {                            \
      File(), AT(offset), whence \
    }                            \
  }
#else
#define SEEK(offset, whence)               \
  {                                        \
    {                                      \
      File(), kPadding, AT(offset), whence \
    }                                      \
  }
#endif
[[maybe_unused]] static const long long kFourGiB = 1LL << 32;

static Registers Adapted(unsigned long number, const Words& words) { return Call(number, false, nullptr, words); }
[[maybe_unused]] static unsigned long Word(const void* pointer) { return reinterpret_cast<unsigned long>(pointer); }
static void Gives(const char* what, long expected, const Registers& registers) {
  Expect(what, 0, static_cast<long>(registers.carry));
  Expect(what, expected, static_cast<long>(registers.result));
}

static char path[] = "/tmp/libcify-flag-bridge-XXXXXX";
static int file;
static char bytes[8];
[[maybe_unused]] static struct iovec part = {bytes, 3};
[[maybe_unused]] static unsigned long File() { return static_cast<unsigned long>(file); }

#define CASE(name) static void Check_##name()
CASE(pipe) {
  const Registers ends = Adapted(20, {{0}});
  Expect("pipe", 0, static_cast<long>(ends.carry));
  Expect("written to the second", 2, write(static_cast<int>(ends.second), "ab", 2));
  Expect("read from the first", 2, read(static_cast<int>(ends.result), bytes, 2));
}
CASE(umask) {
  umask(027);
  Gives("umask", 027, Adapted(21, {{022}}));
}
#if !defined(__FreeBSD__)
CASE(pwrite) { Gives("pwrite", 3, Adapted(23, {{File(), Word("xyz"), 3, kPadding, AT(2)}})); }
CASE(pread) {
  Gives("pread", 3, Adapted(22, {{File(), Word(bytes), 3, kPadding, AT(2)}}));
  Expect("what pwrite wrote", 0, memcmp(bytes, "xyz", 3));
  Gives("pread behind 4 GiB", 0, Adapted(22, {{File(), Word(bytes), 3, kPadding, AT(kFourGiB + 2)}}));
}
CASE(pwritev) {
  memcpy(bytes, "uvw", 3);
  Gives("pwritev", 3, Adapted(25, {{File(), Word(&part), 1, kPadding, AT(4)}}));
}
CASE(preadv) {
  memset(bytes, 0, sizeof bytes);
  Gives("preadv", 3, Adapted(24, {{File(), Word(&part), 1, kPadding, AT(4)}}));
  Expect("what pwritev wrote", 0, memcmp(bytes, "uvw", 3));
}
CASE(mmap) {
  const Registers mapped = Adapted(29, {{0, 4096, PROT_READ, MAP_SHARED, File(), kPadding, AT(0)}});
  Expect("mmap", 0, static_cast<long>(mapped.carry));
  Expect("what is mapped", 'x', reinterpret_cast<const char*>(mapped.result)[2]);
  Expect("mmap of an odd offset", EINVAL,
         static_cast<long>(Adapted(29, {{0, 4096, PROT_READ, MAP_SHARED, File(), kPadding, AT(7)}}).result));
}
CASE(ftruncate) {
  Gives("ftruncate behind 4 GiB", 0, Adapted(28, {{File(), kPadding, AT(kFourGiB + 6)}}));
  Expect("its size", 1, lseek(file, 0, SEEK_END) == kFourGiB + 6 ? 1 : 0);
  Gives("ftruncate", 0, Adapted(28, {{File(), kPadding, AT(6)}}));
  Expect("its size", 6, static_cast<long>(lseek(file, 0, SEEK_END)));
}
CASE(truncate) {
  Gives("truncate", 0, Adapted(27, {{Word(path), kPadding, AT(5)}}));
  Expect("its size", 5, static_cast<long>(lseek(file, 0, SEEK_END)));
}
#endif
#if !defined(__FreeBSD__) || !defined(__LP64__)
CASE(lseek) {
  const Registers end = Adapted(26, SEEK(0, SEEK_END));
  Gives("lseek", 8, end);
  const Registers before = Adapted(26, SEEK(-1, SEEK_SET));
  Expect("lseek before the file", EINVAL, static_cast<long>(before.result));
  Expect("lseek before the file", 1, static_cast<long>(before.carry));
#if !defined(__LP64__)
  Expect("its upper half", 0, static_cast<long>(end.second));
  const Registers far = Adapted(26, SEEK(2 * kFourGiB - 1, SEEK_SET));
  Gives("lseek behind 4 GiB: the lower half is -1", -1, far);
  Expect("its upper half", 1, static_cast<long>(far.second));
#endif
}
#endif

static void CheckAdapters() {
  file = mkstemp(path);
  Expect("the file", 8, static_cast<long>(pwrite(file, "12345678", 8, 0)));
  Check_pipe();
  Check_umask();
#if !defined(__FreeBSD__)
  Check_pwrite();
  Check_pread();
  Check_pwritev();
  Check_preadv();
  Check_mmap();
#endif
#if !defined(__FreeBSD__) || !defined(__LP64__)
  Check_lseek();
#endif
#if !defined(__FreeBSD__)
  Check_ftruncate();
  Check_truncate();
#endif
  unlink(path);
}

int main() {
  errno = EPERM;  // stale
  Answers("the first call fails", 1, EBADF, true);
  Answers("again", 1, EBADF, true);
  Answers("a negative int", 2, -5, false);
  Answers("-1 without errno", 3, -1, false);
  Answers("a negative word", 4, -4096, false);
  Answers("a high pointer", 5, static_cast<long>(~0xffffUL), false);
  Answers("a bad pointer", 6, ENOMEM, true);
  errno = EPERM;
  Answers("an unsigned int", 7, static_cast<long>(0xffffffffUL), false);
  Answers("eight arguments", 8, 87654371, false);
  Answers("variadic", 9, 3, false);
  Answers("dirty upper half", 10, 5, false);
  Answers("dirty failure", 11, EBADF, true);
  Answers("variadic, typed", 15, 3, false);
  Answers("eight, typed", 16, 87654371, false);
  Answers("dirty failure, typed", 17, EBADF, true);
  Answers("an unsigned int, typed", 18, static_cast<long>(0xffffffffUL), false);
  Answers("by number", 600, 600, false, true);
  for (int i = 0; i < 8; ++i) Expect("a word by number", i == 1 ? 7 : i + 1, last_words[i]);
  Answers("by number, outside of the table", 5000, 5000, false, true);
  Expect("its number", 5000, last_number);
  Answers("by number, failing", 639, ENOSYS, true, true);
#if !defined(__LP64__)
  errno = EPERM;
  const Registers wide = Call(638);
  Expect("by number, in two words", -1, static_cast<long>(wide.result));
  Expect("by number, in two words: no error", 0, static_cast<long>(wide.carry));
  Expect("the upper half", 22, static_cast<long>(wide.second));
#endif
#if defined(__arm__)
  const Registers indirect = Call(0, false, nullptr, {{8, 1, 2, 3, 4, 5, 6, 7}});
  Expect("syscall(2), whose first argument is the number", 7654321, static_cast<long>(indirect.result));
  Expect("NetBSD's number in the instruction", 11, static_cast<long>(Call(0xa00000 | 14).result));
#endif
  errno = ERANGE;
  Call(600);
  Expect("errno inside a call by number", ERANGE, errno_inside);
  const Registers two = Call(14);
  Expect("two results", 11, static_cast<long>(two.result));
  Expect("the second", 22, static_cast<long>(two.second));

  errno = ERANGE;
  Call(12, true);
  Expect("errno kept", ERANGE, errno);
  Call(12, false);
  Expect("errno not kept", EINTR, errno);

#if !defined(__aarch64__) && !defined(__riscv)  // there the Go half says where the Go stack is
  Call(13, false, vdso);
  Expect("m.vdsoSP inside", 1, vdso_inside[0] != 0 ? 1 : 0);
  Expect("m.vdsoPC inside", 1, vdso_inside[1] != 0 ? 1 : 0);
  Expect("m.vdsoSP after", 0, static_cast<long>(vdso[0]));
  vdso[0] = 55;
  Call(13, false, vdso);
  Expect("m.vdsoSP of a call around it", 55, static_cast<long>(vdso_inside[0]));
  Expect("m.vdsoSP after it", 55, static_cast<long>(vdso[0]));
#endif
  CheckAdapters();
  if (failures == 0) printf("ok\n");
  return failures != 0;
}
