// traced walks through many calls of the standard library, always in the same order, so that two traces of it can be
// compared (scripts/test/traces, docs/traces.md).
//
// Everything that is compared runs on the main thread, to which the main goroutine is locked: such a thread runs no other
// goroutine, starts no thread, waits for no descriptor and only sleeps on futexes meanwhile. Each step stands between two
// calls that nobody else makes, access("/traced/begin STEP") and access("/traced/end STEP").
//
// Out: "traced done". What a call answers is not checked here: two traces say it.
package main

import (
	"fmt"
	"os"
	"runtime"
	_ "runtime/cgo"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
)

type step struct {
	name string
	run  func()
}

// Steps of newer Go releases are added by files of their own.
var steps = []step{
	{"files", files}, {"directories", directories}, {"attributes", attributes}, {"errors", errors},
	{"copies", copies}, {"pipes", pipes}, {"locks", locks}, {"memory", memory}, {"epoll", epoll}, {"inotify", inotify},
	{"tcp", tcp}, {"udp", udp}, {"unix sockets", unixSockets}, {"raw sockets", rawSockets}, {"interfaces", interfaces},
	{"children", children}, {"missing programs", missingPrograms}, {"killed children", killedChildren},
	{"signals", signals}, {"times", times}, {"users", users}, {"environment", environment}, {"process", process},
	{"limits", limits}, {"random", random},
}

func init() { runtime.LockOSThread() }

func main() {
	if len(os.Args) > 1 {
		child(os.Args[1])
	}
	mark("end start")
	// The poller comes with the first timer or file: here, so that descriptors have the same numbers whoever is first.
	do(step{"poller", func() { time.Sleep(time.Millisecond) }})
	warmUp()
	for _, step := range steps {
		do(step)
	}
	fmt.Println("traced done")
	mark("begin exit")
}

func do(step step) {
	mark("begin " + step.name)
	step.run()
	mark("end " + step.name)
}

func mark(text string) { syscall.Access("/traced/"+text, 0) }

// warmUp makes threads and memory that the runtime would otherwise get in the middle of a step.
func warmUp() {
	var threads sync.WaitGroup
	for i := 0; i < 6; i++ {
		threads.Add(1)
		go func() {
			runtime.LockOSThread() // unlocked before it ends, so that the thread stays
			syscall.Nanosleep(&syscall.Timespec{Nsec: 50e6}, nil)
			runtime.UnlockOSThread()
			threads.Done()
		}()
	}
	threads.Wait()
	debug.SetGCPercent(100)
	room := make([]byte, 24<<20)
	for i := range room {
		room[i] = byte(i)
	}
	runtime.KeepAlive(room)
	room = nil
	runtime.GC()
	debug.SetGCPercent(-1)
}

// must ends the program: a step that cannot do its work compares nothing.
// Errors in allowed are as good as none.
func must(err error, allowed ...error) {
	for _, one := range allowed {
		if err == one {
			return
		}
	}
	if err != nil {
		_, file, line, _ := runtime.Caller(1)
		fmt.Fprintln(os.Stderr, "traced:", file, line, err)
		os.Exit(1)
	}
}

func first[T any](value T, err error) T {
	if err != nil {
		_, file, line, _ := runtime.Caller(1)
		fmt.Fprintln(os.Stderr, "traced:", file, line, err)
		os.Exit(1)
	}
	return value
}
