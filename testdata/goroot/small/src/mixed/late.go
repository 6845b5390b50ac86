package mixed

//go:build ignore
