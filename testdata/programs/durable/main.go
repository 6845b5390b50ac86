// durable FILE: writes and syncs ten times.
package main

import (
	"fmt"
	"os"
	_ "runtime/cgo"
)

func main() {
	file, err := os.Create(os.Args[1])
	for i := 0; i < 10 && err == nil; i++ {
		if _, err = file.WriteString("line\n"); err == nil {
			err = file.Sync()
		}
	}
	fmt.Println("durable", err)
}
