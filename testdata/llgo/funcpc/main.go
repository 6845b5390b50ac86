// Where functions begin, as overlays/llgo/funcpc.go says it (the test puts it here as funcpc.go): with the compiler's own closure
// mode: for the ordinary compiler and for LLGo. It says "all good", or what is wrong.
package main

import (
	"fmt"
	"os"
	"reflect"
)

func must(what string, good bool) {
	if !good {
		fmt.Println("wrong:", what)
		os.Exit(1)
	}
}

func plain() int { return 1 }

// With a body it is a function as any other, whatever its name.
func getpid_trampoline() int { return -2 }

type counter struct{ n int }

func (c *counter) next() int {
	c.n++
	return c.n
}

//go:noinline
func adder(by int) func() int { return func() int { by++; return by } }

func main() {
	one, two := &counter{1}, &counter{2}
	cases := map[string]any{"function": plain, "body of a trampoline": getpid_trampoline, "closure": adder(1),
		"method value": one.next, "method expression": (*counter).next}
	seen := map[uintptr]string{}
	for name, f := range cases {
		pc := libcifyFuncPC(f)
		must(name+": its code", pc != 0 && pc == reflect.ValueOf(f).Pointer())
		must(name+": its own code", seen[pc] == "")
		seen[pc] = name
	}
	must("closures of two contexts", libcifyFuncPC(adder(1)) == libcifyFuncPC(adder(2)))
	must("method values of two receivers", libcifyFuncPC(one.next) == libcifyFuncPC(two.next))
	f := adder(1)
	must("the context that the compiler hands over", uintptr(libcifyClosureOf(f).context) == context(f))
	compilers()
	fmt.Println("all good")
}
