// What the bridge needs of package runtime. The assembly is in zlibcify_linux_GOARCH.s, the C half in runtime/cgo.

package runtime

import "unsafe"

// Where the vdso rows of the runtime's table point instead of the variables that its functions test, so that nothing calls
// the vdso past libc.
var libcifyVDSOSink uintptr

// libc's clock_gettime, in the form of the vdso's: 0 or -errno (gcc_libcify_table.cc in runtime/cgo). The variable that the
// time functions test starts with this instead of 0. Package initialisation sets it; until then, and on ports without such
// a variable, they make a system call like any other.

//go:cgo_import_static libcify_clock_gettime
//go:linkname libcify_clock_gettime libcify_clock_gettime
var libcify_clock_gettime byte

var libcifyClockGettime = uintptr(unsafe.Pointer(&libcify_clock_gettime))

// The C half sets m.vdsoPC right behind m.vdsoSP. A tree that lays them out otherwise does not compile.
const _ = -(unsafe.Offsetof(m{}.vdsoPC) - unsafe.Offsetof(m{}.vdsoSP) - unsafe.Sizeof(uintptr(0)))

// Assembly of other packages may call these: a push linkname.

//go:linkname libcify_enter
func libcify_enter()

//go:linkname libcify_enter_full
func libcify_enter_full()

//go:linkname libcify_vfork
func libcify_vfork()

// The C half. Package syscall imports runtime/cgo, which holds it.

//go:cgo_import_static libcify_call
//go:cgo_import_static libcify_call_full
//go:cgo_import_static libcify_call_vfork
//go:cgo_import_static libcify_needs_a_program_that_imports_package_syscall

// The ends of the C half.

//go:cgo_import_static libcify_text
//go:linkname libcify_text libcify_text
var libcify_text byte

//go:cgo_import_static libcify_etext
//go:linkname libcify_etext libcify_etext
var libcify_etext byte

// libcifyInBridge reports whether pc lies in the C half, which the internal linker puts among Go's functions.
//
//go:nosplit
func libcifyInBridge(pc uintptr) bool {
	return uintptr(unsafe.Pointer(&libcify_text)) <= pc && pc < uintptr(unsafe.Pointer(&libcify_etext))
}
