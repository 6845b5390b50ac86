// raw_call: a system call by its instruction, past every libc. Answers as the kernel does, errors as -errno.
//
// In: the number and six words. Registers are those of syscall(2), "Architecture calling conventions"; how each function
// gets its own arguments is its machine's C ABI. Assembly, because a call that makes a process returns twice.
#pragma once

extern "C" long raw_call(long number, unsigned long a1, unsigned long a2, unsigned long a3, unsigned long a4,
                         unsigned long a5, unsigned long a6);

#if defined(__x86_64__)
#define RAW_BODY                                                                                       \
  "mov %rdi, %rax\n mov %rsi, %rdi\n mov %rdx, %rsi\n mov %rcx, %rdx\n mov %r8, %r10\n mov %r9, %r8\n" \
  "mov 8(%rsp), %r9\n syscall\n ret\n"
#elif defined(__i386__)
#define RAW_BODY                                                                                             \
  "push %ebp\n push %ebx\n push %esi\n push %edi\n mov 20(%esp), %eax\n mov 24(%esp), %ebx\n"                \
  "mov 28(%esp), %ecx\n mov 32(%esp), %edx\n mov 36(%esp), %esi\n mov 40(%esp), %edi\n mov 44(%esp), %ebp\n" \
  "int $0x80\n pop %edi\n pop %esi\n pop %ebx\n pop %ebp\n ret\n"
#elif defined(__aarch64__)
#define RAW_BODY "mov x8, x0\n mov x0, x1\n mov x1, x2\n mov x2, x3\n mov x3, x4\n mov x4, x5\n mov x5, x6\n svc 0\n ret\n"
#elif defined(__arm__)
#define RAW_BODY                                                                             \
  "mov ip, sp\n push {r4, r5, r6, r7}\n mov r7, r0\n mov r0, r1\n mov r1, r2\n mov r2, r3\n" \
  "ldmia ip, {r3, r4, r5}\n svc 0\n pop {r4, r5, r6, r7}\n bx lr\n"
#elif defined(__riscv)
#define RAW_BODY "mv a7, a0\n mv a0, a1\n mv a1, a2\n mv a2, a3\n mv a3, a4\n mv a4, a5\n mv a5, a6\n ecall\n ret\n"
#elif defined(__loongarch__)
#define RAW_BODY                                                                                    \
  "move $a7, $a0\n move $a0, $a1\n move $a1, $a2\n move $a2, $a3\n move $a3, $a4\n move $a4, $a5\n" \
  "move $a5, $a6\n syscall 0\n jr $ra\n"
#elif defined(__powerpc64__)
#define RAW_BODY "mr 0, 3\n mr 3, 4\n mr 4, 5\n mr 5, 6\n mr 6, 7\n mr 7, 8\n mr 8, 9\n sc\n bnslr\n neg 3, 3\n blr\n"
#elif defined(__s390x__)
#define RAW_BODY                                                                                         \
  "stmg %r6, %r7, 48(%r15)\n lgr %r1, %r2\n lgr %r2, %r3\n lgr %r3, %r4\n lgr %r4, %r5\n lgr %r5, %r6\n" \
  "lg %r6, 160(%r15)\n lg %r7, 168(%r15)\n svc 0\n lmg %r6, %r7, 48(%r15)\n br %r14\n"
#elif defined(__mips64)
#define RAW_BODY                                                                                         \
  ".set noreorder\n move $2, $4\n move $4, $5\n move $5, $6\n move $6, $7\n move $7, $8\n move $8, $9\n" \
  "move $9, $10\n syscall\n beqz $7, 1f\n nop\n dsubu $2, $0, $2\n 1: jr $31\n nop\n .set reorder\n"
#else
#error "raw_call: no system-call instruction of this machine here"
#endif

#if defined(__arm__)
#define RAW_HEAD ".text\n .arm\n .globl raw_call\n .type raw_call, %function\n raw_call:\n"
#else
#define RAW_HEAD ".text\n .globl raw_call\n .type raw_call, @function\n raw_call:\n"
#endif
asm(RAW_HEAD RAW_BODY);
