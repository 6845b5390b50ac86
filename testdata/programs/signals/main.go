// signals sends signals to itself, one by one and in bursts, waits for each kind, ignores and resets, and ends a blocked child.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	_ "runtime/cgo"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) > 1 { // a child that waits for its end
		fmt.Println("ready")
		time.Sleep(time.Minute)
		os.Exit(3)
	}
	kinds := []syscall.Signal{syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGWINCH, syscall.SIGCONT, syscall.SIGTERM}
	for _, kind := range kinds {
		incoming := make(chan os.Signal, 1)
		signal.Notify(incoming, kind)
		for i := 0; i < 200; i++ {
			check(syscall.Kill(os.Getpid(), kind))
			select {
			case got := <-incoming:
				if got != kind {
					check(fmt.Errorf("got %v, want %v", got, kind))
				}
			case <-time.After(20 * time.Second):
				check(fmt.Errorf("%v number %d was lost", kind, i))
			}
		}
		signal.Stop(incoming)
	}
	signal.Ignore(syscall.SIGHUP)
	check(syscall.Kill(os.Getpid(), syscall.SIGHUP))
	faults()
	child()
	fmt.Println("signals done")
}

// A nil access is a signal that becomes a panic.
func faults() {
	for i := 0; i < 100; i++ {
		func() {
			defer func() {
				if recover() == nil {
					check(fmt.Errorf("no panic"))
				}
			}()
			var nowhere *[4]int
			nowhere[i%4]++
		}()
	}
}

func child() {
	self, err := os.Executable()
	check(err)
	command := exec.Command(self, "wait")
	output, err := command.StdoutPipe()
	check(err)
	check(command.Start())
	_, err = output.Read(make([]byte, 8))
	check(err)
	check(command.Process.Signal(syscall.SIGTERM))
	exit, ok := command.Wait().(*exec.ExitError)
	if !ok || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
		check(fmt.Errorf("the child ended with %v", exit))
	}
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL:", err)
		os.Exit(1)
	}
}
