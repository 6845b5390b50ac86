// errno of C code must survive Go's signal handlers, whatever they call: on a thread that Go made (C called through cgo), on
// one that C made and that knows no Go, and on one that C made and that has called Go before. C code makes calls that fail
// with one error each and compares errno after a while of work, in which signals arrive.
package main

/*
#cgo LDFLAGS: -lpthread
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

extern void goTouch(void);

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
static void* plain(void* unused) { (void)unused; loop(1); return 0; }
static void* touched(void* unused) { (void)unused; goTouch(); loop(2); return 0; }

static void start(void) {
	pthread_t thread;
	pthread_create(&thread, 0, plain, 0);
	pthread_create(&thread, 0, touched, 0);
}
static void in_go(void) { loop(0); }
static void send(int who, int sig) { if (known[who] && !stop) pthread_kill(threads[who], sig); }
static void end(void) { stop = 1; }
static long rounds_of(int i) { return rounds[i]; }
static long lost_of(int i) { return lost[i]; }
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
	if bad {
		os.Exit(1)
	}
	fmt.Println("bridgesignals done")
}
