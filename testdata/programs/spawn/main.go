// spawn starts children one after the other and checks what each gives back: output, exit code, directory, environment, and
// the error of a program that does not exist. Nothing else runs meanwhile, and no child asks for anything that would change
// its parent for good, so that a vfork child may run in the parent's own thread (testdata/interposers/vfork_in_thread.c).
//
//	spawn COUNT
package main

import (
	"fmt"
	"os"
	"os/exec"
	_ "runtime/cgo"
	"strconv"
	"strings"
)

func main() {
	if os.Getenv("SPAWN_CHILD") != "" {
		child()
	}
	self, err := os.Executable()
	check(err)
	count := 8
	if len(os.Args) > 1 {
		count, err = strconv.Atoi(os.Args[1])
		check(err)
	}
	for i := 0; i < count; i++ {
		// A deep goroutine stack and a shallow one: the child comes back at different places of it.
		deep(i%5, func() { one(self, i) })
	}
	fmt.Println("spawn done")
}

func deep(n int, do func()) {
	var room [512]byte
	if n > 0 {
		room[n] = byte(n)
		deep(n-1, do)
		if room[n] != byte(n) {
			check(fmt.Errorf("the stack of the parent was overwritten at depth %d", n))
		}
		return
	}
	do()
}

func one(self string, i int) {
	if i%4 == 3 {
		if err := exec.Command("/does/not/exist").Run(); err == nil || !strings.Contains(err.Error(), "no such file") {
			check(fmt.Errorf("a missing program gave %v", err))
		}
		return
	}
	command := exec.Command(self)
	command.Dir = "/"
	command.Env = append(os.Environ(), "SPAWN_CHILD="+strconv.Itoa(i))
	command.Stdin = strings.NewReader(fmt.Sprint("in", i))
	output, err := command.Output()
	exit, ok := err.(*exec.ExitError)
	if err != nil && !ok {
		check(err)
	}
	code := 0
	if ok {
		code = exit.ExitCode()
	}
	if want := fmt.Sprintf("in%d / %d", i, i); string(output) != want || code != i%7 {
		check(fmt.Errorf("child %d: %q with code %d, want %q with %d", i, output, code, want, i%7))
	}
}

func child() {
	// LD_PRELOAD came along; this process has no children of its own.
	number, err := strconv.Atoi(os.Getenv("SPAWN_CHILD"))
	check(err)
	var input [100]byte
	n, _ := os.Stdin.Read(input[:])
	dir, err := os.Getwd()
	check(err)
	fmt.Printf("%s %s %d", input[:n], dir, number)
	os.Exit(number % 7)
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL:", err)
		os.Exit(99)
	}
}
