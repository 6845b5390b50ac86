package cgo

// The table of libc functions is C++ so that its compiler checks every row, but it needs nothing of the C++ library. The Go
// command links with the C++ driver where a package holds C++, and that names libstdc++ and libm: leave out what is not used.

// #cgo LDFLAGS: -Wl,--as-needed
import "C"
