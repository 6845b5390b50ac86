package other

func target() {}

func given() // want: go.bodyless.linkname
