// What the bridge needs of package runtime. The assembly is in zlibcify_GOOS_GOARCH.s, the C half in runtime/cgo.

package runtime

import "unsafe"

// The C half sets m.vdsoPC right behind m.vdsoSP. A tree that lays them out otherwise does not compile.
const _ = -(unsafe.Offsetof(m{}.vdsoPC) - unsafe.Offsetof(m{}.vdsoSP) - unsafe.Sizeof(uintptr(0)))

// Assembly of other packages may call it: a push linkname.

//go:linkname libcify_enter
func libcify_enter()

// The C half. Package syscall imports runtime/cgo, which holds it.

//go:cgo_import_static libcify_call
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
