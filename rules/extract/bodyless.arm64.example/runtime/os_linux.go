package runtime

import "internal/abi"

func sigreturn__sigaction() // want: go.bodyless.restorer

func setsig() uintptr {
	if GOARCH == "amd64" {
		return abi.FuncPCABI0(sigreturn__sigaction)
	}
	return 0
}
