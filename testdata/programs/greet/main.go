// greet is a library for C: Greet writes with a system call from Go and runs a goroutine.
package main

// #include <stdlib.h>
import "C"

import (
	"fmt"
	"os"
	"time"
)

//export Greet
func Greet(who *C.char, n C.int) C.int {
	answer := make(chan C.int)
	go func() {
		time.Sleep(time.Millisecond)
		answer <- n + 1
	}()
	value := <-answer
	fmt.Fprintf(os.Stdout, "greeted from %s: %d\n", C.GoString(who), int(value))
	return value
}

func main() {}
