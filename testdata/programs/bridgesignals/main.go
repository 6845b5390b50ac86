// errno of C code must survive Go's signal handlers, whatever they call: on a thread that Go made (C called through cgo), on
// one that C made and that knows no Go, and on one that C made and that has called Go before. C code makes calls that fail
// with one error each and compares errno after a while of work, in which signals arrive. And it must survive a call of Go,
// from a thread that Go made and from one that C made.
package main

/*
#cgo LDFLAGS: -lpthread
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

extern void goTouch(void);
extern void goFail(void);

static volatile int stop;
static volatile long rounds[3], lost[3];
static pthread_t threads[3];
static volatile int known[3];

static void loop(int who) {
	threads[who] = pthread_self();
	known[who] = 1;
	while (!stop) {
		const int want = rounds[who] % 2 ? ENOENT : EBADF;
		if (want == EBADF) {
			close(-1);
		} else {
			open("/nonexistent/file", O_RDONLY);
		}
		for (volatile int i = 0; i < 300; i++) {
			if (errno != want) {
				lost[who]++;
				break;
			}
		}
		rounds[who]++;
	}
	known[who] = 0;
}
static volatile long calls, lost_by_calls;
static void call_go(void) {
	for (int i = 0; i < 100; i++) {
		errno = ERANGE;
		goFail();
		if (errno != ERANGE) __atomic_fetch_add(&lost_by_calls, 1, __ATOMIC_RELAXED);
		__atomic_fetch_add(&calls, 1, __ATOMIC_RELAXED);
	}
}
static void* plain(void* unused) { (void)unused; loop(1); return 0; }
static void* touched(void* unused) { (void)unused; goTouch(); call_go(); loop(2); return 0; }

static void start(void) {
	pthread_t thread;
	pthread_create(&thread, 0, plain, 0);
	pthread_create(&thread, 0, touched, 0);
}
static void in_go(void) { call_go(); loop(0); }
static void send(int who, int sig) { if (known[who] && !stop) pthread_kill(threads[who], sig); }
static void end(void) { stop = 1; }
static long rounds_of(int i) { return rounds[i]; }
static long lost_of(int i) { return lost[i]; }
static long number_of_calls(void) { return calls; }
static long number_lost_by_calls(void) { return lost_by_calls; }
*/
import "C"

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

//export goTouch
func goTouch() {}

// Calls that fail, each with another error than the one that C expects.
//
//export goFail
func goFail() {
	syscall.Close(-1)
	os.Stat("/nonexistent/file")
}

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1, syscall.SIGURG)
	go func() {
		for range signals {
		}
	}()
	ended := make(chan bool)
	go func() { C.in_go(); close(ended) }()
	C.start()
	until := time.Now().Add(3 * time.Second)
	for time.Now().Before(until) {
		for i := 0; i < 3; i++ {
			C.send(C.int(i), C.int(syscall.SIGUSR1))
			C.send(C.int(i), C.int(syscall.SIGURG))
		}
		time.Sleep(20 * time.Microsecond)
	}
	C.end()
	<-ended
	bad := false
	for i, name := range []string{"Go's thread in C", "C thread", "C thread that called Go"} {
		fmt.Printf("%s: %d rounds, errno lost %d times\n", name, C.rounds_of(C.int(i)), C.lost_of(C.int(i)))
		bad = bad || C.lost_of(C.int(i)) != 0 || C.rounds_of(C.int(i)) < 100
	}
	fmt.Printf("Go called from C: %d rounds, errno lost %d times\n", C.number_of_calls(), C.number_lost_by_calls())
	if bad || C.number_of_calls() != 200 || C.number_lost_by_calls() != 0 {
		os.Exit(1)
	}
	fmt.Println("bridgesignals done")
}
