// http runs a server and its clients over loopback: 8 clients with 100 requests each, every answer checked.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	_ "runtime/cgo"
	"sync"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		check(err)
		w.Write(append([]byte(r.URL.Path+":"), body...))
	})}
	go server.Serve(listener)
	var clients sync.WaitGroup
	for c := 0; c < 8; c++ {
		clients.Add(1)
		go func(c int) {
			defer clients.Done()
			for i := 0; i < 100; i++ {
				body := bytes.Repeat([]byte{byte('a' + i%26)}, 1+i*97)
				path := fmt.Sprintf("/%d/%d", c, i)
				answer, err := http.Post("http://"+listener.Addr().String()+path, "text/plain", bytes.NewReader(body))
				check(err)
				got, err := io.ReadAll(answer.Body)
				check(err)
				answer.Body.Close()
				if want := append([]byte(path+":"), body...); !bytes.Equal(got, want) {
					check(fmt.Errorf("%s: %d bytes, want %d", path, len(got), len(want)))
				}
			}
		}(c)
	}
	clients.Wait()
	check(server.Close())
	fmt.Println("http done")
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL:", err)
		os.Exit(1)
	}
}
