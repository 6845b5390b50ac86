package abi

func FuncPCABI0(f interface{}) uintptr // want: go.bodyless.funcpc
