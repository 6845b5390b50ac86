// children starts many processes in parallel: itself with pipes, exit codes, directories, extra files, a process group, and
// commands that do not exist (the error comes back from the child of a vfork through a pipe).
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	_ "runtime/cgo"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

func main() {
	if len(os.Args) > 1 {
		child()
	}
	faultAfterFork()
	count := 60
	if n, err := strconv.Atoi(os.Getenv("CHILDREN")); err == nil {
		count = n
	}
	var workers sync.WaitGroup
	for w := 0; w < 4; w++ {
		workers.Add(1)
		go func(w int) {
			defer workers.Done()
			for i := 0; i < count; i++ {
				one(w*count + i)
			}
		}(w)
	}
	workers.Wait()
	fmt.Println("children done")
}

// A fault of Go's own after a fork is a panic: a child on its parent's memory leaves nothing behind that says libc is running.
func faultAfterFork() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	self, err := os.Executable()
	check(err)
	check(exec.Command(self, "0").Run())
	defer func() {
		if recover() == nil {
			check(fmt.Errorf("no panic"))
		}
	}()
	var nowhere *int
	*nowhere = 1
}

func child() {
	code, err := strconv.Atoi(os.Args[1])
	check(err)
	input := new(bytes.Buffer)
	_, err = input.ReadFrom(os.Stdin)
	check(err)
	dir, err := os.Getwd()
	check(err)
	fmt.Printf("%s %s %s", input, dir, os.Getenv("GIFT"))
	os.Exit(code)
}

func one(i int) {
	if i%10 == 9 {
		if err := exec.Command("/does/not/exist").Run(); err == nil || !strings.Contains(err.Error(), "no such file") {
			check(fmt.Errorf("a missing program gave %v", err))
		}
		return
	}
	self, err := os.Executable()
	check(err)
	command := exec.Command(self, strconv.Itoa(i%7))
	command.Stdin = strings.NewReader(fmt.Sprint("in", i))
	command.Dir = "/"
	command.Env = append(os.Environ(), fmt.Sprint("GIFT=", i))
	if i%3 == 0 {
		command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	}
	output, err := command.Output()
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else {
		check(err)
	}
	if want := fmt.Sprintf("in%d / %d", i, i); string(output) != want || code != i%7 {
		check(fmt.Errorf("child %d: %q with code %d, want %q", i, output, code, want))
	}
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL:", err)
		os.Exit(99)
	}
}
