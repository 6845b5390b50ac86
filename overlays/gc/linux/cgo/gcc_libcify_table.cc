// The table of libc functions by system-call number, made by libcify from the bindings of this target (bindings.json says
// of each row how and why). The hand-written headers it rests on are spliced in below, because the Go command hands only
// files of the package's own folder to the C++ compiler.
#include "libcify/entry.h"

// libcify:insert includes

#include "libcify/adapters.h"
#include "libcify/table.h"
#if defined(__x86_64__)
#include <pthread.h>
static_assert(PTHREAD_CANCEL_DISABLE == 1, "libcify: gcc_libcify_linux_amd64.S has another CANCEL_DISABLE");
#else
#include "libcify/by_frame.h"
#endif

// Tells from a built program what made it: `libcify version FILE`.
static const char libcify_identity[] =
    // libcify:insert identity
    ;

LIBCIFY_TABLE_BEGIN
asm volatile("" : : "r"(libcify_identity));  // used, so that no linker drops it
// libcify:insert rows
LIBCIFY_TABLE_END

// Its name is a message, for the linker of a program without it: see the Go half, which never gets here.
LIBCIFY_HIDDEN void libcify_needs_a_program_that_imports_package_syscall();
void libcify_needs_a_program_that_imports_package_syscall() { __builtin_trap(); }

// What the runtime's time functions call on g0's stack in the place of the vdso's function: the same contract, 0 or -errno,
// and a time of words. Go's signal handler asks for the time too, maybe in the middle of C code: errno survives because
// neither glibc nor musl touches it when a clock is read, and the runtime reads none that cannot be. (To look it up and put
// it back costs as much as all else that lies between time.Now and the vdso.)
#if defined(__powerpc64__) || defined(__s390x__) || defined(__riscv)
// There Go's time functions leave C no room to keep its registers, or align the stack to less than C wants:
// gcc_libcify_linux_{ppc64x,s390x,riscv64}.S stand between.
#define libcify_clock_gettime libcify_clock_gettime_framed
#endif
LIBCIFY_HIDDEN long libcify_clock_gettime(clockid_t clock, libcify::adapters::WordTime* now);
long libcify_clock_gettime(clockid_t clock, libcify::adapters::WordTime* now) {
  return __builtin_expect(LIBCIFY_WORD_TIME(clock_gettime)(clock, now) == 0, 1) ? 0 : libcify_errno_neg();
}
