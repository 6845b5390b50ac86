package net

import "syscall"

func load(name string) *syscall.LazyDLL {
	return syscall.NewLazyDLL(name)
}
