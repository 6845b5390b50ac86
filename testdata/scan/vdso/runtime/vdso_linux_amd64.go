package runtime

var otherTable = []string{"__vdso_getcpu"}
