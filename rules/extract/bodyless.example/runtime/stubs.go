package runtime

func inAssembly(a int) int // want: go.bodyless.assembly

func getg() *g // want: go.bodyless.caller

//go:linkname pulled other.target
func pulled() // want: go.bodyless.linkname

//go:linkname main_main main.main
func main_main() // want: go.bodyless.main

func otherPort() // want: go.bodyless.unused

func withBody(
	a int,
) interface{} { // ok: has one
	return nil
}

func multiLine( // want: go.bodyless.unused
	a int,
	b interface{},
) (
	c int,
)

type x struct {
	f func(int) // ok: a field
}

//go:linkname pushed other.given
func pushed() {} // ok:
