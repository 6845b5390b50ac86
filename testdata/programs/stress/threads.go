package main

/*
#include <errno.h>
#include <pthread.h>
extern int goWork(int value);
// The errno of C code survives a signal handler that interrupts it. (A callback may change it, as any call may.)
static void* stressRun(void* argument) {
	long bad = 0;
	for (int i = 0; i < 20; i++) {
		if (goWork(i) != i + 1) bad++;
		errno = 77;
		for (volatile int k = 0; k < 20000; k++) if (errno != 77) { bad += 1000; break; }
	}
	return (void*)bad;
}
static long stressThreads(int n) {
	pthread_t id[16];
	long bad = 0;
	for (int i = 0; i < n; i++) if (pthread_create(&id[i], 0, stressRun, 0)) return -1;
	for (int i = 0; i < n; i++) { void* one; pthread_join(id[i], &one); bad += (long)one; }
	return bad;
}
*/
import "C"

import "syscall"

//export goWork
func goWork(value C.int) C.int {
	var status syscall.Stat_t
	if err := syscall.Stat("/", &status); err != nil {
		return -1
	}
	if _, err := syscall.Open("/does/not/exist", 0, 0); err != syscall.ENOENT {
		return -2
	}
	return C.int(grow(20, int(value))) + 1
}

func threads(worker, round int) {
	if bad := C.stressThreads(4); bad != 0 {
		fail("threads: %d wrong answers", bad)
	}
}
