package runtime

func nsec(*int64) int64 // want: go.bodyless.nsec

func timesplit(u uint64) (sec int64, nsec int32) { // ok: a result of the same name
	return int64(u), int32(u)
}
