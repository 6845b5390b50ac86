// Pointers of C functions for what Windows calls back (closures.go).
#include "libcify/new_callback.h"

namespace {
// libcify:insert closure-mode
}  // namespace

// Null where there are no more.
extern "C" void* libcify_new_callback(void* code, void* context);
void* libcify_new_callback(void* code, void* context) { return libcify::callbacks::NewCallback<ClosureMode>(code, context); }
