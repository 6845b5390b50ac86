// Closures of the ordinary Go compiler that C++ calls, and closures that C++ made and Go calls: the eight scenarios of LLGo's
// closure-context document. Prints a line for what is wrong, then "N of M good".
package main

// #cgo CXXFLAGS: -std=c++17 -Wall -Wextra -Werror -fno-exceptions -fno-rtti
// #include "shim.h"
import "C"

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"unsafe"

	"libcify.test/closures/entry"
)

// word is the pointer that a func value is.
func word[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// funcOf is the func value of type F that a word from C++ is.
func funcOf[F any](funcval C.uintptr_t) F { return *(*F)(unsafe.Pointer(&funcval)) }

// lend keeps a func value where it is while C++ has it: a closure that does not leave its function lies on the stack, which moves.
func lend[F any](f F, use func(C.uintptr_t)) {
	var pinner runtime.Pinner
	defer pinner.Unpin()
	pinner.Pin(*(*unsafe.Pointer)(unsafe.Pointer(&f)))
	use(C.uintptr_t(word(f)))
}

//export goCall
func goCall(funcval C.uintptr_t, x C.long) C.long {
	return C.long(funcOf[func(int) int](funcval)(int(x)))
}

var lent runtime.Pinner

//export goCallForFunc
func goCallForFunc(funcval C.uintptr_t, x C.long) C.uintptr_t {
	inner := funcOf[func(int) func(int) int](funcval)(int(x))
	lent.Pin(*(*unsafe.Pointer)(unsafe.Pointer(&inner)))
	return C.uintptr_t(word(inner))
}

var good, all int

func check(what string, got, want int) {
	all++
	if got == want {
		good++
	} else {
		fmt.Printf("%s: got %d, want %d\n", what, got, want)
	}
}

// between is what must not lose a context: a collection, a stack that grows and moves, and another closure.
func between() int {
	runtime.GC()
	y := 1
	return func() int { return deep(200) - 200 + y - 1 }()
}

//go:noinline
func deep(n int) int {
	var space [512]byte
	if n == 0 {
		return int(space[0])
	}
	return deep(n-1) + 1 + int(space[n])
}

type object struct{ v int }

func (o *object) Add(x int) int { return between() + o.v + x }

type adder interface{ Add(int) int }

func global(x int) int { return between() + x + 50 }

func apply(f func(int) int, x int) int { return between() + f(x) }

// call has C++ call a closure, from this thread and from one of its own, and compares its code with what reflect says.
func call(what string, f func(int) int, x, want int) {
	lend(f, func(funcval C.uintptr_t) {
		check("C++ calls a "+what, int(C.ShimCall(funcval, C.long(x))), want)
		check("C++'s thread calls a "+what, int(C.ShimCallInThread(funcval, C.long(x))), want)
		check("code of a "+what, int(C.ShimCode(funcval)), int(reflect.ValueOf(f).Pointer()))
	})
}

func goClosures() {
	x := len(os.Args)*0 + 40
	call("closure with a free variable", func(y int) int { return between() + x + y }, 2, 42)
	o := &object{10}
	bound := o.Add
	o.v = 20
	call("method value", bound, 5, 25)
	var a adder = &object{30}
	call("method value of an interface", a.Add, 6, 36)
	call("global function", global, 5, 55)
	trace := 0
	call("closure with defers", func(y int) int {
		x, trace = 40, 0
		func() {
			defer func() { trace = trace*10 + x }()
			defer func(z int) { trace = trace*10 + z }(x - 39)
			x = 2 + between()
		}()
		return trace + y
	}, 100, 112)
	call("closure that starts a goroutine", func(y int) int {
		done := make(chan int)
		go func() { done <- between() + x + y }()
		return <-done
	}, 9, 11)
	x = 1
	nested := func(y int) func(int) int { return func(z int) int { return between() + x*100 + y*10 + z } }
	lend(nested, func(funcval C.uintptr_t) {
		check("C++ calls nested closures", int(C.ShimCallNested(funcval, 2, 3)), 123)
	})
	lent.Unpin()
	call("closure that takes one", func(y int) int { return apply(func(z int) int { return z + x }, y) }, 6, 7)
}

func cxxClosures() {
	entry.Body = func(funcval unsafe.Pointer, word uintptr) uintptr {
		return uintptr(C.ShimBody(C.uintptr_t(uintptr(funcval)), C.uintptr_t(word))) + uintptr(between())
	}
	funcval := C.ShimMake(C.uintptr_t(entry.Address()), 60)
	f, plain := funcOf[func(int) int](funcval), funcOf[func()](funcval)
	check("Go calls a closure of C++", f(6), 66)
	check("as a parameter", apply(f, 7), 67)
	check("from a closure of Go", func(y int) int { return f(y) + y }(1), 62)
	func() {
		defer plain()
		defer f(0)
	}()
	check("its defers", int(C.ShimCalls(funcval)), 5)
	done := make(chan int)
	for i := 0; i < 8; i++ {
		go func() { done <- f(i) }()
	}
	sum := 0
	for i := 0; i < 8; i++ {
		sum += <-done
	}
	check("in goroutines", sum, 8*60+28)
	call("closure of C++", f, 8, 68)
	check("all calls arrived", int(C.ShimCalls(funcval)), 15)
	C.ShimFree(funcval)
}

func main() {
	goClosures()
	cxxClosures()
	fmt.Printf("%d of %d good\n", good, all)
	if good != all {
		os.Exit(1)
	}
}
