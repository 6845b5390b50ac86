package p
func (r *R) N[I any](n I) I { s := new("x"); return *new(I) }
