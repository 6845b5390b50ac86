// Threads and signal handlers of C that run a Go closure. As a pointer of a C function a closure loses its context; these keep it
// (libcify/callbacks.h says for how long).

package syscall

import "unsafe"

//go:linkname libcify_start_thread C.libcify_start_thread
func libcify_start_thread(code, context unsafe.Pointer) int32

//go:linkname libcify_handle_signal C.libcify_handle_signal
func libcify_handle_signal(signal int32, code, context unsafe.Pointer) int32

// libcifyStartThread runs f in a thread of its own, which nobody joins (pthread_create(3)).
func libcifyStartThread(f func()) Errno {
	c := libcifyClosureOf(f)
	return Errno(libcify_start_thread(c.code, c.context))
}

// libcifyHandleSignal has f called for a signal, with what SA_SIGINFO gives (sigaction(2)); without f the system does what it
// does by default. A handler may come at any instruction: f must not allocate or wait.
func libcifyHandleSignal(signal Signal, f func(signal int32, info, context unsafe.Pointer)) Errno {
	if f == nil {
		return Errno(libcify_handle_signal(int32(signal), nil, nil))
	}
	c := libcifyClosureOf(f)
	return Errno(libcify_handle_signal(int32(signal), c.code, c.context))
}
