// only with cgo
