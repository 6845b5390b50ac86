// misbehaved SCENARIO: work that calls libc (routed) or the kernel (stock), while those answer as they should not.
//
// Calls misbehave between arm and disarm: of a routed program those that testdata/interposers/misbehave.c was told, of a stock
// one those that strace was told, which attaches when MISBEHAVED_WAIT is set: the program then says "ready" and waits for SIGUSR1.
// What a scenario says is the same in both (scripts/test/misbehave). Afterwards a routed program shows that its runtime still
// does all its work, and says "alive".
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"runtime"
	_ "runtime/cgo"
	"syscall"
)

// Calls are counted by thread: the main goroutine keeps its own.
func init() { runtime.LockOSThread() }

func arm() {
	if os.Getenv("MISBEHAVED_WAIT") != "" {
		syscall.RawSyscall(syscall.SYS_PRCTL, 0x59616d61, ^uintptr(0), 0) // PR_SET_PTRACER: everybody (Yama)
		attached := make(chan os.Signal, 1)
		signal.Notify(attached, syscall.SIGUSR1)
		fmt.Println("ready", os.Getpid())
		<-attached
	}
	syscall.Getpgid(-101)
}

func disarm() { syscall.Getpgid(-102) }

func say(format string, values ...interface{}) { fmt.Printf(format+"\n", values...) }

// kind names an error by type, operation and number: paths and ports differ from run to run.
func kind(err error) string {
	var path *fs.PathError
	var operation *net.OpError
	var call *os.SyscallError
	var number syscall.Errno
	text := ""
	if errors.As(err, &path) {
		text += "PathError " + path.Op + ", "
	}
	if errors.As(err, &operation) {
		text += "OpError " + operation.Op + ", "
	}
	if errors.As(err, &call) {
		text += "SyscallError " + call.Syscall + ", "
	}
	if errors.As(err, &number) {
		return fmt.Sprintf("%serrno %d", text, int(number))
	}
	return fmt.Sprint(text, err)
}

// content is n bytes that depend on their place.
func content(n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(i*7 + i/251)
	}
	return data
}

// compared says how much of what was expected has come.
func compared(got, want []byte) string {
	switch {
	case bytes.Equal(got, want):
		return fmt.Sprintf("all %d bytes", len(want))
	case len(got) <= len(want) && bytes.Equal(got, want[:len(got)]):
		return fmt.Sprintf("the first %d of %d bytes", len(got), len(want))
	}
	return fmt.Sprintf("%d WRONG bytes", len(got))
}

func check(err error) {
	if err != nil {
		say("FAIL: %v", err)
		os.Exit(1)
	}
}

func temporary() string {
	file, err := os.CreateTemp("", "misbehaved")
	check(err)
	check(file.Close())
	return file.Name()
}

func main() {
	run, known := scenarios[os.Args[1]]
	if !known {
		say("no scenario %s", os.Args[1])
		os.Exit(2)
	}
	run()
	if os.Getenv("MISBEHAVED_WAIT") == "" {
		alive()
		say("alive")
	}
}
