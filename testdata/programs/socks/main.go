// socks PORTFILE: a SOCKS5 proxy (RFC 1928, no authentication, CONNECT to IPv4) that connects to nothing: it plays the far end
// itself and answers each line with the address that the client asked for. Its port is written to PORTFILE.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	port := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	check(os.WriteFile(os.Args[1]+".new", []byte(port), 0o644))
	check(os.Rename(os.Args[1]+".new", os.Args[1]))
	for {
		client, err := listener.Accept()
		check(err)
		go serve(client)
	}
}

func serve(client net.Conn) {
	defer client.Close()
	var head [2]byte
	if _, err := io.ReadFull(client, head[:]); err != nil || head[0] != 5 {
		return
	}
	if _, err := io.CopyN(io.Discard, client, int64(head[1])); err != nil {
		return
	}
	client.Write([]byte{5, 0})
	var request [10]byte // version, command, reserved, address type 1, IPv4, port
	if _, err := io.ReadFull(client, request[:]); err != nil || request[1] != 1 || request[3] != 1 {
		return
	}
	client.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	target := fmt.Sprintf("%s:%d", net.IP(request[4:8]), binary.BigEndian.Uint16(request[8:]))
	line, err := bufio.NewReader(client).ReadString('\n')
	if err == nil {
		fmt.Fprintf(client, "via proxy to %s after %q\n", target, line)
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
