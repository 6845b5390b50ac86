// ownership FILE: gives the file to 1234:5678 and prints the owner that stat tells afterwards.
package main

import (
	"fmt"
	"os"
	_ "runtime/cgo"
	"syscall"
)

func main() {
	if err := os.Chown(os.Args[1], 1234, 5678); err != nil {
		fmt.Println("chown:", err)
		return
	}
	info, err := os.Stat(os.Args[1])
	if err != nil {
		fmt.Println("stat:", err)
		return
	}
	status := info.Sys().(*syscall.Stat_t)
	fmt.Printf("owner %d:%d uid %d\n", status.Uid, status.Gid, os.Getuid())
}
