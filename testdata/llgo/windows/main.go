// How answers of Windows' functions become Go's (overlays/llgo/windows/calls.go), on any system: GetLastError is ours here.
package main

import (
	"fmt"
	"os"
	"unsafe"
)

var last uint32 = 5

func libcify_GetLastError() uint32  { return last }
func libcify_SetLastError(n uint32) { last = n }

var failed bool

func expect(what string, got [3]uintptr, want ...uintptr) {
	for i := range want {
		if got[i] != want[i] {
			fmt.Printf("%s: got %#x, want %#x\n", what, got, want)
			failed = true
			return
		}
	}
}

func three(r1, r2, errno uintptr) [3]uintptr { return [3]uintptr{r1, r2, errno} }

// What a function that sets the error number gives.
func setting[T any](r T, n uint32) T {
	last = n
	return r
}

func main() {
	const word = ^uintptr(0)
	half := uintptr(^uint32(0))
	expect("SOCKET_ERROR is compared as a word", three(libcifyMinusOne(int32(-1))), half, 0, 5)
	expect("WAIT_FAILED", three(libcifyMinusOne(^uint32(0))), half, 0, 5)
	expect("INVALID_HANDLE_VALUE", three(libcifyMinusOne(uintptr(unsafe.Pointer(word)))), word, 0, 5)
	expect("half of a handle is no error", three(libcifyMinusOne(half)), half, 0, 0)
	expect("a negative int is not extended", three(libcifyMinusOne(int32(-2))), half-1, 0, 0)
	expect("FALSE", three(libcifyZero(int32(0))), 0, 0, 5)
	expect("TRUE", three(libcifyZero(int32(1))), 1, 0, 0)
	expect("a BOOLEAN", three(libcifyZero(uint8(0))), 0, 0, 5)
	expect("NULL", three(libcifyZero(uintptr(unsafe.Pointer(nil)))), 0, 0, 5)
	expect("not 0", three(libcifyNonzero(uintptr(7))), 7, 0, 5)
	expect("an error number", three(libcifyReturned(int32(2))), 2, 0, 2)
	expect("no error number", three(libcifyReturned(uint32(0))), 0, 0, 0)
	expect("a status", three(libcifyStatus(-0x3fffffff)), 0xc0000001, 0, 0xc0000001)
	expect("a status that is no error", three(libcifyStatus(0x103)), 0x103, 0, 0)
	expect("a short", three(libcifyValue(int16(-1))), 0xffff, 0, 0)
	expect("told with success", three(libcifyTold(libcifyCleared(), setting(int32(1), 183))), 1, 0, 183)
	expect("nothing to tell", three(libcifyTold(libcifyCleared(), int32(1))), 1, 0, 0)
	expect("-1 that is a value", three(libcifyMinusOneValue(libcifyCleared(), int32(-1))), half, 0, 0)
	if failed {
		os.Exit(1)
	}
	fmt.Println("all good")
}
