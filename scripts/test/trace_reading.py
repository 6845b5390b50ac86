"""Reads what `strace -ff` wrote of one run of testdata/programs/traced and makes it comparable (docs/traces.md).

In:  a folder of files t.PID, one per thread (strace -ff -o FOLDER/t).
Out: Run: `steps`, per step the calls of the main thread and of the children that it made, until they execute something;
     `shapes`, what the other threads of the process called, without numbers.
Always: a call is a line of text, `openat(AT_FDCWD, "file", O_RDONLY) = 3`, of a child `CHILD1: dup3(3, 0, 0) = 0`. What two runs
     of one program cannot have in common is replaced by a name (Names); everything else stays, results included.
"""
import os
import re

MARK = re.compile(r'^\w+\((?:AT_FDCWD, )?"/traced/(begin|end) ([^"]*)"')
# The end of a handler and what it interrupted: signals come when they like. A main thread that waits sleeps on a futex.
SIGNAL = re.compile(r"^(rt_sigreturn|sigreturn|restart_syscall)\(")
SCHEDULING = re.compile(SIGNAL.pattern + r"|^(futex|futex_time64)\(")
# How much memory the runtime takes, when and on which thread, is the scheduler's choice; while it starts, threads are as well.
MEMORY = re.compile(r"^(mmap2?\(\w+, \w+, PROT_[^,]*, MAP_PRIVATE\|[^,]*MAP_ANONYMOUS|munmap\(|madvise\(|mprotect\((ADDRESS|MAP\d+), )")
STARTING = re.compile(MEMORY.pattern + r"|^(clone3?\(.*CLONE_THREAD|rt_sigprocmask\()")
# Where a number is that of a process or thread: any other may look like one by chance.
IDS = re.compile(r"((?:pid|tid)=\[?|^(?:kill|tgkill|wait4|pidfd_open|[gs]etpgid|[gs]etpriority|getsid|prlimit64|sched_\w+)\(|^tgkill\(\w+, |"
                 r"^kill\(-|\bP_PID, |/proc/|^(?:getpid|gettid|getpgid|getpgrp|getsid|setsid|clone3?|v?fork|wait4|set_tid_address)\(.* = )"
                 r"(\d+)\b")
EXECUTED = re.compile(r"^execve(at)?\(.* = 0$")
THREAD = re.compile(r"^clone3?\(.*CLONE_THREAD.* = (\d+)$")
CHILD = re.compile(r"^(?:clone3?|v?fork)\((?!.*CLONE_THREAD).* = (\d+)$")
PROCESSORS = re.compile(r'^open(?:at\(AT_FDCWD, |\()"/sys/devices/system/cpu/online".* = (\d+)$')
# What these answer changes by itself: time, load, room on a disk, random bytes, addresses. Their other words are compared.
BRACED = r"(\{).*(\})"
LEFT = r"(left \{).*(\})"
CHANGING = {
    "getrandom": r'^(getrandom\()"(?:[^"\\]|\\.)*"(, )',
    "recvfrom": r"^(recvfrom\(\d+, \[\[\{nlmsg_).*(\], )",
    "read": r'^(read\(\d+, )"(?:[0-9a-f]+ ?)?[^"]*[r-][w-][x-][ps] [^"]*"\.*(, \d+\) = )\d+$',
    "times": r"(\{).*(\}\) = )\d+$",
    "adjtimex": r"(\btime=\{).*?(\})", "clock_adjtime": r"(\btime=\{).*?(\})", "clock_adjtime64": r"(\btime=\{).*?(\})",
    "waitid": r"(\bsi_utime=)\d+, si_stime=\d+(\}.*\{)ru_.*(\})", "wait4": r"(\{ru_).*(\})",
    "statx": r"(\{)stx_mask=.*(stx_mode=[^,]*, stx_size=\d+).*(\})",
} | dict.fromkeys(["select", "_newselect", "pselect6", "pselect6_time64"], LEFT) | dict.fromkeys(
    ["sysinfo", "statfs", "fstatfs", "statfs64", "fstatfs64", "getrusage", "gettimeofday", "clock_gettime", "clock_gettime64"], BRACED)


class Unreadable(Exception):
    """The trace is not that of a whole run."""


