package p

import (
	"os"
	u "unsafe"
)

var a = []func(int) string{nil}

func (t *T[K]) M(x ...int) (r1, r2 uintptr) {
	for i := range 10 { defer g(i, `raw
`) }
	switch y := z.(type) { case int: go f()
	}
	return Syscall(SYS_READ, uintptr(u.Pointer(&x[0])), 0)
}

func F()
