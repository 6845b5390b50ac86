// stress SECONDS: everything at once, each part with its own check:
//
//	blocked    500 goroutines in blocking reads, each on a thread of its own, in rings of 50 that hand a number round
//	polled     500 more in reads through the poller
//	errnos     calls that fail, with another error on each of 16 threads
//	files      blocking reads, writes, preads and stats on several goroutines, contents compared
//	sockets    non-blocking loopback traffic through the poller
//	pipes      blocking reads in system calls on locked threads, threads that end with their goroutine
//	children   fork and exec, output and exit code compared, commands that do not exist
//	signals    SIGUSR1 and SIGWINCH to the process and to threads, at a high rate
//	collector  forced collections, growing stacks, preempted loops
//	profiler   the CPU profile is started and stopped
//	threads    C threads that call back into Go, where errno must survive
//
// It prints what each part did; a part that did nothing is a failure, and so is memory, a number of threads or of descriptors that
// grows (memory.go). STRESS_LEAK=1 lets memory grow.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var (
	stop  = make(chan struct{})
	group sync.WaitGroup
)

func fail(format string, values ...interface{}) {
	fmt.Printf("FAIL: "+format+"\n", values...)
	os.Exit(1)
}

func check(err error) {
	if err != nil {
		buffer := make([]byte, 4096)
		fail("%v\n%s", err, buffer[:runtime.Stack(buffer, false)])
	}
}

// part runs work over and over on n goroutines until the end.
func part(name string, n int, work func(worker, round int)) *int64 {
	done := new(int64)
	for w := 0; w < n; w++ {
		group.Add(1)
		go func(w int) {
			defer group.Done()
			for round := 0; ; round++ {
				select {
				case <-stop:
					return
				default:
				}
				work(w, round)
				atomic.AddInt64(done, 1)
			}
		}(w)
	}
	return done
}

func main() {
	if len(os.Args) > 2 {
		child()
	}
	seconds, err := strconv.Atoi(os.Args[1])
	check(err)
	signals := make(chan os.Signal, 1024)
	signal.Notify(signals, syscall.SIGUSR1, syscall.SIGWINCH)
	received := new(int64)
	go func() {
		for range signals {
			atomic.AddInt64(received, 1)
		}
	}()
	names := []string{"blocked", "polled", "errnos", "files", "sockets", "pipes", "children", "signals", "collector", "loops", "profiler", "threads"}
	counts := []*int64{
		part("blocked", ringWorkers, blocked), part("polled", ringWorkers, polled), part("errnos", 16, errnos),
		part("files", 3, files), part("sockets", 2, sockets), part("pipes", 2, pipes), part("children", 2, children),
		part("signals", 1, sendSignals), part("collector", 1, collect), part("loops", 1, loops), part("profiler", 1, profile),
		part("threads", 1, threads),
	}
	use := watch(time.Duration(seconds) * time.Second)
	close(stop)
	finished := make(chan struct{})
	go func() { group.Wait(); close(finished) }()
	select {
	case <-finished:
	case <-time.After(60 * time.Second):
		syscall.Kill(os.Getpid(), syscall.SIGQUIT) // shows where it hangs
		time.Sleep(time.Minute)
	}
	for i, name := range names {
		if *counts[i] == 0 {
			fail("%s did nothing", name)
		}
		fmt.Print(name, " ", *counts[i], ", ")
	}
	if atomic.LoadInt64(received) == 0 {
		fail("no signal came")
	}
	fmt.Println("received", atomic.LoadInt64(received))
	use.judge()
	fmt.Println("stress done")
}