class Names:
    """Replaces what differs from run to run: addresses, numbers of processes and threads, ports that the kernel chose, what the
    runtime wants to be told of an event. What had the same number has the same name; an address is named where mmap gave it in
    the same step."""

    def __init__(self, main, threads):
        self.ids = {str(main): "PID"}
        self.threads = set(threads)
        self.ports, self.events, self.maps = {}, {}, {}

    def of(self, call):
        name = call.partition("(")[0]
        call = re.sub(r" /\* \d{4}-\d\d-\d\dT.*?\*/", "", call)
        call = re.sub(r"0x[0-9a-f]+ \(flags ([^)]*)\)", r"\1", call)
        if name in CHANGING:
            call = re.sub(CHANGING[name], lambda m: "...".join(m.groups()), call)
        if name == "getppid":
            call = re.sub(r"\d+$", "PARENT", call)
        made = re.match(r"mmap2?\(.* = (0x[0-9a-f]+)$", call)
        if made:
            self.maps[int(made.group(1), 16)] = f"MAP{len(self.maps) + 1}"
        call = re.sub(r"data=\{u32=\d+, u64=(\d+)\}", self.event, call)
        call = re.sub(r"htons\((\d+)\)", self.port, call)
        call = re.sub(r"\b0x[0-9a-f]+\b", self.address, call)
        for _ in range(3):  # the words of a call, and its result
            call = IDS.sub(self.number, call)
        return call

    def number(self, match):
        text = match.group(2)
        return match.group(1) + (self.ids.get(text) or ("TID" if text in self.threads else text))

    def address(self, match):
        value = int(match.group(0), 16)
        if value < 0x10000 or 0xffff0000 <= value <= 0xffffffff or value >= 0xffffffffffff0000:
            return match.group(0)
        return self.maps.get(value, "ADDRESS")

    def port(self, match):
        port = match.group(1)
        return "htons(0)" if port == "0" else "htons(" + self.ports.setdefault(port, f"PORT{len(self.ports) + 1}") + ")"

    def event(self, match):
        """An address and a count; a small number is one that the program chose."""
        if int(match.group(1)) < 1 << 32:
            return match.group(0)
        return "data=" + self.events.setdefault(match.group(1), f"EVENT{len(self.events) + 1}")


def calls(path):
    """The calls of a thread. Lines of signals and of ends are none; strace fills up with blanks before the result."""
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.startswith(("---", "+++")):
                yield re.sub(r"\)\s+= ", ") = ", line.rstrip("\n"))


def of_thread(lines):
    """The calls of a thread that is not the main one. What libc asks once, for the number of processors, it asks in whichever
    thread wants memory first. "???" is what strace says where a thread ends before its call is known."""
    processors = None
    for call in lines:
        opened = PROCESSORS.match(call)
        if opened:
            processors = opened.group(1)
        elif processors and call.startswith((f"read({processors}, ", f"close({processors})")):
            processors = None if call.startswith("close") else processors
        elif not call.startswith("???("):
            yield call


def shape(call):
    """A call without numbers and result: which of them come, and how often, is the scheduler's choice."""
    call = re.sub(r"\) = .*", ")", call)
    call = re.sub(r"tv_sec=\d+, tv_nsec=\d+", "TIME", call)
    call = re.sub(r"\[(\{events=.*|\{mask=.*|[A-Z ]*)\]", "[...]", call)
    call = re.sub(r"MAP\d+|\b\d{2,}\b", lambda m: "ADDRESS" if m.group(0)[0] == "M" else "N", call)
    call = re.sub(r"(nanosleep\(.*\{TIME\}), ?(NULL|ADDRESS|\{TIME\})\)", r"\1, NULL)", call)  # the rest, after a signal
    call = re.sub(r"^(\w+\()\d+", r"\1FD", call)  # the lowest that is free just then
    call = re.sub(r"^(epoll_pwait\(FD, \[...\], N, )-?\w+", r"\1TIME", call)
    return re.sub(r"^(futex(?:_time64)?\(.*, FUTEX_\w+, )\w+", r"\1...", call)


class Run:
    """What one run called."""

    def __init__(self, folder):
        self.files = {name.partition(".")[2]: os.path.join(folder, name) for name in os.listdir(folder) if name.startswith("t.")}
        if not self.files:
            raise Unreadable(f"{folder} holds no trace")
        mains = [thread for thread, path in self.files.items() if next(calls(path), "").startswith('execve("./traced", ')]
        if len(mains) != 1:
            raise Unreadable(f"{folder}: {len(mains)} threads begin with the program")
        main = mains[0]  # not the lowest number: they begin anew after the highest
        self.names, self.children = Names(main, self.files), 0
        self.step, self.steps, self.shapes = "start", {"start": []}, set()
        threads = []
        for call in calls(self.files[main]):
            self.take(call)
            threads += THREAD.findall(call)
        if self.step != "exit":
            raise Unreadable(f"{folder}: the run ends in or after the step {self.step}")
        while threads:
            for call in of_thread(calls(self.files[threads.pop()])):
                threads += THREAD.findall(call)
                named = self.names.of(call)
                if not SIGNAL.match(call) and not MEMORY.match(named) and " ...>" not in call:
                    self.shapes.add(shape(named))

    def take(self, call):
        mark = MARK.match(call)
        child = CHILD.match(call)
        if mark:
            self.step = mark.group(2) if mark.group(1) == "begin" else None
            self.names.maps.clear()
            if self.step is not None:
                self.steps[self.step] = []
        elif self.step is not None and not SCHEDULING.match(call):
            if child:
                self.children += 1
                self.names.ids[child.group(1)] = f"CHILD{self.children}"
            if self.step == "start":
                self.names.maps.clear()
            named = self.names.of(call)
            if self.step == "start" and STARTING.match(named):
                return
            # The contents of /proc/self/maps, in as many pieces as they need.
            if not ("..." in named and named.startswith("read(") and named == self.steps[self.step][-1]):
                self.steps[self.step].append(named)
            if child:
                self.child(child.group(1))

    def child(self, pid):
        """The calls of a child until it executes something."""
        if pid not in self.files:
            raise Unreadable(f"child {pid} was not traced")
        for call in calls(self.files[pid]):
            self.steps[self.step].append(f"{self.names.ids[pid]}: {self.names.of(call)}")
            if EXECUTED.match(call):
                return
