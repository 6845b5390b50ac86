// How a closure's context gets into its register and out of it again: one block of assembly for each.
//
// In: nothing. Out, for each mode (register, gc, llgo) that has a register on this architecture and for n = 0 to 3 words of
// arguments, two functions, and LIBCIFY_CLOSURE_REGISTER, _GC and _LLGO, which are 1 where they are there:
//
//   libcify_closure_call_MODE_n(words…, closure)   sets the register and calls the closure's code with the words
//   libcify_closure_enter_MODE_n(words…)           a closure's code: calls the body that its environment names,
//                                                  body(words…, context)
//
// Nothing comes between the register and the call, because no compiler sees them apart: they are functions with C's calling
// convention. So there is no list of clobbers to get wrong either: what a C function must keep, these keep, the context
// register included where it is one of these ("saved" below); where it is not they jump, and cost a move and a jump. What
// comes last among the arguments needs none of the others to be moved. On 386, where arguments lie on the stack, it is in
// EAX instead (regparm(1)), and the words stay where they are.
//
//            register      gc            llgo            the words, and behind them closure or context
//   amd64    R12  saved    RDX           R10  (nest)     RDI RSI RDX RCX. RDX is C's third word: gc has two at most
//   386      ESI  saved    EDX           ECX  (nest)     stack; EAX
//   arm64    X26  saved    X26  saved    X18  (nest)     X0…
//   arm      -             R7   saved    R10  saved (s)  R0…
//   riscv64  X27  saved    X26  saved    X7   (nest)     X10…
//   ppc64    -             R11           -               R3…; ELFv2 only
//   s390x    -             R12  saved    -               R2…
//   mips*    -             R22  saved    -               R4…
//   loong64  -             R29  saved    -               R4…
//
// Sources. register: the closure-context document of LLGo (issue 1497, "Platform Details"). gc: LoweredGetClosurePtr in
// cmd/compile/internal/ssa/_gen/*Ops.go of Go 1.27.3 and, where it has the architecture, cmd/compile/abi-internal.md. (That
// document says X27 for riscv64, which is the current goroutine there.) llgo: ssa/closure_abi.go of LLGo and what LLVM 19
// makes of `nest` (and of `swiftself`: s). Saved or not: System V's ABI for x86-64, 3.2.1, and for i386, 2.2.1;
// AAPCS64, 6.1.1 (X18 is scratch where no platform reserves it; Linux does not); AAPCS32, 6.1.1; RISC-V's psABI, 1.1; ELF V2
// ABI for Power, 2.2.2; s390x ELF ABI, 1.2.2; MIPSpro N32 ABI handbook, table 2-1; LoongArch's psABI, "Register Convention".
//
// LIBCIFY_CLOSURE_WRONG=1 is for the tests: the saved register is not restored.
#pragma once

#if (defined(__ELF__) && !defined(__wasm__)) || \
    ((defined(__APPLE__) || defined(_WIN32)) && (defined(__x86_64__) || defined(__aarch64__)))

#define LIBCIFY_CLOSURE_STRING_(...) #__VA_ARGS__
#define LIBCIFY_CLOSURE_STRING(...) LIBCIFY_CLOSURE_STRING_(__VA_ARGS__)
#if LIBCIFY_CLOSURE_WRONG == 1
#define LIBCIFY_CLOSURE_RESTORE(restore, forget) forget
#else
#define LIBCIFY_CLOSURE_RESTORE(restore, forget) restore
#endif

// Modes of the instruction set, and marks of where indirect calls may arrive (Intel's CET, Arm's BTI).
#if defined(__arm__)
#define LIBCIFY_CLOSURE_BEGIN ".syntax unified\n.arm\n"
#define LIBCIFY_CLOSURE_LANDING ".fnstart\n"
#if defined(__thumb__)
#define LIBCIFY_CLOSURE_END ".fnend\n.thumb\n"
#else
#define LIBCIFY_CLOSURE_END ".fnend\n"
#endif
#elif defined(_WIN32) && defined(__x86_64__)
// A function that touches no stack needs no word on unwinding (x64 exception handling); the others have theirs.
#define LIBCIFY_CLOSURE_LANDING ""
#define LIBCIFY_CLOSURE_END ""
#else
#define LIBCIFY_CLOSURE_BEGIN ""
#define LIBCIFY_CLOSURE_END ".cfi_endproc\n"
#if defined(__CET__) && defined(__x86_64__)
#define LIBCIFY_CLOSURE_LANDING ".cfi_startproc\nendbr64\n"
#elif defined(__CET__)
#define LIBCIFY_CLOSURE_LANDING ".cfi_startproc\nendbr32\n"
#elif defined(__aarch64__)
#define LIBCIFY_CLOSURE_LANDING ".cfi_startproc\nhint #34\n"
#elif defined(__mips__)
#define LIBCIFY_CLOSURE_LANDING ".cfi_startproc\n.set push\n.set noreorder\n"
#undef LIBCIFY_CLOSURE_END
#define LIBCIFY_CLOSURE_END ".set pop\n.cfi_endproc\n"
#else
#define LIBCIFY_CLOSURE_LANDING ".cfi_startproc\n"
#endif
#endif

