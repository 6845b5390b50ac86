// Starting a child from a Go function that C called on a thread with a small stack: the bridge puts the child's calls of
// libc on another part of that thread's stack than the parent's, and must not leave it.
//
//	bridgevfork KIB    the size of the C thread's stack
package main

/*
#cgo LDFLAGS: -lpthread
#include <pthread.h>
#include <stdlib.h>

extern void goExec(void);

static void* body(void* unused) { (void)unused; goExec(); return 0; }
static int on_small_stack(unsigned long bytes) {
	pthread_attr_t attributes;
	pthread_t thread;
	pthread_attr_init(&attributes);
	if (pthread_attr_setstacksize(&attributes, bytes) != 0) return 1;
	if (pthread_create(&thread, &attributes, body, 0) != 0) return 2;
	return pthread_join(thread, 0);
}
*/
import "C"

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

var failed error

//export goExec
func goExec() {
	if out, err := exec.Command("/bin/echo", "from the child").Output(); err != nil || string(out) != "from the child\n" {
		failed = fmt.Errorf("child: %q, %v", out, err)
	}
	if err := exec.Command("/nonexistent").Run(); err == nil {
		failed = fmt.Errorf("a program that does not exist was started")
	}
}

func main() {
	kib, _ := strconv.Atoi(os.Args[1])
	if code := C.on_small_stack(C.ulong(kib) * 1024); code != 0 {
		fmt.Println("no thread:", code)
		os.Exit(1)
	}
	if failed != nil {
		fmt.Println(failed)
		os.Exit(1)
	}
	fmt.Println("bridgevfork done")
}
