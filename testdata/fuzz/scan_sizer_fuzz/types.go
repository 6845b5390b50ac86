package unsafe

const (
	zero = iota
	max  = 0x10 - ^uint8(0)>>6
)

type T struct {
	A, b uint8 `tag`
	C    [max - unsafe.Sizeof(U{})]struct{ x []byte }
	*U
	unsafe.V
	D    func(int) (string, error)
	E    map[string]chan<- int
	F, _ [2][3]int64
}

type U struct{ s string }
type V = interface{ M() }
type G[K any] struct{ k K }
