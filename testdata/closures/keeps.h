// Does a function keep a callee-saved register? The register gets a number, the function is called, the number must still be
// there.
//
// In: nothing. Out: `long libcify_keeps_MODE(void (*function)())`, 1 if so, for the context registers of closure_entry.h
// that the C ABI has kept: libcify_keeps_register, _gc and _llgo, and KEPT_REGISTER, _GC and _LLGO where there is one.
#pragma once

#if defined(_WIN32)
#define KEEPS(name, text) \
  asm(".ifndef " name "\n.text\n.balign 16\n.globl " name "\n" name ":\n" text KEEPS_END ".text\n.endif\n")
#else
#define KEEPS(name, text)                                                                                               \
  asm(".ifndef " name "\n.pushsection .text\n.balign 16\n" KEEPS_BEGIN ".globl " name "\n.hidden " name "\n.type " name \
      ",%function\n" name ":\n" text ".size " name ",.-" name "\n" KEEPS_END ".popsection\n.endif\n")
#endif
#define KEEPS_BEGIN ""
#define KEEPS_END ""

#if defined(__x86_64__) && defined(_WIN32)
KEEPS("libcify_keeps_register",
      "push %r12\nsub $32,%rsp\nmov $0x5ca1ab1e,%r12d\ncall *%rcx\nxor %eax,%eax\ncmp $0x5ca1ab1e,%r12\nsete %al\n"
      "add $32,%rsp\npop %r12\nret\n");
#define KEPT_REGISTER 1
#elif defined(__x86_64__) && !defined(__ILP32__)
KEEPS("libcify_keeps_register",
      "push %r12\nmov $0x5ca1ab1e,%r12d\ncall *%rdi\nxor %eax,%eax\ncmp $0x5ca1ab1e,%r12\nsete %al\npop %r12\nret\n");
#define KEPT_REGISTER 1
#elif defined(__i386__)
KEEPS("libcify_keeps_register",
      "push %esi\nsub $8,%esp\nmov $0x5ca1ab1e,%esi\ncall *16(%esp)\nxor %eax,%eax\ncmp $0x5ca1ab1e,%esi\nsete %al\nadd "
      "$8,%esp\n"
      "pop %esi\nret\n");
#define KEPT_REGISTER 1
#elif defined(__aarch64__)
KEEPS(
    "libcify_keeps_register",
    "stp x29,x30,[sp,#-32]!\nmov x29,sp\nstr x26,[sp,#16]\nmov x26,#0x1ab1\nblr x0\nmov x9,#0x1ab1\ncmp x26,x9\ncset x0,eq\n"
    "ldr x26,[sp,#16]\nldp x29,x30,[sp],#32\nret\n");
#define KEPT_REGISTER 1
#define KEPT_GC 1
#define libcify_keeps_gc libcify_keeps_register
#elif defined(__arm__)
#undef KEEPS_BEGIN
#undef KEEPS_END
#define KEEPS_BEGIN ".syntax unified\n.arm\n"
#if defined(__thumb__)
#define KEEPS_END ".thumb\n"
#else
#define KEEPS_END ""
#endif
#define KEEPS_ARM(c) "push {" c ",lr}\nmov " c ",#0xab0\nblx r0\nmov r0,#0\ncmp " c ",#0xab0\nmoveq r0,#1\npop {" c ",pc}\n"
KEEPS("libcify_keeps_gc", KEEPS_ARM("r7"));
KEEPS("libcify_keeps_llgo", KEEPS_ARM("r10"));
#define KEPT_GC 1
#define KEPT_LLGO 1
#elif defined(__riscv)
#define KEEPS_RISCV(c)                                                                             \
  "addi sp,sp,-16\nsd ra,8(sp)\nsd " c ",0(sp)\nli " c ",0x5ab1\njalr a0\nli t0,0x5ab1\nsub a0," c \
  ",t0\nseqz a0,a0\n"                                                                              \
  "ld " c ",0(sp)\nld ra,8(sp)\naddi sp,sp,16\nret\n"
KEEPS("libcify_keeps_register", KEEPS_RISCV("s11"));
KEEPS("libcify_keeps_gc", KEEPS_RISCV("s10"));
#define KEPT_REGISTER 1
#define KEPT_GC 1
#elif defined(__s390x__)
KEEPS("libcify_keeps_gc",
      "stmg %r12,%r15,96(%r15)\naghi %r15,-160\nlghi %r12,0x1ab1\nbasr %r14,%r2\nlghi %r2,0\ncghi %r12,0x1ab1\njne 0f\n"
      "lghi %r2,1\n0:\nlmg %r12,%r15,256(%r15)\nbr %r14\n");
#define KEPT_GC 1
#elif defined(__mips__)
#if _MIPS_SIM == _ABIO32
#define KEEPS_WORD "addiu", "sw", "lw"
#else
#define KEEPS_WORD "daddiu", "sd", "ld"
#endif
#define KEEPS_MIPS(...) KEEPS_MIPS_(__VA_ARGS__)
#define KEEPS_MIPS_(add, store, load)                                                                          \
  ".set push\n.set noreorder\n" add " $29,$29,-32\n" store " $31,24($29)\n" store                              \
  " $22,16($29)\nmove $25,$4\nli $22,0x5ab1\n"                                                                 \
  "jalr $25\nnop\nxori $2,$22,0x5ab1\nsltiu $2,$2,1\n" load " $22,16($29)\n" load " $31,24($29)\njr $31\n" add \
  " $29,$29,32\n.set pop\n"
KEEPS("libcify_keeps_gc", KEEPS_MIPS(KEEPS_WORD));
#define KEPT_GC 1
#elif defined(__loongarch__)
KEEPS("libcify_keeps_gc",
      "addi.d $sp,$sp,-16\nst.d $ra,$sp,8\nst.d $r29,$sp,0\nori $r29,$zero,0xab1\njirl $ra,$a0,0\nori $t0,$zero,0xab1\n"
      "sub.d $a0,$r29,$t0\nsltui $a0,$a0,1\nld.d $r29,$sp,0\nld.d $ra,$sp,8\naddi.d $sp,$sp,16\njirl $zero,$ra,0\n");
#define KEPT_GC 1
#endif

#ifdef KEPT_REGISTER
extern "C" __attribute__((visibility("hidden"))) long libcify_keeps_register(void (*function)());
#endif
#if defined(KEPT_GC) && !defined(libcify_keeps_gc)
extern "C" __attribute__((visibility("hidden"))) long libcify_keeps_gc(void (*function)());
#endif
#ifdef KEPT_LLGO
extern "C" __attribute__((visibility("hidden"))) long libcify_keeps_llgo(void (*function)());
#endif
