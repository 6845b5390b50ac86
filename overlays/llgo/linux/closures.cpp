// C's callers of Go closures: the start of a thread and the handler of a signal (closures.go says what they are for).
#include "libcify/callbacks.h"

namespace {
// libcify:insert closure-mode
}  // namespace

// Each answers 0 or an error number.
extern "C" int libcify_start_thread(void* code, void* context);
extern "C" int libcify_handle_signal(int signal, void* code, void* context);

int libcify_start_thread(void* code, void* context) { return libcify::callbacks::StartThread<ClosureMode>(code, context); }
int libcify_handle_signal(int signal, void* code, void* context) {
  return libcify::callbacks::HandleSignal<ClosureMode>(signal, code, context);
}
