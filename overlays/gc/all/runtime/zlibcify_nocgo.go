//go:build !cgo

package runtime

// This tree was rewritten by libcify: its system calls go through libc, so programs need cgo. The next line is meant not to
// compile: build with CGO_ENABLED=1 and a C++ compiler (CXX), or without libcify's overlay.
var _ = libcify_needs_CGO_ENABLED_1_and_a_C_compiler