// Any number of files may include this, and link-time optimization may make one of them all: hence weak, comdat and .ifndef.
#if defined(__APPLE__)
#define LIBCIFY_CLOSURE_NAME(name) "_" name
#define LIBCIFY_CLOSURE_HEAD(name) \
  ".text\n.balign 16\n.private_extern _" name "\n.globl _" name "\n.weak_definition _" name "\n"
#define LIBCIFY_CLOSURE_TAIL(name) ""
#elif defined(_WIN32)
#define LIBCIFY_CLOSURE_NAME(name) name
#define LIBCIFY_CLOSURE_HEAD(name)                                                             \
  ".section .text$" name ",\"xr\"\n.linkonce discard\n.balign 16\n.globl " name "\n.def " name \
  "\n.scl 2\n.type "                                                                           \
  "32\n.endef\n"
#define LIBCIFY_CLOSURE_TAIL(name) ".text\n"
#else
#define LIBCIFY_CLOSURE_NAME(name) name
#define LIBCIFY_CLOSURE_HEAD(name)                                                                                  \
  ".pushsection .text." name ",\"axG\",%progbits," name ",comdat\n.balign 16\n" LIBCIFY_CLOSURE_BEGIN ".weak " name \
  "\n.hidden " name "\n.type " name ",%function\n"
#define LIBCIFY_CLOSURE_TAIL(name) ".size " name ",.-" name "\n.popsection\n"
#endif
#define LIBCIFY_CLOSURE_FUNCTION(name, ...)                                                       \
  asm(".ifndef " LIBCIFY_CLOSURE_NAME(name) "\n" LIBCIFY_CLOSURE_HEAD(name) LIBCIFY_CLOSURE_NAME( \
      name) ":\n" LIBCIFY_CLOSURE_LANDING __VA_ARGS__ LIBCIFY_CLOSURE_END LIBCIFY_CLOSURE_TAIL(name) ".endif\n")

