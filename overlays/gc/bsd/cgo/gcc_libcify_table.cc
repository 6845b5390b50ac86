// The table of libc functions by system-call number, made by libcify from the bindings of this target (bindings.json says
// of each row how and why). The hand-written headers it rests on are spliced in below, because the Go command hands only
// files of the package's own folder to the C++ compiler.
#include "libcify/entry.h"
//
#include <sys/param.h>
// libcify:insert includes

#if defined(__FreeBSD__)
// FreeBSD tells the versions of a function apart by the symbol's, which C source cannot name.
static_assert(__FreeBSD_version >= 1200000, "libcify: before FreeBSD 12 stat, kevent and others are those of other numbers");
#endif

#include "libcify/adapters_bsd.h"
#include "libcify/by_frame.h"
#include "libcify/table.h"

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
