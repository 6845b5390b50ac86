package main

import (
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
)

var (
	prepareOnce sync.Once
	folder      string
	failing     []failure
)

// A call that fails, and with which error.
type failure struct {
	call func() error
	want syscall.Errno
}

func prepare() {
	var err error
	folder, err = os.MkdirTemp("", "stress")
	check(err)
	file := folder + "/file"
	check(os.WriteFile(file, nil, 0o600))
	check(os.Symlink("loop", folder+"/loop"))
	open := func(name string, flags int) func() error {
		return func() error { _, err := syscall.Open(name, flags, 0o600); return err }
	}
	var ends [2]int
	check(syscall.Pipe(ends[:]))
	failing = []failure{
		{func() error { return syscall.Close(-1) }, syscall.EBADF},
		{open(folder+"/none", syscall.O_RDONLY), syscall.ENOENT},
		{open(file+"/below", syscall.O_RDONLY), syscall.ENOTDIR},
		{open(folder, syscall.O_WRONLY), syscall.EISDIR},
		{open(folder+"/loop", syscall.O_RDONLY), syscall.ELOOP},
		{open(folder+"/"+strings.Repeat("n", 300), syscall.O_RDONLY), syscall.ENAMETOOLONG},
		{open(file, syscall.O_CREAT|syscall.O_EXCL|syscall.O_WRONLY), syscall.EEXIST},
		{func() error { return syscall.Kill(0x3fffffff, 0) }, syscall.ESRCH},
		{func() error { return syscall.Rmdir(folder) }, syscall.ENOTEMPTY},
		{func() error { _, err := syscall.Seek(ends[0], 0, 0); return err }, syscall.ESPIPE},
		{func() error { return syscall.Bind(ends[0], &syscall.SockaddrInet4{}) }, syscall.ENOTSOCK},
		{func() error { _, err := syscall.Socket(99, syscall.SOCK_STREAM, 0); return err }, syscall.EAFNOSUPPORT},
		{func() error { _, err := syscall.Write(ends[0], []byte("a")); return err }, syscall.EBADF},
		{func() error { return syscall.Rename(folder, folder+"/file/below") }, syscall.ENOTDIR},
		{func() error { _, err := syscall.Getpgid(0x3fffffff); return err }, syscall.ESRCH},
		{func() error { return syscall.Chdir(file) }, syscall.ENOTDIR},
	}
}

// Each worker has a thread of its own and an error of its own, and must never see that of another, nor none.
func errnos(worker, round int) {
	prepareOnce.Do(prepare)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	one := failing[worker%len(failing)]
	for i := 0; i < 200; i++ {
		if err := one.call(); err != one.want {
			fail("errnos: worker %d got %v, want %v", worker, err, one.want)
		}
	}
	runtime.Gosched()
}
