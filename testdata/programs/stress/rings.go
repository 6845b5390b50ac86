package main

import (
	"encoding/binary"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

const (
	ringSize    = 50
	ringWorkers = 10
)

// end reads or writes eight bytes.
type end func(buffer []byte)

// rings are chains of pipes, one for each worker, with a goroutine between each two, which adds one to what it reads and writes it
// on. What goes in comes out once, plus the number of goroutines: a result that is lost or mixed up is seen. They stay until the
// program ends.
type rings struct {
	pipe   func() (from, to end)
	locked bool // each goroutine on a thread of its own
	lock   sync.Mutex
	made   map[int]*ring
}

type ring struct{ in, out end }

func (r *rings) make() *ring {
	from, in := r.pipe()
	for i := 0; i < ringSize; i++ {
		next, to := r.pipe()
		go r.pass(from, to)
		from = next
	}
	return &ring{in: in, out: from}
}

func (r *rings) pass(from, to end) {
	if r.locked {
		runtime.LockOSThread()
	}
	var buffer [8]byte
	for {
		from(buffer[:])
		binary.LittleEndian.PutUint64(buffer[:], binary.LittleEndian.Uint64(buffer[:])+1)
		to(buffer[:])
	}
}

func (r *rings) count() int {
	r.lock.Lock()
	defer r.lock.Unlock()
	return len(r.made)
}

func (r *rings) lap(worker, round int) {
	r.lock.Lock()
	if r.made[worker] == nil {
		r.made[worker] = r.make()
	}
	one := r.made[worker]
	r.lock.Unlock()
	var buffer [8]byte
	binary.LittleEndian.PutUint64(buffer[:], uint64(round))
	one.in(buffer[:])
	one.out(buffer[:])
	if got := binary.LittleEndian.Uint64(buffer[:]); got != uint64(round+ringSize) {
		fail("ring: got %d, want %d", got, round+ringSize)
	}
	time.Sleep(2 * time.Millisecond)
}

func whole(call string, n int, err error) {
	if n != 8 || err != nil {
		fail("ring: %s gave %d, %v", call, n, err)
	}
}

func blockingPipe() (from, to end) {
	var ends [2]int
	check(syscall.Pipe(ends[:]))
	return func(b []byte) { n, err := syscall.Read(ends[0], b); whole("read", n, err) },
		func(b []byte) { n, err := syscall.Write(ends[1], b); whole("write", n, err) }
}

func polledPipe() (from, to end) {
	reader, writer, err := os.Pipe()
	check(err)
	return func(b []byte) { n, err := reader.Read(b); whole("Read", n, err) },
		func(b []byte) { n, err := writer.Write(b); whole("Write", n, err) }
}

var (
	blocking = rings{pipe: blockingPipe, locked: true, made: map[int]*ring{}}
	polling  = rings{pipe: polledPipe, made: map[int]*ring{}}
)

func blocked(worker, round int) { blocking.lap(worker, round) }
func polled(worker, round int)  { polling.lap(worker, round) }
