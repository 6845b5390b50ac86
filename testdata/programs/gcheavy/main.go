// gcheavy builds and drops trees on several goroutines while collections are forced and memory is given back to the system.
package main

import (
	"fmt"
	"os"
	"runtime"
	_ "runtime/cgo"
	"runtime/debug"
	"sync"
)

type node struct {
	left, right *node
	pad         [5]uint64
}

func build(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{left: build(depth - 1), right: build(depth - 1)}
}

func (n *node) count() int {
	if n == nil {
		return 0
	}
	return 1 + n.left.count() + n.right.count()
}

func main() {
	var workers sync.WaitGroup
	for w := 0; w < 4; w++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := 0; i < 12; i++ {
				if got := build(14).count(); got != 1<<15-1 {
					fmt.Println("FAIL: nodes:", got)
					os.Exit(1)
				}
				if i%4 == 0 {
					runtime.GC()
					debug.FreeOSMemory()
				}
			}
		}()
	}
	workers.Wait()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	if stats.NumGC < 4 {
		fmt.Println("FAIL: collections:", stats.NumGC)
		os.Exit(1)
	}
	fmt.Println("gcheavy done")
}
