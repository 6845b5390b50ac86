package runtime

func _mul64by32(low *uint64, a uint64, b uint32) uint32 // want: go.bodyless.division

func divide(n, d uint64) uint64 {
	if GOARCH == "mips" {
		return 0
	}
	return uint64(_mul64by32(&n, n, uint32(d)))
}
