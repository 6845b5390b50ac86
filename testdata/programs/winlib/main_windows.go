// Winlib asks Windows for what the standard library asks it for, by many of its packages, and says what came of it: the same
// on each run, however the functions are found.
package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Println("child:", os.Getenv("WINLIB"), strings.Join(os.Args[1:], ","))
		io.Copy(os.Stdout, os.Stdin)
		os.Exit(7)
	}
	for _, part := range []struct {
		name string
		run  func() (any, error)
	}{
		{"files", files}, {"folders", folders}, {"links", links}, {"environment", environment}, {"children", children},
		{"sockets", sockets}, {"names", names}, {"interfaces", interfaces}, {"random", random}, {"user", users}, {"registry", registry},
		{"errors", lastErrors}, {"clock", clock}, {"memory", memory}, {"time zone", zone},
	} {
		got, err := part.run()
		fmt.Println(part.name+":", got, err)
	}
}

func files() (any, error) {
	name := filepath.Join(os.TempDir(), "winlib.txt")
	defer os.Remove(name)
	if err := os.WriteFile(name, []byte("0123456789"), 0o644); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	end, err := file.Seek(-3, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	text := make([]byte, 3)
	if _, err := file.ReadAt(text, end); err != nil {
		return nil, err
	}
	stamp := time.Unix(1700000000, 0)
	if err := os.Chtimes(name, stamp, stamp); err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return fmt.Sprint(end, string(text), info.Size(), info.ModTime().Unix(), file.Truncate(4), file.Sync()), nil
}

func folders() (any, error) {
	root, err := os.MkdirTemp("", "winlib")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root)
	for _, name := range []string{"b/c", "a"} {
		if err := os.MkdirAll(filepath.Join(root, name), 0o755); err != nil {
			return nil, err
		}
	}
	err = os.Rename(filepath.Join(root, "a"), filepath.Join(root, "b", "d"))
	if err != nil {
		return nil, err
	}
	var found []string
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		found = append(found, strings.TrimPrefix(path, root))
		return err
	})
	return found, err
}

func links() (any, error) {
	root, err := os.MkdirTemp("", "winlib")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root)
	one, two := filepath.Join(root, "one"), filepath.Join(root, "two")
	if err := os.WriteFile(one, nil, 0o600); err != nil {
		return nil, err
	}
	if err := os.Link(one, two); err != nil {
		return nil, err
	}
	a, err := os.Stat(one)
	if err != nil {
		return nil, err
	}
	b, err := os.Stat(two)
	return os.SameFile(a, b), err
}

func environment() (any, error) {
	os.Setenv("WINLIB", "set")
	before, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	defer os.Chdir(before)
	if err := os.Chdir(os.TempDir()); err != nil {
		return nil, err
	}
	name, err := os.Hostname()
	return fmt.Sprint(os.Getenv("WINLIB"), os.ExpandEnv("<$WINLIB>"), name != "", os.Getpid() > 0, os.Getpagesize()), err
}

func children() (any, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.Command(self, "a b", `c"d`)
	command.Stdin = strings.NewReader("through a pipe")
	said, err := command.CombinedOutput()
	return string(said), err
}

func sockets() (any, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer listener.Close()
	go func() {
		peer, err := listener.Accept()
		if err == nil {
			io.Copy(peer, peer)
			peer.Close()
		}
	}()
	peer, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		return nil, err
	}
	defer peer.Close()
	if _, err := peer.Write([]byte("there and back")); err != nil {
		return nil, err
	}
	peer.(*net.TCPConn).CloseWrite()
	said, err := io.ReadAll(peer)
	_, refused := net.DialTimeout("tcp", "127.0.0.1:1", 10*time.Second)
	return fmt.Sprint(string(said), " ", refused), err
}

func names() (any, error) {
	port, err := net.LookupPort("tcp", "80")
	if err != nil {
		return nil, err
	}
	addresses, err := net.LookupHost("127.0.0.1")
	return fmt.Sprint(port, addresses), err
}

