package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// What the process uses, looked at four times a second.
type used struct {
	kib, threads, descriptors int
}

func usedNow() used {
	status, err := os.ReadFile("/proc/self/status")
	check(err)
	field := func(name string) int {
		_, rest, found := bytes.Cut(status, []byte("\n"+name+":"))
		words := bytes.Fields(rest)
		if !found || len(words) == 0 {
			fail("no %s in /proc/self/status", name)
		}
		value, err := strconv.Atoi(string(words[0]))
		check(err)
		return value
	}
	entries, err := os.ReadDir("/proc/self/fd")
	check(err)
	return used{field("VmRSS"), field("Threads"), len(entries)}
}

func (u used) most(other used) used {
	if other.kib > u.kib {
		u.kib = other.kib
	}
	if other.threads > u.threads {
		u.threads = other.threads
	}
	if other.descriptors > u.descriptors {
		u.descriptors = other.descriptors
	}
	return u
}

// history is the most of each that was seen in the first half and in the second one.
type history struct{ early, late used }

// It begins when all rings are there.
func watch(length time.Duration) (h history) {
	leaks := os.Getenv("STRESS_LEAK") != ""
	for waited := 0; blocking.count() < ringWorkers || polling.count() < ringWorkers; waited++ {
		if waited > 1200 {
			fail("the rings are not made")
		}
		time.Sleep(50 * time.Millisecond)
	}
	began := time.Now()
	for time.Since(began) < length {
		time.Sleep(250 * time.Millisecond)
		if leaks {
			leaked = append(leaked, bytes.Repeat([]byte{1}, 16<<20))
		}
		if now := usedNow(); time.Since(began) < length/2 {
			h.early = h.early.most(now)
		} else {
			h.late = h.late.most(now)
		}
	}
	return h
}

var leaked [][]byte

// judge lets a quarter and 16 MiB, and as much of the others, be chance.
func (h history) judge() {
	grows := func(what string, early, late, slack int) {
		fmt.Printf("%s: at most %d in the first half, %d in the second\n", what, early, late)
		if early == 0 || late > early+early/4+slack {
			fail("%s grows", what)
		}
	}
	grows("memory in KiB", h.early.kib, h.late.kib, 16<<10)
	grows("threads", h.early.threads, h.late.threads, 30)
	grows("descriptors", h.early.descriptors, h.late.descriptors, 30)
}
