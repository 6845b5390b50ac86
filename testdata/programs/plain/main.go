// plain imports nothing that imports runtime/cgo: package syscall of a routed tree must bring it.
package main

import "os"

func main() {
	os.Stdout.WriteString("plain\n")
}
