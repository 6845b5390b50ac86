// hello prints what the shortest programs use: files, environment, time, identity.
package main

import (
	"fmt"
	"os"
	_ "runtime/cgo"
	"time"
)

func main() {
	host, err := os.Hostname()
	if err != nil || host == "" {
		fmt.Println("no host name:", err)
		os.Exit(1)
	}
	if time.Since(time.Now()) > time.Minute || os.Getpid() <= 0 || os.Getuid() < 0 {
		os.Exit(1)
	}
	fmt.Println("hello")
}
