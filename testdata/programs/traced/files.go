package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func files() {
	file := first(os.OpenFile("file", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o640))
	first(file.WriteString("a line of text\n"))
	first(file.WriteAt([]byte("A"), 0))
	first(file.ReadAt(make([]byte, 4), 2))
	first(file.Seek(-5, io.SeekEnd))
	first(file.Read(make([]byte, 16)))
	file.Read(make([]byte, 16)) // the end
	first(file.Stat())
	must(file.Truncate(4096))
	must(file.Sync())
	must(syscall.Fdatasync(int(file.Fd())))
	must(file.Chmod(0o600))
	must(file.Chown(-1, -1))
	must(file.Close())
	must(os.WriteFile("other", []byte("other"), 0o644))
	first(os.ReadFile("other"))
	appended := first(os.OpenFile("other", os.O_APPEND|os.O_WRONLY|os.O_SYNC, 0))
	first(appended.Write([]byte(" end")))
	must(appended.Close())
	must(os.Truncate("other", 3))
	must(os.Remove("other"))

	fd := first(syscall.Open("file", syscall.O_RDWR|syscall.O_CLOEXEC|syscall.O_NOFOLLOW, 0))
	first(syscall.Pwrite(fd, []byte("pwrite"), 1<<33))
	first(syscall.Pread(fd, make([]byte, 6), 1<<33))
	first(syscall.Seek(fd, 1<<33, io.SeekStart))
	first(syscall.Write(fd, nil))
	must(syscall.Fallocate(fd, 1, 0, 8192))
	must(syscall.Ftruncate(fd, 5))
	must(syscall.Fsync(fd))
	other := first(syscall.Dup(fd))
	must(syscall.Dup3(fd, other, syscall.O_CLOEXEC))
	must(syscall.Close(other))
	must(syscall.Close(fd))
	fd = first(syscall.Openat(-100, "file", syscall.O_RDONLY, 0))
	must(syscall.Close(fd))
	fd = first(syscall.Creat("created", 0o600))
	must(syscall.Close(fd))
	must(syscall.Unlink("created"))
}

func directories() {
	must(os.Mkdir("directory", 0o755))
	must(os.MkdirAll("directory/a/b/c", 0o700))
	for _, name := range []string{"one", "two", "three"} {
		must(os.WriteFile("directory/"+name, []byte(name), 0o644))
	}
	first(os.ReadDir("directory"))
	must(filepath.WalkDir("directory", func(string, os.DirEntry, error) error { return nil }))
	first(filepath.Glob("directory/t*"))
	must(os.Rename("directory/one", "directory/four"))
	must(os.Link("directory/two", "directory/linked"))
	must(os.Symlink("two", "directory/symbolic"))
	first(os.Readlink("directory/symbolic"))
	first(os.Lstat("directory/symbolic"))
	first(os.Stat("directory/symbolic"))
	first(filepath.EvalSymlinks("directory/symbolic"))
	here := first(os.Getwd())
	first(syscall.Getwd())
	must(os.Chdir("directory"))
	folder := first(os.Open(".."))
	must(folder.Chdir())
	first(folder.Readdirnames(2))
	must(folder.Close())
	must(os.Chdir(here))
	must(syscall.Mkdirat(-100, "at", 0o700))
	must(syscall.Renameat(-100, "at", -100, "moved"))
	must(syscall.Unlinkat(-100, "moved"), syscall.EISDIR)
	must(syscall.Rmdir("moved"))
	must(os.RemoveAll("directory"))
	must(os.RemoveAll("directory"))
	fd := first(syscall.Open(".", syscall.O_RDONLY|syscall.O_DIRECTORY, 0))
	first(syscall.ReadDirent(fd, make([]byte, 4096)))
	must(syscall.Fchdir(fd))
	must(syscall.Close(fd))
}

func attributes() {
	must(os.WriteFile("file", []byte("attributes"), 0o644))
	must(os.Chmod("file", 0o4751|os.ModeSetuid))
	must(os.Chown("file", -1, -1))
	must(os.Lchown("file", os.Getuid(), os.Getgid()))
	must(os.Chtimes("file", time.Unix(1, 2), time.Unix(3, 4)))
	must(os.Chtimes("file", time.Unix(-1, 2), time.Unix(1<<31, 4)), syscall.EINVAL)
	must(syscall.Utimes("file", []syscall.Timeval{{Sec: 5, Usec: 6}, {Sec: 7, Usec: 8}}))
	must(syscall.Utime("file", &syscall.Utimbuf{Actime: 9, Modtime: 10}))
	for _, mode := range []uint32{0, 1, 2, 4} {
		syscall.Access("file", mode)
		syscall.Faccessat(-100, "file", mode, 0x200)
	}
	// A file system may have no such attributes: the answer is the same on both sides.
	syscall.Setxattr("file", "user.traced", []byte("value"), 0)
	syscall.Getxattr("file", "user.traced", make([]byte, 64))
	syscall.Listxattr("file", make([]byte, 256))
	syscall.Removexattr("file", "user.traced")
	var system syscall.Statfs_t
	must(syscall.Statfs(".", &system))
	fd := first(syscall.Open("file", syscall.O_RDWR, 0))
	must(syscall.Fstatfs(fd, &system))
	var stat syscall.Stat_t
	must(syscall.Stat("file", &stat))
	must(syscall.Lstat("file", &stat))
	must(syscall.Fstat(fd, &stat))
	must(syscall.Futimes(fd, []syscall.Timeval{{Sec: 5, Usec: 6}, {Sec: 7, Usec: 8}}))
	must(syscall.Fchmod(fd, 0o600))
	must(syscall.Fchown(fd, -1, -1))
	must(syscall.Fchmodat(-100, "file", 0o640, 0))
	must(syscall.Fchownat(-100, "file", -1, -1, 0x100))
	must(syscall.Close(fd))
	must(syscall.Mkfifo("fifo", 0o600))
	must(syscall.Mknod("node", syscall.S_IFREG|0o600, 0))
	must(syscall.Mknodat(-100, "second", syscall.S_IFIFO|0o600, 0))
	for _, name := range []string{"fifo", "node", "second"} {
		must(syscall.Unlink(name))
	}
	syscall.Umask(syscall.Umask(0o77))
}