#define LIBCIFY_CLOSURE_BOTH(mode, n, call, enter)                                             \
  LIBCIFY_CLOSURE_FUNCTION(LIBCIFY_CLOSURE_STRING(libcify_closure_call_##mode##_##n), call);   \
  LIBCIFY_CLOSURE_FUNCTION(LIBCIFY_CLOSURE_STRING(libcify_closure_enter_##mode##_##n), enter); \
  extern "C" __attribute__((visibility("hidden"))) void libcify_closure_call_##mode##_##n();   \
  extern "C" __attribute__((visibility("hidden"))) void libcify_closure_enter_##mode##_##n()

// For each architecture: CALL_S and ENTER of a register. c is the context register, p the one of the closure (call) or of
// the context (enter); `from` loads context and code from *p; body is the offset of the body's address in the environment.
#if defined(__x86_64__) && !defined(__ILP32__)
#if defined(_WIN32)
// 32 bytes for the callee's registers lie below each call (x64 calling convention, "Parameter passing").
#define LIBCIFY_CLOSURE_SAVED(n, c, p)                                                  \
  ".seh_proc libcify_closure_call_register_" #n "\npush " c "\n.seh_pushreg " c         \
  "\nsub $32,%rsp\n.seh_stackalloc 32\n.seh_endprologue\nmov 8(" p ")," c "\ncall *(" p \
  ")\nadd $32,%rsp\n" LIBCIFY_CLOSURE_RESTORE("pop " c "\n", "add $8,%rsp\n") "ret\n.seh_endproc\n"
#else
#define LIBCIFY_CLOSURE_SAVED(n, c, p)                                                           \
  "push " c "\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset " c ",0\nmov 8(" p ")," c "\ncall *(" p \
  ")\n" LIBCIFY_CLOSURE_RESTORE("pop " c "\n", "add $8,%rsp\n") ".cfi_adjust_cfa_offset -8\n.cfi_restore " c "\nret\n"
#endif
#define LIBCIFY_CLOSURE_ENTER(c, p, body) "mov " c "," p "\njmp *" body "(" c ")\n"
#define LIBCIFY_CLOSURE_X86(n, p)                                                                                \
  LIBCIFY_CLOSURE_BOTH(register, n, LIBCIFY_CLOSURE_SAVED(n, "%r12", p), LIBCIFY_CLOSURE_ENTER("%r12", p, "0")); \
  LIBCIFY_CLOSURE_BOTH(llgo, n, "mov 8(" p "),%r10\njmp *(" p ")\n", LIBCIFY_CLOSURE_ENTER("%r10", p, "0"))
#define LIBCIFY_CLOSURE_X86_GC(n, p) \
  LIBCIFY_CLOSURE_BOTH(gc, n, "mov " p ",%rdx\njmp *(%rdx)\n", LIBCIFY_CLOSURE_ENTER("%rdx", p, "8"))
#if defined(_WIN32)
LIBCIFY_CLOSURE_X86(0, "%rcx");
LIBCIFY_CLOSURE_X86(1, "%rdx");
LIBCIFY_CLOSURE_X86(2, "%r8");
LIBCIFY_CLOSURE_X86(3, "%r9");
#else
LIBCIFY_CLOSURE_X86(0, "%rdi");
LIBCIFY_CLOSURE_X86(1, "%rsi");
LIBCIFY_CLOSURE_X86(2, "%rdx");
LIBCIFY_CLOSURE_X86(3, "%rcx");
LIBCIFY_CLOSURE_X86(4, "%r8");
LIBCIFY_CLOSURE_X86(5, "%r9");
#define LIBCIFY_CLOSURE_WORDS 5
LIBCIFY_CLOSURE_X86_GC(0, "%rdi");
LIBCIFY_CLOSURE_X86_GC(1, "%rsi");
LIBCIFY_CLOSURE_X86_GC(2, "%rdx");
#define LIBCIFY_CLOSURE_GC 1
#define LIBCIFY_CLOSURE_GC_WORDS 2
#endif
#define LIBCIFY_CLOSURE_REGISTER 1
#define LIBCIFY_CLOSURE_LLGO 1

#elif defined(__i386__)
#define LIBCIFY_CLOSURE_ENTER(c, body) "mov " c ",%eax\njmp *" body "(" c ")\n"
// ESI is to be restored, so the words are copied; k bytes keep the stack at 16 (i386 ABI, 2.2.2).
#define LIBCIFY_CLOSURE_SAVED(k, copies)                                                                                \
  "push %esi\n.cfi_adjust_cfa_offset 4\n.cfi_rel_offset %esi,0\nsub $" k ",%esp\n.cfi_adjust_cfa_offset " k "\n" copies \
  "mov 4(%eax),%esi\ncall *(%eax)\nadd $" k ",%esp\n.cfi_adjust_cfa_offset -" k                                         \
  "\n" LIBCIFY_CLOSURE_RESTORE("pop %esi\n", "add $4,%esp\n") ".cfi_adjust_cfa_offset -4\n.cfi_restore %esi\nret\n"
#define LIBCIFY_CLOSURE_COPY(from, to) "mov " from "(%esp),%edx\nmov %edx," to "(%esp)\n"
#define LIBCIFY_CLOSURE_X86(n, k, copies)                                                                  \
  LIBCIFY_CLOSURE_BOTH(register, n, LIBCIFY_CLOSURE_SAVED(k, copies), LIBCIFY_CLOSURE_ENTER("%esi", "0")); \
  LIBCIFY_CLOSURE_BOTH(gc, n, "mov %eax,%edx\njmp *(%edx)\n", LIBCIFY_CLOSURE_ENTER("%edx", "4"));         \
  LIBCIFY_CLOSURE_BOTH(llgo, n, "mov 4(%eax),%ecx\njmp *(%eax)\n", LIBCIFY_CLOSURE_ENTER("%ecx", "0"))
LIBCIFY_CLOSURE_X86(0, "8", "");
LIBCIFY_CLOSURE_X86(1, "8", LIBCIFY_CLOSURE_COPY("16", "0"));
LIBCIFY_CLOSURE_X86(2, "8", LIBCIFY_CLOSURE_COPY("16", "0") LIBCIFY_CLOSURE_COPY("20", "4"));
LIBCIFY_CLOSURE_X86(3, "24",
                    LIBCIFY_CLOSURE_COPY("32", "0") LIBCIFY_CLOSURE_COPY("36", "4") LIBCIFY_CLOSURE_COPY("40", "8"));
#define LIBCIFY_CLOSURE_REGISTER 1
#define LIBCIFY_CLOSURE_GC 1
#define LIBCIFY_CLOSURE_LLGO 1

#elif defined(__aarch64__) && !defined(__ILP32__)
#define LIBCIFY_CLOSURE_SAVED(c, from)                                                                        \
  "stp x29,x30,[sp,#-32]!\n.cfi_def_cfa_offset 32\n.cfi_offset x29,-32\n.cfi_offset x30,-24\nmov x29,sp\n"    \
  "str " c ",[sp,#16]\n.cfi_offset " c ",-16\n" from "blr x16\n" LIBCIFY_CLOSURE_RESTORE(                     \
      "ldr " c ",[sp,#16]\n", "") "ldp x29,x30,[sp],#32\n.cfi_restore x29\n.cfi_restore x30\n.cfi_restore " c \
                                  "\n.cfi_def_cfa_offset 0\nret\n"
#define LIBCIFY_CLOSURE_ENTER(c, p, body) "mov " p "," c "\nldr x16,[" c ",#" body "]\nbr x16\n"
// Where the platform reserves X18, LLGo takes swiftself's X20 (ssa/closure_abi.go, aarch64UsesSwiftSelf).
#if defined(__APPLE__) || defined(_WIN32) || defined(__ANDROID__)
#define LIBCIFY_CLOSURE_ARM64_LLGO(n, p) \
  LIBCIFY_CLOSURE_BOTH(llgo, n, LIBCIFY_CLOSURE_SAVED("x20", "ldp x16,x20,[" p "]\n"), LIBCIFY_CLOSURE_ENTER("x20", p, "0"))
#else
#define LIBCIFY_CLOSURE_ARM64_LLGO(n, p) \
  LIBCIFY_CLOSURE_BOTH(llgo, n, "ldp x16,x18,[" p "]\nbr x16\n", LIBCIFY_CLOSURE_ENTER("x18", p, "0"))
#endif
#define LIBCIFY_CLOSURE_ARM64(n, p)                                                             \
  LIBCIFY_CLOSURE_BOTH(register, n, LIBCIFY_CLOSURE_SAVED("x26", "ldp x16,x26,[" p "]\n"),      \
                       LIBCIFY_CLOSURE_ENTER("x26", p, "0"));                                   \
  LIBCIFY_CLOSURE_BOTH(gc, n, LIBCIFY_CLOSURE_SAVED("x26", "mov x26," p "\nldr x16,[" p "]\n"), \
                       LIBCIFY_CLOSURE_ENTER("x26", p, "8"));                                   \
  LIBCIFY_CLOSURE_ARM64_LLGO(n, p)
LIBCIFY_CLOSURE_ARM64(0, "x0");
LIBCIFY_CLOSURE_ARM64(1, "x1");
LIBCIFY_CLOSURE_ARM64(2, "x2");
LIBCIFY_CLOSURE_ARM64(3, "x3");
LIBCIFY_CLOSURE_ARM64(4, "x4");
LIBCIFY_CLOSURE_ARM64(5, "x5");
LIBCIFY_CLOSURE_ARM64(6, "x6");
LIBCIFY_CLOSURE_ARM64(7, "x7");
#define LIBCIFY_CLOSURE_WORDS 7
#define LIBCIFY_CLOSURE_REGISTER 1
#define LIBCIFY_CLOSURE_GC 1
#define LIBCIFY_CLOSURE_LLGO 1

#elif defined(__arm__)
// Three words and the closure fill R0 to R3. R12 is free between a call and its function (AAPCS32, 6.1.1).
#define LIBCIFY_CLOSURE_SAVED(c, from)       \
  "push {" c ",lr}\n.save {" c ",lr}\n" from \
  "blx r12\n" LIBCIFY_CLOSURE_RESTORE("pop {" c ",pc}\n", "add sp,sp,#4\npop {pc}\n")
#define LIBCIFY_CLOSURE_ENTER(c, p, body) "mov " p "," c "\nldr r12,[" c ",#" body "]\nbx r12\n"
#define LIBCIFY_CLOSURE_ARM(n, p)                                                                      \
  LIBCIFY_CLOSURE_BOTH(gc, n, LIBCIFY_CLOSURE_SAVED("r7", "mov r7," p "\nldr r12,[" p "]\n"),          \
                       LIBCIFY_CLOSURE_ENTER("r7", p, "4"));                                           \
  LIBCIFY_CLOSURE_BOTH(llgo, n, LIBCIFY_CLOSURE_SAVED("r10", "ldr r10,[" p ",#4]\nldr r12,[" p "]\n"), \
                       LIBCIFY_CLOSURE_ENTER("r10", p, "0"))
LIBCIFY_CLOSURE_ARM(0, "r0");
LIBCIFY_CLOSURE_ARM(1, "r1");
LIBCIFY_CLOSURE_ARM(2, "r2");
LIBCIFY_CLOSURE_ARM(3, "r3");
#define LIBCIFY_CLOSURE_GC 1
#define LIBCIFY_CLOSURE_LLGO 1

#elif defined(__riscv) && __riscv_xlen == 64
#define LIBCIFY_CLOSURE_SAVED(c, from)                                                                                   \
  "addi sp,sp,-16\n.cfi_def_cfa_offset 16\nsd ra,8(sp)\n.cfi_offset ra,-8\nsd " c ",0(sp)\n.cfi_offset " c ",-16\n" from \
  "jalr t1\n" LIBCIFY_CLOSURE_RESTORE("ld " c ",0(sp)\n", "") "ld ra,8(sp)\n.cfi_restore ra\n.cfi_restore " c            \
                                                              "\naddi sp,sp,16\n.cfi_def_cfa_offset 0\nret\n"
#define LIBCIFY_CLOSURE_ENTER(c, p, body) "mv " p "," c "\nld t1," body "(" c ")\njr t1\n"
#define LIBCIFY_CLOSURE_RISCV(n, p)                                                                    \
  LIBCIFY_CLOSURE_BOTH(register, n, LIBCIFY_CLOSURE_SAVED("s11", "ld s11,8(" p ")\nld t1,0(" p ")\n"), \
                       LIBCIFY_CLOSURE_ENTER("s11", p, "0"));                                          \
  LIBCIFY_CLOSURE_BOTH(gc, n, LIBCIFY_CLOSURE_SAVED("s10", "mv s10," p "\nld t1,0(" p ")\n"),          \
                       LIBCIFY_CLOSURE_ENTER("s10", p, "8"));                                          \
  LIBCIFY_CLOSURE_BOTH(llgo, n, "ld t2,8(" p ")\nld t1,0(" p ")\njr t1\n", LIBCIFY_CLOSURE_ENTER("t2", p, "0"))
LIBCIFY_CLOSURE_RISCV(0, "a0");
LIBCIFY_CLOSURE_RISCV(1, "a1");
LIBCIFY_CLOSURE_RISCV(2, "a2");
LIBCIFY_CLOSURE_RISCV(3, "a3");
LIBCIFY_CLOSURE_RISCV(4, "a4");
LIBCIFY_CLOSURE_RISCV(5, "a5");
LIBCIFY_CLOSURE_RISCV(6, "a6");
LIBCIFY_CLOSURE_RISCV(7, "a7");
#define LIBCIFY_CLOSURE_WORDS 7
#define LIBCIFY_CLOSURE_REGISTER 1
#define LIBCIFY_CLOSURE_GC 1
#define LIBCIFY_CLOSURE_LLGO 1

#elif defined(__powerpc64__) && _CALL_ELF == 2
// The code may be of another module and set R2, the TOC, which a caller of this one does not expect: a call, not a jump, and
// R2 is kept where the ABI has its place (2.3.4, 24(R1)). A function called by its address finds this in R12.
#define LIBCIFY_CLOSURE_POWER(n, p)                                                                                   \
  LIBCIFY_CLOSURE_BOTH(gc, n,                                                                                         \
                       "mflr 0\nstd 0,16(1)\nstdu 1,-32(1)\n.cfi_def_cfa_offset 32\n.cfi_offset 65,16\nstd 2,24(1)\n" \
                       "mr 11," p                                                                                     \
                       "\nld 12,0(11)\nmtctr 12\nbctrl\nld 2,24(1)\naddi 1,1,32\n.cfi_def_cfa_offset 0\n"             \
                       "ld 0,16(1)\nmtlr 0\n.cfi_restore 65\nblr\n",                                                  \
                       "mr " p ",11\nld 12,8(11)\nmtctr 12\nbctr\n")
LIBCIFY_CLOSURE_POWER(0, "3");
LIBCIFY_CLOSURE_POWER(1, "4");
LIBCIFY_CLOSURE_POWER(2, "5");
LIBCIFY_CLOSURE_POWER(3, "6");
LIBCIFY_CLOSURE_POWER(4, "7");
LIBCIFY_CLOSURE_POWER(5, "8");
LIBCIFY_CLOSURE_POWER(6, "9");
LIBCIFY_CLOSURE_POWER(7, "10");
#define LIBCIFY_CLOSURE_WORDS 7
#define LIBCIFY_CLOSURE_GC 1

#elif defined(__s390x__)
// Three words: R6, the fifth argument, is the callee's to keep, and an entry that sets it could not. R12 to R15 have their
// places in the caller's frame (1.2.2.1, register save area); the CFA is 160 above the stack pointer.
#define LIBCIFY_CLOSURE_S390(n, p) \
  LIBCIFY_CLOSURE_BOTH(gc, n,                                                                                          \
                       "stmg %r12,%r15,96(%r15)\n.cfi_offset %r12,-64\n.cfi_offset %r14,-48\n.cfi_offset %r15,-40\n"    \
                       "aghi %r15,-160\n.cfi_def_cfa_offset 320\nlgr %r12," p "\nlg %r1,0(" p ")\nbasr %r14,%r1\n"      \
                       LIBCIFY_CLOSURE_RESTORE("lmg %r12,%r15,256(%r15)\n", "lmg %r14,%r15,272(%r15)\n")               \
                       ".cfi_def_cfa_offset 160\n.cfi_restore %r12\n.cfi_restore %r14\n.cfi_restore %r15\nbr %r14\n",   \
                       "lgr " p ",%r12\nlg %r1,8(%r12)\nbr %r1\n")
LIBCIFY_CLOSURE_S390(0, "%r2");
LIBCIFY_CLOSURE_S390(1, "%r3");
LIBCIFY_CLOSURE_S390(2, "%r4");
LIBCIFY_CLOSURE_S390(3, "%r5");
#define LIBCIFY_CLOSURE_GC 1

#elif defined(__mips__) || (defined(__loongarch__) && __loongarch_grlen == 64)
// mips: a function finds its own address in $25, the first 16 bytes of a frame are its callee's (o32); GP is the caller's or
// kept by the callee. Each jump and the instruction behind it change places.
#if defined(__loongarch__)
#define LIBCIFY_CLOSURE_SAVED(p)                                                                                        \
  "addi.d $sp,$sp,-16\n.cfi_def_cfa_offset 16\nst.d $ra,$sp,8\n.cfi_offset 1,-8\nst.d $r29,$sp,0\n.cfi_offset 29,-16\n" \
  "move $r29," p "\nld.d $t0," p ",0\njirl $ra,$t0,0\n" LIBCIFY_CLOSURE_RESTORE(                                        \
      "ld.d $r29,$sp,0\n",                                                                                              \
      "") "ld.d $ra,$sp,8\naddi.d $sp,$sp,16\n.cfi_restore 1\n.cfi_restore 29\n.cfi_def_cfa_offset 0\njirl $zero,$ra,0\n"
#define LIBCIFY_CLOSURE_ENTER(p) "move " p ",$r29\nld.d $t0,$r29,8\njirl $zero,$t0,0\n"
#else
#if _MIPS_SIM == _ABIO32
#define LIBCIFY_CLOSURE_ADD "addiu"
#define LIBCIFY_CLOSURE_STORE "sw"
#define LIBCIFY_CLOSURE_LOAD "lw"
#define LIBCIFY_CLOSURE_BODY "4"
#else
#define LIBCIFY_CLOSURE_ADD "daddiu"
#define LIBCIFY_CLOSURE_STORE "sd"
#define LIBCIFY_CLOSURE_LOAD "ld"
#define LIBCIFY_CLOSURE_BODY "8"
#endif
#define LIBCIFY_CLOSURE_SAVED(p)                                                                            \
  LIBCIFY_CLOSURE_ADD " $29,$29,-32\n.cfi_def_cfa_offset 32\n" LIBCIFY_CLOSURE_STORE                        \
                      " $31,24($29)\n.cfi_offset 31,-8\n" LIBCIFY_CLOSURE_STORE                             \
                      " $22,16($29)\n.cfi_offset 22,-16\nmove $22," p "\n" LIBCIFY_CLOSURE_LOAD " $25,0(" p \
                      ")\n"                                                                                 \
                      "jalr $25\nnop\n" LIBCIFY_CLOSURE_RESTORE(LIBCIFY_CLOSURE_LOAD " $22,16($29)\n", "")  \
                          LIBCIFY_CLOSURE_LOAD                                                              \
      " $31,24($29)\n.cfi_restore 31\n.cfi_restore 22\njr $31\n" LIBCIFY_CLOSURE_ADD " $29,$29,32\n"
#define LIBCIFY_CLOSURE_ENTER(p) "move " p ",$22\n" LIBCIFY_CLOSURE_LOAD " $25," LIBCIFY_CLOSURE_BODY "($22)\njr $25\nnop\n"
#endif
#define LIBCIFY_CLOSURE_S6(n, p) LIBCIFY_CLOSURE_BOTH(gc, n, LIBCIFY_CLOSURE_SAVED(p), LIBCIFY_CLOSURE_ENTER(p))
#if defined(__loongarch__)
LIBCIFY_CLOSURE_S6(0, "$a0");
LIBCIFY_CLOSURE_S6(1, "$a1");
LIBCIFY_CLOSURE_S6(2, "$a2");
LIBCIFY_CLOSURE_S6(3, "$a3");
LIBCIFY_CLOSURE_S6(4, "$a4");
LIBCIFY_CLOSURE_S6(5, "$a5");
LIBCIFY_CLOSURE_S6(6, "$a6");
LIBCIFY_CLOSURE_S6(7, "$a7");
#define LIBCIFY_CLOSURE_WORDS 7
#else
LIBCIFY_CLOSURE_S6(0, "$4");
LIBCIFY_CLOSURE_S6(1, "$5");
LIBCIFY_CLOSURE_S6(2, "$6");
LIBCIFY_CLOSURE_S6(3, "$7");
#if _MIPS_SIM != _ABIO32
LIBCIFY_CLOSURE_S6(4, "$8");
LIBCIFY_CLOSURE_S6(5, "$9");
LIBCIFY_CLOSURE_S6(6, "$10");
LIBCIFY_CLOSURE_S6(7, "$11");
#define LIBCIFY_CLOSURE_WORDS 7
#endif
#endif
#define LIBCIFY_CLOSURE_GC 1
#endif
#endif  // what it is written for

#ifndef LIBCIFY_CLOSURE_REGISTER
#define LIBCIFY_CLOSURE_REGISTER 0
#endif
#ifndef LIBCIFY_CLOSURE_GC
#define LIBCIFY_CLOSURE_GC 0
#endif
// Where floating point has registers of its own, which leave the words theirs: as many as all of these ABIs have.
#if (defined(__x86_64__) && !defined(_WIN32)) || defined(__aarch64__) || defined(__s390x__) || \
    defined(__riscv_float_abi_double) || defined(__ARM_PCS_VFP) || defined(__loongarch_double_float)
#define LIBCIFY_CLOSURE_FLOATS 4
#else
#define LIBCIFY_CLOSURE_FLOATS 0
#endif
// Where a structure of two words comes back in registers, so that its place is no argument.
#if (defined(__x86_64__) && !defined(_WIN32)) || defined(__aarch64__) || (defined(__riscv) && __riscv_xlen == 64) || \
    defined(__loongarch__)
#define LIBCIFY_CLOSURE_RESULT 16
#else
#define LIBCIFY_CLOSURE_RESULT 0
#endif
#ifndef LIBCIFY_CLOSURE_WORDS
#define LIBCIFY_CLOSURE_WORDS 3
#endif
#ifndef LIBCIFY_CLOSURE_GC_WORDS
#define LIBCIFY_CLOSURE_GC_WORDS LIBCIFY_CLOSURE_WORDS
#endif
#ifndef LIBCIFY_CLOSURE_LLGO
#define LIBCIFY_CLOSURE_LLGO 0
#endif
