// fault calls getppid, which testdata/interposers/fault.c makes crash inside C.
package main

import (
	"fmt"
	"os"
	_ "runtime/cgo"
)

//go:noinline
func callsIntoC() int { return os.Getppid() }

func main() {
	defer func() { fmt.Println("recovered:", recover() != nil) }()
	fmt.Println("parent", callsIntoC() > 0)
}
