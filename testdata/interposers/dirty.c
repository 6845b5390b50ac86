// LD_PRELOAD library for amd64: every function of calls.h leaves in all registers that C may lose (System V ABI, 3.2.1) what
// nobody expects there. A bridge that takes such a register for kept is seen at once.
#define WRAP(name, arguments)
#define AFTER(failed) spoil();

static inline void spoil(void);
#include "calls.h"

// Inline: no call may follow one that returns twice (syscall with CLONE_VFORK).
__attribute__((always_inline)) static inline void spoil(void) {
  __asm__ volatile(
      "mov $0x5a5a5a5a5a5a5a5a, %%rcx\n mov %%rcx, %%rdx\n mov %%rcx, %%rsi\n mov %%rcx, %%rdi\n"
      "mov %%rcx, %%r8\n mov %%rcx, %%r9\n mov %%rcx, %%r10\n mov %%rcx, %%r11\n"
      "movq %%rcx, %%xmm0\n punpcklqdq %%xmm0, %%xmm0\n"
      "movdqa %%xmm0, %%xmm1\n movdqa %%xmm0, %%xmm2\n movdqa %%xmm0, %%xmm3\n movdqa %%xmm0, %%xmm4\n movdqa %%xmm0, "
      "%%xmm5\n"
      "movdqa %%xmm0, %%xmm6\n movdqa %%xmm0, %%xmm7\n movdqa %%xmm0, %%xmm8\n movdqa %%xmm0, %%xmm9\n"
      "movdqa %%xmm0, %%xmm10\n movdqa %%xmm0, %%xmm11\n movdqa %%xmm0, %%xmm12\n movdqa %%xmm0, %%xmm13\n"
      "movdqa %%xmm0, %%xmm14\n movdqa %%xmm0, %%xmm15\n"
      :
      :
      : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
        "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "memory");
}

CALLS(WRAPPER)

__attribute__((constructor)) static void start(void) { look_up_all(); }
