// Shims of the DLL procedures that Go's standard library calls on this target, made by libcify from its bindings
// (bindings.json says of each how and why). extern "C", machine words in, result and GetLastError() out.
#pragma GCC diagnostic ignored "-Wunused-const-variable"  // entry.h counts the entries of a table, which shims do without
#include "libcify/shape.h"
//
#include "libcify/windows.h"

// libcify:insert includes

#include "libcify/library.h"

// Tells what made this file.
[[maybe_unused]] static const char libcify_identity[] =
    // libcify:insert identity
    ;

// libcify:insert rows
