package cgo

// The table of libc functions is C++ so that its compiler checks every row, but it needs nothing of the C++ library. The Go
// command links with the C++ driver where a package holds C++, and that names libstdc++ and libm: leave out what is not used.

// On amd64 no C++ stands between libc and the assembly. On 386 it does, and where the internal linker has dropped .eh_frame,
// gdb walks through it by frame pointers only. On arm tables for exceptions would ask for libgcc_s, which stock does not need.

// #cgo LDFLAGS: -Wl,--as-needed
// #cgo 386 CXXFLAGS: -fno-omit-frame-pointer
// #cgo arm CXXFLAGS: -fno-exceptions
import "C"
