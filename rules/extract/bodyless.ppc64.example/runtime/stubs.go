package runtime

func callCgoSigaction(sig uintptr) int32 // want: go.bodyless.vet

func cgoSigtramp() // want: go.bodyless.descriptor

func handler() func() { return cgoSigtramp }