// errors: each of these fails.
func errors() {
	long := strings.Repeat("x", 300)
	os.Open("missing")
	os.Open(long)
	os.Open("file/below")
	os.Mkdir(".", 0o700)
	os.Remove("missing")
	os.Rename("missing", "other")
	os.Chdir("missing")
	os.Readlink("file")
	os.Stat("missing/missing")
	os.Chmod("missing", 0)
	os.Chtimes("missing", time.Unix(1, 0), time.Unix(1, 0))
	os.Truncate("missing", 1)
	os.Link("missing", "other")
	syscall.Read(-1, make([]byte, 1))
	syscall.Write(999, []byte("x"))
	syscall.Close(-1)
	syscall.Dup(-1)
	syscall.Dup3(0, 0, 0)
	syscall.Seek(-1, 0, 7)
	syscall.Pread(0, make([]byte, 1), -1)
	syscall.Flock(-1, syscall.LOCK_EX)
	syscall.Fchdir(-1)
	syscall.Ftruncate(-1, 0)
	syscall.Fallocate(-1, 0, 0, 0)
	syscall.Kill(1<<22+1, 0)
	syscall.Mount("none", "missing", "none", 0, "")
	syscall.Unmount("missing", 0)
	syscall.Chroot("missing")
	syscall.PivotRoot("missing", "missing")
	syscall.Acct("missing")
	syscall.Setpriority(7, 0, 0)
	syscall.Getpriority(7, 0)
	syscall.Setpgid(-1, -1)
	syscall.Getpgid(-1)
	syscall.Socket(-1, -1, -1)
	syscall.Bind(-1, &syscall.SockaddrInet4{Port: 1})
	syscall.Listen(-1, 1)
	syscall.Connect(0, &syscall.SockaddrUnix{Name: "missing"})
	syscall.Getxattr("missing", "user.x", nil)
	syscall.EpollWait(-1, make([]syscall.EpollEvent, 1), 0)
	syscall.InotifyRmWatch(-1, 1)
	syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
	syscall.Exec("missing", []string{"missing"}, nil)
	syscall.Reboot(0)
	syscall.Klogctl(99, nil)
	syscall.Madvise(make([]byte, 1), 999)
}

func copies() {
	must(os.WriteFile("from", bytes.Repeat([]byte("copied "), 1000), 0o644))
	from, to := first(os.Open("from")), first(os.Create("to"))
	first(io.Copy(to, from))
	first(from.Seek(0, io.SeekStart))
	first(io.CopyN(to, from, 100))
	offset := int64(7)
	first(syscall.Sendfile(int(to.Fd()), int(from.Fd()), &offset, 70))
	read, write := pipe()
	position := int64(0)
	first(syscall.Splice(int(from.Fd()), &position, write, nil, 700, 0))
	second, third := pipe()
	first(syscall.Tee(read, third, 700, 0))
	first(syscall.Read(read, make([]byte, 1000)))
	first(syscall.Read(second, make([]byte, 1000)))
	for _, fd := range []int{read, write, second, third} {
		must(syscall.Close(fd))
	}
	must(syscall.SyncFileRange(int(to.Fd()), 0, 4096, 2))
	must(from.Close())
	must(to.Close())
}

func pipe() (int, int) {
	var ends [2]int
	must(syscall.Pipe2(ends[:], syscall.O_CLOEXEC))
	return ends[0], ends[1]
}

func locks() {
	file := first(os.OpenFile("lock", os.O_CREATE|os.O_RDWR, 0o600))
	fd := file.Fd()
	must(syscall.Flock(int(fd), syscall.LOCK_EX|syscall.LOCK_NB))
	must(syscall.Flock(int(fd), syscall.LOCK_UN))
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Start: 1, Len: 1 << 33}
	must(syscall.FcntlFlock(fd, syscall.F_SETLK, &lock))
	must(syscall.FcntlFlock(fd, syscall.F_GETLK, &lock))
	lock.Type = syscall.F_UNLCK
	must(syscall.FcntlFlock(fd, syscall.F_SETLKW, &lock))
	must(syscall.SetNonblock(int(fd), true))
	must(syscall.SetNonblock(int(fd), false))
	syscall.CloseOnExec(int(fd))
	must(file.Close())
}
