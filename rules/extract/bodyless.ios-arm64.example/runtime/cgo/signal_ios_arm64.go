package cgo

//go:cgo_export_static xx_cgo_panicmem xx_cgo_panicmem
func xx_cgo_panicmem() // want: go.bodyless.cgo-panicmem

func other() {} // ok: it has a body
