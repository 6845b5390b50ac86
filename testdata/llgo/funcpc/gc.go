//go:build !llgo

package main

import "unsafe"

// The pointer that a func value is (cmd/compile/abi-internal.md, "Closures").
func context(f func() int) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// The ordinary compiler has no functions of C.
func compilers() {}
