// callbacks: C threads, not made by Go, call back into Go, where system calls, stack growth and collections happen.
package main

/*
#include <pthread.h>
extern int goCallback(int thread, int round);
static int rounds;
static void* run(void* argument) {
	long bad = 0;
	for (int i = 0; i < rounds; i++)
		if (goCallback((int)(long)argument, i) != (int)(long)argument * 1000 + i) bad++;
	return (void*)bad;
}
static long runThreads(int threads, int n) {
	pthread_t id[64];
	long bad = 0;
	rounds = n;
	for (long i = 0; i < threads; i++) if (pthread_create(&id[i], 0, run, (void*)i)) return -1;
	for (int i = 0; i < threads; i++) { void* one; pthread_join(id[i], &one); bad += (long)one; }
	return bad;
}
static int callBack(int thread, int round) { return goCallback(thread, round); }
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
)

var calls int64

//export goCallback
func goCallback(thread, round C.int) C.int {
	atomic.AddInt64(&calls, 1)
	if syscall.Getpid() != os.Getpid() {
		return -1
	}
	var status syscall.Stat_t
	if err := syscall.Stat("/", &status); err != nil || status.Mode&syscall.S_IFMT != syscall.S_IFDIR {
		return -1
	}
	if round%50 == 0 {
		runtime.GC()
	}
	if round%7 == 0 {
		return C.int(grow(200, int(thread)*1000+int(round)))
	}
	if round%11 == 0 && thread > 0 { // down into C and up again
		return C.callBack(0, thread*1000+round)
	}
	return thread*1000 + round
}

//go:noinline
func grow(depth, value int) int {
	var pad [64]int
	pad[depth%64] = value
	if depth == 0 {
		return pad[0]
	}
	return grow(depth-1, pad[depth%64])
}

func main() {
	bad := C.runThreads(16, 300)
	if bad != 0 || atomic.LoadInt64(&calls) < 16*300 {
		fmt.Println("FAIL: wrong answers:", bad, "calls:", calls)
		os.Exit(1)
	}
	fmt.Println("callbacks done")
}
