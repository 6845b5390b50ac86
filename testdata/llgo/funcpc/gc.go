//go:build !llgo

package main

// The ordinary compiler has no functions of C.
func compilers() {}
