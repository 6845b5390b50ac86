//go:build llgo

package main

import (
	"reflect"
	"syscall"
	"unsafe"
)

// The second word of a func value.
func context(f func() int) uintptr { return (*[2]uintptr)(unsafe.Pointer(&f))[1] }

// LLGo's own answer.
//
//go:linkname intrinsic llgo.funcPCABI0
func intrinsic(f any) uintptr

//go:linkname call llgo.syscall
func call(fn, a1, a2, a3 uintptr) (r1, r2, err uintptr)

// Trampolines as Go's trees have them; the directives stand for an assembly file.
//
//go:linkname libc_getppid_trampoline libc_getppid_trampoline
func libc_getppid_trampoline()

//go:linkname getuid_trampoline getuid_trampoline
func getuid_trampoline()

//go:linkname pthread_self_trampoline pthread_self_trampoline
func pthread_self_trampoline()

// A function of C by its address, and by its type, in one package.
//
//go:linkname libcify_t_getppid C.getppid
func libcify_t_getppid()

//go:linkname libcify_c_getppid C.getppid
func libcify_c_getppid() int32

//go:linkname libcify_c_pthread_self C.pthread_self
func libcify_c_pthread_self() uintptr

func calling(pc uintptr) int {
	r, _, _ := call(pc, 0, 0, 0)
	return int(int32(r))
}

func compilers() {
	must("libc_X_trampoline is X", calling(intrinsic(libc_getppid_trampoline)) == syscall.Getppid())
	must("X_trampoline is X", calling(intrinsic(getuid_trampoline)) == syscall.Getuid())
	self, _, _ := call(intrinsic(pthread_self_trampoline), 0, 0, 0)
	must("pthread_X_trampoline is pthread_X", self == libcify_c_pthread_self())

	must("a function of C by its address", calling(intrinsic(libcify_t_getppid)) == int(libcify_c_getppid()))
	must("the same without the intrinsic", libcifyFuncPC(libcify_t_getppid) == intrinsic(libcify_t_getppid))
	must("and its trampoline", intrinsic(libc_getppid_trampoline) == intrinsic(libcify_t_getppid))

	must("a function", intrinsic(plain) == reflect.ValueOf(plain).Pointer())
	x := 1
	closure := func() int { x++; return x }
	must("a closure", intrinsic(any(closure)) == reflect.ValueOf(closure).Pointer())
	c := &counter{1}
	method := c.next
	must("a method value", intrinsic(any(method)) == reflect.ValueOf(method).Pointer())
	var hidden any = adder(1)
	if len(syscall.Environ()) == 0 {
		hidden = plain
	}
	must("a value that only the program knows", intrinsic(hidden) == reflect.ValueOf(hidden).Pointer())
}
