// Calls whose libc function differs from the kernel's call: each adapter gets the machine words of the call and answers as the
// kernel does. bindings.json says of each why.
#include "libcify/entry.h"

#include "libcify/adapters.h"

// Tells from a built program what made it: `libcify version FILE`.
extern "C" const char libcify_identity[];
__attribute__((used)) const char libcify_identity[] =
    // libcify:insert identity
    ;

#define LIBCIFY_CALL(name)                       \
  extern "C" long libcify_##name(LIBCIFY_PARAMETERS); \
  long libcify_##name(LIBCIFY_PARAMETERS) { return libcify::adapters::name(LIBCIFY_WORDS); }

// libcify:insert rows
