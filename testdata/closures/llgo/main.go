// Closures of LLGo that C++ calls, and closures that C++ made and Go calls: the eight scenarios of LLGo's closure-context document.
// Prints a line for what is wrong, then "N of M good".
package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"unsafe"
)

const (
	LLGoFiles = "cxx/shim.cpp"
)

// pair is a func value.
type pair struct{ code, env unsafe.Pointer }

func pairOf[F any](f F) pair { return *(*pair)(unsafe.Pointer(&f)) }
func funcOf[F any](p pair) F { return *(*F)(unsafe.Pointer(&p)) }

//go:linkname shimCode C.ShimCode
func shimCode(code, env unsafe.Pointer) unsafe.Pointer

//go:linkname shimCall C.ShimCall
func shimCall(code, env unsafe.Pointer, x int) int

//go:linkname shimCallBuiltin C.ShimCallBuiltin
func shimCallBuiltin(code, env unsafe.Pointer, x int) int

//go:linkname shimSort C.ShimSort
func shimSort(code, env unsafe.Pointer, numbers *int, count uintptr) int32

//go:linkname shimMake C.ShimMake
func shimMake(captured int, made *pair)

//go:linkname shimCalls C.ShimCalls
func shimCalls(code, env unsafe.Pointer) int

//go:linkname shimFree C.ShimFree
func shimFree(code, env unsafe.Pointer)

var good, all int

func check(what string, got, want int) {
	all++
	if got == want {
		good++
	} else {
		fmt.Printf("%s: got %d, want %d\n", what, got, want)
	}
}

// between is what must not lose a context: a collection, deep calls, and another closure.
func between() int {
	runtime.GC()
	y := len(os.Args)
	return func() int { return deep(50) - 50 + y - len(os.Args) }()
}

//go:noinline
func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

type object struct{ v int }

func (o *object) Add(x int) int { return between() + o.v + x }

type adder interface{ Add(int) int }

func global(x int) int { return between() + x + 50 }

//go:noinline
func apply(f func(int) int, x int) int { return between() + f(x) }

// call has C++ call a closure in both ways, and compares its code with what reflect says.
func call(what string, f func(int) int, x, want int) {
	p := pairOf(f)
	check("C++ calls a "+what, shimCall(p.code, p.env, x), want)
	check("clang's builtin calls a "+what, shimCallBuiltin(p.code, p.env, x), want)
	check("code of a "+what, int(uintptr(shimCode(p.code, p.env))), int(reflect.ValueOf(f).Pointer()))
	runtime.KeepAlive(f)
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
	var inner func(int) int
	nested := func(y int) int {
		inner = func(z int) int { return between() + x*100 + y*10 + z }
		return y
	}
	call("closure that makes one", nested, 2, 2)
	call("closure made by one that C++ called", inner, 3, 123)
	call("closure that takes one", func(y int) int { return apply(func(z int) int { return z + x }, y) }, 6, 7)

	numbers := []int{3, 1, 2}
	calls := 0
	order := pairOf(func(a, b *int) int32 { calls++; return int32(*a - *b) })
	check("a callback of C", int(shimSort(order.code, order.env, &numbers[0], 3)), 1)
	check("what it sorted", numbers[0]*100+numbers[1]*10+numbers[2], 123)
	check("its calls were counted", min(calls, 1), 1)
}

func cxxClosures() {
	var p pair
	shimMake(60, &p)
	f := funcOf[func(int) int](p)
	check("Go calls a closure of C++", f(6), 66)
	check("as a parameter", apply(f, 7), 67)
	check("from a closure of Go", func(y int) int { return f(y) + y }(1), 62)
	func() {
		defer f(0)
	}()
	check("its defers", shimCalls(p.code, p.env), 4)
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
	shimFree(p.code, p.env)
}

func main() {
	goClosures()
	cxxClosures()
	fmt.Printf("%d of %d good\n", good, all)
	if good != all {
		os.Exit(1)
	}
}
