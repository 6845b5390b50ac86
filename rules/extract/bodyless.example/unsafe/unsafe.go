package unsafe

func Sizeof(x ArbitraryType) uintptr // want: go.bodyless.unsafe
