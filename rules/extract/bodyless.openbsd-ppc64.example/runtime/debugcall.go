package runtime

func debugCallV2() // want: go.bodyless.debug-call

func debugCallCheck(pc uintptr) string { // ok: it has a body
	return ""
}
