package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"strconv"
	"syscall"
	"time"
)

// child: what children of this program do; of them, only the calls before execve are compared.
func child(what string) {
	if code, err := strconv.Atoi(what); err == nil {
		os.Exit(code)
	}
	time.Sleep(time.Minute)
	os.Exit(1)
}

// children, with files that need no goroutine to copy.
func children() {
	self := first(os.Executable())
	output := first(os.Create("output"))
	for code, attributes := range []*syscall.SysProcAttr{
		nil, {Setpgid: true}, {Setsid: true}, {Pdeathsig: syscall.SIGKILL},
	} {
		command := exec.Command(self, strconv.Itoa(code))
		command.Dir = "/"
		command.Env = []string{"ONLY=this"}
		command.Stdout, command.Stderr = output, output
		command.SysProcAttr = attributes
		command.ExtraFiles = []*os.File{output, nil, output}
		if err := command.Run(); (err == nil) != (code == 0) || command.ProcessState.ExitCode() != code {
			must(fmt.Errorf("child %d: %v", code, err))
		}
	}
	must(output.Close())
	pid := first(syscall.ForkExec(self, []string{self, "3"}, &syscall.ProcAttr{Files: []uintptr{0, 1, 2}}))
	var status syscall.WaitStatus
	first(syscall.Wait4(pid, &status, 0, nil))
	process := first(os.StartProcess(self, []string{self, "4"}, &os.ProcAttr{}))
	first(process.Wait())
}

// missingPrograms: the child says so through a pipe and exits.
func missingPrograms() {
	exec.Command("./missing").Run()
	exec.Command("missing").Run() // looked for in PATH
	command := exec.Command(first(os.Executable()), "0")
	command.Dir = "/missing"
	command.Run()
}

func killedChildren() {
	command := exec.Command(first(os.Executable()), "sleep")
	must(command.Start())
	must(command.Process.Signal(syscall.Signal(0)))
	must(command.Process.Signal(syscall.SIGTERM))
	command.Wait()
	command.Process.Kill() // it is gone
	other := first(os.FindProcess(os.Getpid()))
	must(other.Signal(syscall.Signal(0)))
	must(other.Release())
}

func signals() {
	came := make(chan os.Signal, 4)
	signal.Notify(came, syscall.SIGUSR1, syscall.SIGWINCH)
	must(syscall.Kill(os.Getpid(), syscall.SIGUSR1))
	<-came
	signal.Stop(came)
	signal.Ignore(syscall.SIGUSR2)
	must(syscall.Kill(os.Getpid(), syscall.SIGUSR2))
	must(syscall.Tgkill(os.Getpid(), syscall.Gettid(), syscall.SIGUSR2))
	signal.Reset(syscall.SIGUSR2)
	must(syscall.Kill(0, 0))
}

func times() {
	time.Now()
	time.Sleep(time.Millisecond)
	time.LoadLocation("Europe/Berlin")
	_ = time.Unix(0, 0).Local().String()
	must(syscall.Nanosleep(&syscall.Timespec{Nsec: 1000}, nil))
	var timeval syscall.Timeval
	must(syscall.Gettimeofday(&timeval))
	first(syscall.Times(&syscall.Tms{}))
	first(syscall.Adjtimex(&syscall.Timex{}))
	<-time.After(time.Millisecond)
	ticker := time.NewTicker(time.Millisecond)
	<-ticker.C
	ticker.Stop()
}

// users: a machine may know none.
func users() {
	user.Current()
	user.Lookup("root")
	user.LookupId("0")
	user.LookupGroup("root")
	user.Lookup("nobody-of-that-name")
	os.Getuid()
	os.Geteuid()
	os.Getgid()
	os.Getegid()
	first(os.Getgroups())
}

func environment() {
	must(os.Setenv("TRACED", "value"))
	os.Getenv("TRACED")
	must(os.Unsetenv("TRACED"))
	first(os.Hostname())
	first(os.Executable())
	os.Getpagesize()
	os.UserHomeDir()
	os.TempDir()
	var name syscall.Utsname
	must(syscall.Uname(&name))
	var info syscall.Sysinfo_t
	must(syscall.Sysinfo(&info))
}

func process() {
	os.Getpid()
	os.Getppid()
	syscall.Gettid()
	first(syscall.Getpgid(0))
	syscall.Getpgrp()
	first(syscall.Getpriority(syscall.PRIO_PROCESS, 0))
	must(syscall.Setpriority(syscall.PRIO_PROCESS, 0, 1))
	syscall.Setsid() // as a leader of its group: EPERM
	syscall.Sync()
	must(syscall.Unshare(0))
	syscall.RawSyscall(syscall.SYS_SCHED_YIELD, 0, 0, 0)
	syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0)
	syscall.Syscall(syscall.SYS_PRCTL, 3, 0, 0) // PR_GET_DUMPABLE
	syscall.Syscall(syscall.SYS_PERSONALITY, 0xffffffff, 0, 0)
	syscall.Syscall(syscall.SYS_SCHED_GETSCHEDULER, 0, 0, 0)
	syscall.Syscall(syscall.SYS_MADVISE, 1, 0, 0)
	syscall.RawSyscall6(syscall.SYS_MREMAP, 1, 0, 0, 0, 0, 0)
}

func limits() {
	var limit syscall.Rlimit
	must(syscall.Getrlimit(syscall.RLIMIT_CORE, &limit))
	limit.Cur = 0
	must(syscall.Setrlimit(syscall.RLIMIT_CORE, &limit))
	must(syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	must(syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit))
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
}

func random() {
	first(rand.Read(make([]byte, 16)))
}