func interfaces() (any, error) {
	all, err := net.Interfaces()
	return len(all) > 0, err
}

func random() (any, error) {
	one, two := make([]byte, 16), make([]byte, 16)
	if _, err := rand.Read(one); err != nil {
		return nil, err
	}
	_, err := rand.Read(two)
	return string(one) != string(two), err
}

func users() (any, error) {
	me, err := user.Current()
	if err != nil {
		return nil, err
	}
	return fmt.Sprint(me.Username != "", strings.HasPrefix(me.Uid, "S-1-"), me.HomeDir != ""), nil
}

func registry() (any, error) {
	path, err := syscall.UTF16PtrFromString(`SOFTWARE\Microsoft\Windows NT\CurrentVersion`)
	if err != nil {
		return nil, err
	}
	var key syscall.Handle
	if err := syscall.RegOpenKeyEx(syscall.HKEY_LOCAL_MACHINE, path, 0, syscall.KEY_READ, &key); err != nil {
		return nil, err
	}
	defer syscall.RegCloseKey(key)
	var keys, values uint32
	err = syscall.RegQueryInfoKey(key, nil, nil, nil, &keys, nil, nil, &values, nil, nil, nil, nil)
	return fmt.Sprint(keys > 0, values > 0, mime.TypeByExtension(".html")), err
}

// Failures, each with the number that GetLastError (or the function itself) gave.
func lastErrors() (any, error) {
	none := filepath.Join(os.TempDir(), "winlib.none")
	name, err := syscall.UTF16PtrFromString(none)
	if err != nil {
		return nil, err
	}
	_, open := os.Open(none)
	_, folder := os.ReadFile(os.TempDir())
	_, list := os.ReadDir(none)
	_, attributes := syscall.GetFileAttributes(name)
	_, load := syscall.LoadLibrary(none)
	_, variable := syscall.GetEnvironmentVariable(name, nil, 0)
	_, process := syscall.OpenProcess(syscall.SYNCHRONIZE, false, 3)
	var key syscall.Handle
	said := ""
	for _, failed := range []error{
		open, folder, list, attributes, load, variable, process, os.Remove(none), os.Mkdir(os.TempDir(), 0o700), os.Rename(none, none+"2"),
		os.Chdir(none), exec.Command(none).Run(), syscall.CloseHandle(0x7ffffff0),
		syscall.RegOpenKeyEx(syscall.HKEY_CURRENT_USER, name, 0, syscall.KEY_READ, &key), syscall.FlushFileBuffers(0),
		syscall.Closesocket(syscall.InvalidHandle),
	} {
		var number syscall.Errno
		errors.As(failed, &number)
		said += fmt.Sprint(uintptr(number), " ", errors.Is(failed, fs.ErrNotExist), ", ")
	}
	return said, nil
}

func clock() (any, error) {
	before := time.Now()
	time.Sleep(20 * time.Millisecond)
	return time.Since(before) >= 20*time.Millisecond, nil
}

func memory() (any, error) {
	name := filepath.Join(os.TempDir(), "winlib.map")
	defer os.Remove(name)
	if err := os.WriteFile(name, []byte("mapped"), 0o644); err != nil {
		return nil, err
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	mapping, err := syscall.CreateFileMapping(syscall.Handle(file.Fd()), nil, syscall.PAGE_READONLY, 0, 0, nil)
	if err != nil {
		return nil, err
	}
	defer syscall.CloseHandle(mapping)
	address, err := syscall.MapViewOfFile(mapping, syscall.FILE_MAP_READ, 0, 0, 6)
	if err != nil {
		return nil, err
	}
	return address != 0, syscall.UnmapViewOfFile(address)
}

func zone() (any, error) {
	_, offset := time.Unix(1700000000, 0).Zone()
	return offset, nil
}
