// Package entry has the code of closures that C++ made for the ordinary Go compiler.
//
// A func value of that compiler points to {code, captured…}, and its calls have the pointer in the context register: code has
// to be Go code, on a goroutine's stack, that the runtime knows. One entry serves all: it hands the context and a word to Body.
// (Assembly and cgo cannot be in one package.)
package entry

import "unsafe"

// Body runs the C++ part of a closure. Set by the package that uses cgo.
var Body func(funcval unsafe.Pointer, word uintptr) uintptr

// code is the entry of every func value of type func(int) int or func(). It is called by no name.
func code()

// Address gives the address of code itself, not of a wrapper for another calling convention.
func Address() uintptr

// body is called by code.
func body(funcval unsafe.Pointer, word uintptr) uintptr { return Body(funcval, word) }
