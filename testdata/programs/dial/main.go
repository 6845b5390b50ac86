// dial ADDRESS: connects to it, sends a line and prints the answer.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	_ "runtime/cgo"
	"time"
)

func main() {
	connection, err := net.DialTimeout("tcp", os.Args[1], 3*time.Second)
	if err != nil {
		fmt.Println("dial:", err)
		os.Exit(1)
	}
	connection.SetDeadline(time.Now().Add(5 * time.Second))
	fmt.Fprintln(connection, "ping")
	answer, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil {
		fmt.Println("read:", err)
		os.Exit(1)
	}
	fmt.Print("answer ", answer)
}
