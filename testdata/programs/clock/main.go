// clock prints the year that time.Now tells, and that a monotonic sleep still takes about as long as asked.
package main

import (
	"fmt"
	_ "runtime/cgo"
	"time"
)

func main() {
	start := time.Now()
	time.Sleep(50 * time.Millisecond)
	slept := time.Since(start)
	fmt.Println("year", start.Year(), "slept", slept > 40*time.Millisecond && slept < 5*time.Second)
}
