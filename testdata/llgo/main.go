// A program of calls, for LLGo, and of what its arguments name (children, handle): it says "all good", or what is wrong.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

func must(what string, good bool, said ...any) {
	if !good {
		fmt.Println(append([]any{"wrong:", what}, said...)...)
		os.Exit(1)
	}
}

func files() {
	folder, err := os.MkdirTemp("", "llgo")
	must("MkdirTemp", err == nil, err)
	defer os.RemoveAll(folder)
	name := filepath.Join(folder, "a")
	must("WriteFile", os.WriteFile(name, []byte("hello"), 0o640) == nil)
	text, err := os.ReadFile(name)
	must("ReadFile", err == nil && string(text) == "hello", string(text), err)
	info, err := os.Stat(name)
	must("Stat", err == nil && info.Size() == 5 && info.Mode().Perm()&0o600 == 0o600, info, err)
	_, err = os.Stat(name + "x")
	must("Stat of nothing", errors.Is(err, syscall.ENOENT), err)
	must("Chtimes", os.Chtimes(name, time.Unix(1, 0), time.Unix(2, 0)) == nil)
	info, _ = os.Stat(name)
	must("ModTime", info.ModTime().Unix() == 2, info.ModTime())
	must("Rename", os.Rename(name, name+"b") == nil)
	entries, err := os.ReadDir(folder)
	must("ReadDir", err == nil && len(entries) == 1 && entries[0].Name() == "ab", entries, err)
	must("Symlink", os.Symlink("ab", name+"l") == nil)
	to, err := os.Readlink(name + "l")
	must("Readlink", err == nil && to == "ab", to, err)
	where, err := os.Getwd()
	must("Getwd", err == nil && where != "", where, err)
}

func calls() {
	// An int of -1 in a 64-bit register.
	must("Close(-1)", syscall.Close(-1) == syscall.EBADF, syscall.Close(-1))
	var pipe [2]int
	must("Pipe2", syscall.Pipe2(pipe[:], syscall.O_CLOEXEC) == nil)
	n, err := syscall.Write(pipe[1], []byte("abc"))
	must("Write", n == 3 && err == nil, n, err)
	buffer := make([]byte, 8)
	n, err = syscall.Read(pipe[0], buffer)
	must("Read", n == 3 && err == nil && string(buffer[:n]) == "abc", n, err)
	syscall.Close(pipe[0])
	syscall.Close(pipe[1])
	must("Getpid", syscall.Getpid() == os.Getpid() && os.Getpid() > 0)
	page, err := syscall.Mmap(-1, 0, 4096, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	must("Mmap", err == nil, err)
	page[4095] = 1
	must("Munmap", syscall.Munmap(page) == nil)
	_, err = syscall.Mmap(-1, 0, 0, syscall.PROT_READ, syscall.MAP_PRIVATE)
	must("Mmap of nothing", err != nil)
	// A number that only the program knows.
	r, _, errno := syscall.Syscall(uintptr(os.Getpid()-os.Getpid())+syscall.SYS_GETPPID, 0, 0, 0)
	must("Syscall", int(r) == os.Getppid() && errno == 0, r, errno)
	_, _, errno = syscall.Syscall(syscall.SYS_CLOSE, ^uintptr(0), 0, 0)
	must("Syscall of an error", errno == syscall.EBADF, errno)
}

func processes() {
	out, err := exec.Command("/bin/sh", "-c", "echo $0-$1; exit 3", "a", "b").Output()
	var status *exec.ExitError
	must("exec", errors.As(err, &status) && status.ExitCode() == 3 && string(out) == "a-b\n", string(out), err)
	_, err = exec.Command("/does/not/exist").Output()
	must("exec of nothing", errors.Is(err, syscall.ENOENT), err)
}

// What belongs to a process that has ended is released once, not by the collector as well.
func children() {
	for i := 0; i < 20; i++ {
		must("exec of true", exec.Command("/bin/true").Run() == nil)
		runtime.GC()
	}
}

// Flags of clone reach the kernel: a child comes with a handle where the program asks for one.
func handle() {
	pidfd := -1
	command := exec.Command("/bin/true")
	command.SysProcAttr = &syscall.SysProcAttr{PidFD: &pidfd}
	must("exec with a handle", command.Run() == nil && pidfd >= 0, pidfd)
	must("Close of the handle", syscall.Close(pidfd) == nil)
}

func sockets() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must("Listen", err == nil, err)
	done := make(chan string)
	go func() {
		connection, err := listener.Accept()
		must("Accept", err == nil, err)
		buffer := make([]byte, 8)
		n, _ := connection.Read(buffer)
		connection.Close()
		done <- string(buffer[:n])
	}()
	connection, err := net.Dial("tcp", listener.Addr().String())
	must("Dial", err == nil, err)
	connection.Write([]byte("ping"))
	said := <-done
	must("what came", said == "ping", said)
	connection.Close()
	listener.Close()
}

func main() {
	files()
	calls()
	processes()
	sockets()
	for _, word := range os.Args[1:] {
		switch word {
		case "children":
			children()
		case "handle":
			handle()
		default:
			must("argument", false, word)
		}
	}
	fmt.Println("all good")
}
