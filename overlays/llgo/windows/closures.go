// Functions of Windows call back a Go closure (NewCallback).

package syscall

import "unsafe"

//go:linkname libcify_new_callback C.libcify_new_callback
func libcify_new_callback(code, context unsafe.Pointer) uintptr

// A function of C that runs fn, as Go's runtime makes it: for ever, and the same for the same closure. What Go refuses, arguments
// that are no words, is not looked for: they arrive as C passes them.
func libcifyCompileCallback(fn any) uintptr {
	c := libcifyClosureOf(fn)
	function := libcify_new_callback(c.code, c.context)
	if function == 0 {
		panic("syscall: no more callbacks")
	}
	return function
}
