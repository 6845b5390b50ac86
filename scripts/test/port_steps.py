"""What is shown on one port of Go: a function per step, used by scripts/test/ports.

A step returns a line of text, what was measured; raises Wrong where something must hold and does not, and Unshown with the
reason where this machine cannot show it.
"""
import glob
import hashlib
import inspect
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAMS = os.path.join(ROOT, "testdata", "programs")
INTERPOSERS = os.path.join(ROOT, "testdata", "interposers")
# Arguments and variables that keep a run short under an emulator; what the last line must be.
RUNS = {
    "hello": ([], {}, "hello"),
    "http": ([], {}, "http done"),
    "children": ([], {"CHILDREN": "5"}, "children done"),
    "signals": ([], {}, "signals done"),
    "profile": (["PROFILE"], {}, "profile done"),
    "callbacks": ([], {}, "callbacks done"),
    "spawn": (["8"], {}, "spawn done"),
}
QUICK_RUNS = ["hello", "children"]
QEMU_SUITES = ["syscall", "os"]
NATIVE_SUITES = ["syscall", "os", "os/exec", "os/signal", "net", "time", "sync", "internal/poll", "runtime/pprof",
                 "internal/syscall/unix", "os/user", "net/http", "runtime"]
SECONDS = 240  # of one program under qemu on a busy machine


class Wrong(Exception):
    """Something must hold and does not."""


class Unshown(Exception):
    """This machine cannot show it; the text says why."""


def run(command, seconds=3600, **options):
    """Output and exit code; an emulator does not end by SIGTERM, so what takes too long is killed."""
    try:
        return subprocess.run(command, text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, check=False, timeout=seconds, **options)
    except subprocess.TimeoutExpired as late:
        text = late.stdout or b""
        return subprocess.CompletedProcess(command, "timeout", text if isinstance(text, str) else text.decode(errors="replace"), "")


def tail(text, lines=6):
    return " | ".join(line.strip() for line in text.strip().splitlines()[-lines:])


def digest(paths, *texts):
    made = hashlib.sha256()
    for path in sorted(paths):
        with open(path, "rb") as file:
            # Not which rules it was made from: the identity in the table changes with those of every port.
            made.update(path[len(ROOT):].encode() + re.sub(rb"libcify-identity: [^\"]*", b"", file.read()))
    for text in texts:
        made.update(str(text).encode() + b"\n")
    return made.hexdigest()[:20]


def files_below(folder):
    return [os.path.join(base, name) for base, _, names in os.walk(folder) for name in names]


class Port:
    """One port, its toolchain and the programs built with it, each built once."""

    def __init__(self, goarch, spec, quick):
        self.goarch, self.spec, self.quick = goarch, spec, quick
        self.built, self.homes = {}, {}
        made = run([os.path.join(HERE, "cross"), "--json", goarch])
        self.cross = json.loads(made.stdout) if made.returncode == 0 else None
        self.why_not = made.stdout.strip()
        with open(os.path.join(HERE, "cross.json"), encoding="utf-8") as file:
            self.row = json.load(file)["ports"][goarch]
        self.native = self.row["qemu"] == ""
        self.libc = "glibc" if "glibc" in self.row["zig"] else "musl"
        source = run([os.path.join(ROOT, "scripts", "goroot"), spec])
        if source.returncode:
            raise Wrong(source.stdout)
        with open(os.path.join(source.stdout.strip().splitlines()[-1], "VERSION"), encoding="utf-8") as file:
            self.go_name = file.readline().strip().removeprefix("go")
        self.out = os.path.join(ROOT, "build", "ports", goarch)
        os.makedirs(self.out, exist_ok=True)

    def home(self, libc=None, stock=False):
        """The toolchain (scripts/test/toolchain); of the stock half alone where the port is not served."""
        libc = libc or self.libc
        if (libc, stock) not in self.homes:
            command = [os.path.join(HERE, "toolchain")] + (["--stock"] if stock else []) + [self.spec, self.goarch, libc]
            made = run(command)
            if made.returncode:
                raise Wrong(tail(made.stdout, 8))
            self.homes[libc, stock] = made.stdout.strip().splitlines()[-1]
        return self.homes[libc, stock]

    def key(self, step):
        """Hash of everything that can change a result."""
        try:
            overlay = files_below(os.path.join(self.home(), "overlay"))
        except Wrong as what:  # a port that cannot be generated has no overlay: its inputs are rules and overlays
            overlay = files_below(os.path.join(ROOT, "rules")) + files_below(os.path.join(ROOT, "overlays"))
            overlay = [path for path in overlay if ".new" not in path]
            return digest(overlay, step, self.spec, self.cross, what)
        overlay = [path for path in overlay if not path.endswith(".json")]  # what is compiled, not what is told of it
        mine = [os.path.join(ROOT, name) for name in STEPS[step].get("files", [])]
        mine += glob.glob(os.path.join(PROGRAMS, "*", "*.go"))
        tools = json.dumps(self.cross).replace(ROOT, "")  # the same in every clone
        return digest(overlay + mine, step, self.go_name, tools, inspect.getsource(STEPS[step]["run"]))

    def build(self, program, side, flags=(), libc=None):
        """Path of a built program; side: "overlay", "stock" or a folder with another overlay for the stock tree. Programs of a
        libc that is named are static and lie in a folder of its name."""
        known = (program, side, tuple(flags), libc)
        if known not in self.built:
            go = os.path.join(self.home(libc), "bin", "go" if side == "overlay" else "stock-go")
            name = program + "." + re.sub(r"\W+", "-", os.path.basename(side)) + "".join(re.sub(r"\W+", "-", f) for f in flags)
            output = os.path.join(self.out, libc or "", name)
            more = [f"-overlay={side}/overlay.json"] if os.path.isdir(side) else []
            more += ["-tags=netgo,osusergo"] if libc else []
            done = run([go, "build"] + more + list(flags) + ["-o", output, "./" + program], cwd=PROGRAMS)
            if done.returncode:
                raise Wrong(f"{program} does not build ({side}): {tail(done.stdout)}")
            self.built[known] = output
        return self.built[known]

    def environment(self, **more):
        env = {name: value for name, value in os.environ.items() if not name.startswith(("LD_", "GO"))}
        if self.cross.get("QEMU_LD_PREFIX"):
            env["QEMU_LD_PREFIX"] = self.cross["QEMU_LD_PREFIX"]
        env.update(more)
        return env

    def start(self, binary, arguments=(), preload=None, seconds=SECONDS, **more):
        """Runs a program of this port; preload goes to that program alone, which its children inherit."""
        command = [os.path.join(HERE, "binfmt-run"), self.goarch]
        if preload:
            command += ["env", "LD_PRELOAD=" + preload]
        return run(command + [binary] + list(arguments), seconds, env=self.environment(**more), cwd=self.out)

    def program(self, name, binary):
        """Runs one of the test programs and checks its verdict."""
        arguments, env, last = RUNS[name]
        arguments = [os.path.join(self.out, "cpu.pprof") if a == "PROFILE" else a for a in arguments]
        done = self.start(binary, arguments, **env)
        lines = done.stdout.strip().splitlines()
        if done.returncode != 0 or not lines or not lines[-1].startswith(last):
            raise Wrong(f"{os.path.basename(binary)}: exit code {done.returncode}: {tail(done.stdout)}")

    def instructions(self, binary):
        done = run([os.path.join(HERE, "nosyscalls"), binary])
        if done.returncode not in (0, 1):
            raise Wrong(tail(done.stdout))
        return int(done.stdout.split()[0])

    def interposer(self, name):
        output = os.path.join(self.out, name + ".so")
        done = run(shlex.split(self.cross["CC"]) + ["-O1", "-fno-builtin", "-shared", "-fPIC", "-Wall", "-o", output,
                                                    os.path.join(INTERPOSERS, name + ".c"), "-ldl"])
        if done.returncode:
            raise Wrong(f"{name}.c does not compile: {tail(done.stdout)}")
        return output


def need_run(port):
    """Cross compilers and a way to run their programs."""
    if port.cross is None:
        raise Unshown(port.why_not)
    done = run([os.path.join(HERE, "binfmt-run"), port.goarch, "true"])
    if done.returncode:
        raise Unshown(tail(done.stdout))


def generate(port):
    done = run([os.environ["LIBCIFY"], "version"])
    home = port.home()
    with open(os.path.join(home, "generate.log"), encoding="utf-8") as file:
        text = file.read()
    lines = [re.sub(r" +", " ", line.strip()) for line in text.splitlines() if re.match(r" *(seams|requests|numbers)", line)]
    if done.returncode or len(lines) != 3:
        raise Wrong(tail(text))
    return "; ".join(lines)


def compile_all(compiler, folder, what):
    """Compiles the generated C++ and assembly of one overlay; any word of the compiler is too much."""
    made = 0
    for path in sorted(glob.glob(os.path.join(folder, "src", "runtime", "cgo", "gcc_libcify*"))):
        language = ["-std=c++17", "-fno-exceptions", "-fno-rtti"] if path.endswith(".cc") else []
        done = run(compiler + language + ["-Wall", "-Wextra", "-Werror", "-O2", "-c", path, "-o", "/dev/null"])
        if done.returncode or done.stdout.strip():
            raise Wrong(f"{what}: {os.path.basename(path)}: {tail(done.stdout, 3)}")
        made += 1
    if made < 2:
        raise Wrong(f"{folder} holds {made} files to compile, not a table and its assembly")
    return made


def compiles(port):
    if port.cross is None:
        raise Unshown(port.why_not)
    with open(os.path.join(ROOT, "rules", "ports.json"), encoding="utf-8") as file:
        row = next(row for row in json.load(file)["ports"] if row["goarch"] == port.goarch and row["goos"] == "linux")
    told = []
    libcs = [libc["name"] for libc in row["libcs"]]
    for libc in libcs:
        folder = os.path.join(port.home(libc), "overlay")
        made = json.loads(run([os.path.join(HERE, "cross"), "--json", port.goarch, libc]).stdout)
        compilers = {}
        if libc == "glibc" and (port.row["debian"] or port.goarch == "amd64"):
            compilers["gcc"] = shlex.split(made["CXX"])
            compilers["clang"] = clang(port)
        if "zig" not in made["CXX"] and "zcc" not in made["CXX"] and libc != "glibc":
            raise Wrong("no compiler for " + libc)
        zcc = [os.path.join(HERE, "zcc"), "c++", port.row["zig"][libc]] if libc in port.row["zig"] else None
        if zcc and (libc == "musl" or not compilers):
            compilers["zig's clang"] = zcc
        if libc == "musl" and gcc(port):
            compilers["gcc"] = gcc(port) + musl_headers(port)
        for name, compiler in compilers.items():
            compile_all(compiler, folder, f"{libc} with {name}")
            told.append(f"{libc} with {name}")
    return "no warning: " + ", ".join(told) + ("" if gcc(port) else "; there is no gcc for this port here")


def gcc(port):
    """Debian's cross compiler; ppc64's little-endian one speaks big-endian ELFv2 too. Nothing where there is none."""
    return shlex.split(port.row.get("gcc", port.row["debian"] and port.row["debian"] + "-g++"))


def musl_headers(port):
    """gcc's options for zig's headers of musl, which has them for every port."""
    own = run(gcc(port) + ["-print-file-name=include"]).stdout.strip()
    told = run([os.path.join(HERE, "zcc"), "cc", port.row["zig"]["musl"], "-E", "-v", "-x", "c", "/dev/null"]).stdout
    folders = [own] + re.findall(r"^ (/\S+/libc/include/\S+)$", told, re.M)
    return ["-nostdinc"] + [word for folder in folders for word in ("-isystem", folder)]


def clang(port):
    """clang with the headers of Debian's cross compiler; its own target name decides about the floating-point ABI."""
    if not shutil.which("clang++-19"):
        raise Unshown("no clang++-19: run scripts/bootstrap test")
    triple = port.row["debian"]
    command = ["clang++-19", "--target=" + triple]
    headers = f"/usr/{triple}/include"
    return command + ["-nostdinc++", "-isystem", headers] if triple else ["clang++-19"]


def links(port):
    told = []
    for link in ("internal", "external"):
        if "zcc" in port.cross["CC"] and link == "internal":
            continue
        try:
            port.build("hello", "overlay", link_flags(port, link))
        except Wrong as what:  # Go's own linker serves cgo on some ports only
            if link == "external" or "external linking required" not in str(what):
                raise
            continue
        told.append(link)
    for program in RUNS:
        port.build(program, "overlay")
    return f"{len(RUNS)} programs; hello by {' and '.join(told)} link"


def link_flags(port, link):
    if "zcc" in port.cross["CC"]:
        return ["-ldflags=" + port.cross["CROSS_LDFLAGS"]]
    return ["-ldflags=-linkmode=" + link]


def instructions(port):
    programs = QUICK_RUNS if port.quick else list(RUNS)
    stock = port.instructions(port.build("hello", "stock"))
    if stock < 20:
        raise Wrong(f"the count finds {stock} in stock, which has more: it shows nothing")
    left = {}
    for program in programs:
        count = port.instructions(port.build(program, "overlay"))
        if count:
            left[program] = count
    if left:
        raise Wrong(f"system-call instructions in Go text: {left}")
    return f"0 in Go text of {', '.join(programs)} (stock's hello: {stock})"


def programs(port):
    need_run(port)
    for program in QUICK_RUNS if port.quick else RUNS:
        if not port.quick:
            try:
                port.program(program, port.build(program, "stock"))
            except Wrong as what:
                raise Wrong(f"stock: {what}") from what
        port.program(program, port.build(program, "overlay"))
    return f"{', '.join(QUICK_RUNS if port.quick else RUNS)} {'run natively' if port.native else 'under qemu-user'}"


# Names that an interposer must see called, by program; children run in processes of their own and count too.
SEEN = {"hello": ["write", "uname|openat|read"], "http": ["socket", "bind", "connect", "accept4", "read", "write"],
        "children": ["execve", "openat", "pipe2", "dup3|dup2"]}


def interposer(port):
    need_run(port)
    if not port.cross["CROSS_SYSROOT"] and not port.native:
        raise Unshown("programs are static here (no shared C library for this port), so nothing can be preloaded")
    library = port.interposer("count")
    told = []
    for program, names in SEEN.items():
        counts = {}
        for side in ("stock", "overlay"):
            path = os.path.join(port.out, f"{program}.{side}.counts")
            if os.path.exists(path):
                os.remove(path)
            arguments, env, last = RUNS[program]
            done = port.start(port.build(program, side), arguments, library, COUNT_FILE=path, **env)
            if done.returncode or last not in done.stdout:
                raise Wrong(f"{program}, {side}, with the interposer: exit code {done.returncode}: {tail(done.stdout)}")
            counts[side] = read_counts(path, port.row["big_endian"])
        for name in names:
            ours, theirs = (max(counts[side].get(one, 0) for one in name.split("|")) for side in ("overlay", "stock"))
            if ours <= theirs:
                raise Wrong(f"{program}: {name} was seen {ours} times, in stock {theirs} times")
            told.append(f"{name} {ours} (stock {theirs})")
    return "calls seen: " + ", ".join(told)


def read_counts(path, big_endian):
    """What count.c counted: records of a name in 24 bytes and a 64-bit number in the byte order of the program."""
    with open(path, "rb") as file:
        data = file.read()
    counts = {}
    for at in range(0, len(data) - 31, 32):
        name = data[at:at + 24].rstrip(b"\0").decode()
        counts[name] = int.from_bytes(data[at + 24:at + 32], "big" if big_endian else "little")
    return counts


def suites(port):
    need_run(port)
    told = []
    for package in NATIVE_SUITES if port.native else QEMU_SUITES:
        done = run([os.path.join(HERE, "suite"), "--go", port.spec, "--goarch", port.goarch, "--package", package,
                    "--out", os.path.join(ROOT, "build", "matrix"), "--timeout", "1200"] + ([] if port.native else ["--short"]), 7200)
        first = done.stdout.splitlines()[0] if done.stdout else ""
        if done.returncode:
            raise Wrong(f"{package}: {tail(done.stdout, 12)}")
        told.append(re.sub(r"^equal go\S+ |; calls.*", "", first))
    return "equal to stock: " + "; ".join(told)


def vfork_in_thread(port):
    """spawn with the child in the parent's thread; the same program must fail when the site is an ordinary call."""
    need_run(port)
    if not port.cross["CROSS_SYSROOT"] and not port.native:
        raise Unshown("programs are static here, so nothing can be preloaded")
    library = port.interposer("vfork_in_thread")
    report = os.path.join(port.out, "vforks")

    def spawned(binary):
        if os.path.exists(report):
            os.remove(report)
        done = port.start(binary, RUNS["spawn"][0], library, 120, VFORK_REPORT=report)
        made = open(report, encoding="utf-8").read().split()[1] if os.path.exists(report) else "0"
        return done.returncode == 0 and "spawn done" in done.stdout, int(made), done

    good, made, done = spawned(port.build("spawn", "overlay"))
    if not good or made < 8:
        raise Wrong(f"exit code {done.returncode}, {made} children: {tail(done.stdout)}")
    wrong = ordinary_site(port)
    if wrong is None:
        return f"{made} children on the parent's stack; an ordinary call is refused by libcify at that site"
    good, _, done = spawned(port.build("spawn", wrong))
    if good:
        raise Wrong("the program also passes where the site is an ordinary call: the test shows nothing")
    return f"{made} children on the parent's stack; as an ordinary call the program fails (exit code {done.returncode})"


def ordinary_site(port):
    """A folder with the overlay in which the vfork site is an ordinary call: the same rules, but for that site's role."""
    data, out = os.path.join(port.out, "ordinary.data"), os.path.join(port.out, "ordinary")
    shutil.rmtree(data, ignore_errors=True)
    for name in ("rules", "overlays"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(data, name))
    path = os.path.join(data, "rules", "extract", "linux_seams.json")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if text.count('"role": "vfork"') == 0:
        raise Wrong(f"{path} has no seam of the role vfork")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace('"role": "vfork"', '"role": "enter"'))
    done = run([os.environ["LIBCIFY"], "generate", "--data", data, "--goroot", os.path.join(port.home(), "stock"),
                "--target", "linux/" + port.goarch, "--libc", port.libc, "--out", out])
    if done.returncode == 1:
        return None
    if done.returncode:
        raise Wrong(tail(done.stdout))
    return out


def machine(port, what):
    """Runs scripts/test/machine, a whole system, for one of its two proofs."""
    for program in ("children", "spawn") if what == "vfork" else ("hello", "http", "children", "signals", "spawn"):
        for side in ("overlay", "stock"):
            port.build(program, side)
    if what == "guard":
        port.interposer("guard")
    return boot(port, what, port.out)


def boot(port, what, folder):
    done = run([os.path.join(HERE, "machine"), port.goarch, what, folder], 3600)
    if done.returncode == 3:
        raise Unshown(tail(done.stdout, 1))
    if done.returncode:
        raise Wrong(tail(done.stdout, 8))
    return tail(done.stdout, 1)


def real_vfork(port):
    need_run(port)
    if port.native:
        port.program("children", port.build("children", "overlay"))
        port.program("spawn", port.build("spawn", "overlay"))
        return "children and spawn natively"
    return machine(port, "vfork")


def guard(port):
    if not port.native:
        return machine(port, "guard")
    library = port.interposer("guard")
    told = []
    for program in ("hello", "http", "children", "signals"):
        arguments, env, last = RUNS[program]
        for side in ("stock", "overlay"):
            report = os.path.join(port.out, f"{program}.{side}.armed")
            if os.path.exists(report):
                os.remove(report)
            binary = port.build(program, side)
            done = port.start(binary, arguments, library, GUARD_REPORT=report, **env)
            armed = os.path.exists(report) and any(line.startswith("armed ") and binary in line for line in open(report, encoding="utf-8"))
            if not armed:
                raise Wrong(f"{program}, {side}: the guard did not arm: {tail(done.stdout)}")
            if side == "stock" and done.returncode != -31:  # SIGSYS
                raise Wrong(f"the guard does not kill stock's {program}: exit code {done.returncode}")
            if side == "overlay" and (done.returncode or last not in done.stdout):
                raise Wrong(f"{program} under the guard: exit code {done.returncode}: {tail(done.stdout)}")
        told.append(program)
    return f"{', '.join(told)} run under the seccomp filter, natively; stock is killed"


def musl(port):
    need_run(port)
    if "musl" not in port.row["zig"]:
        raise Unshown("no musl")
    cross = json.loads(run([os.path.join(HERE, "cross"), "--json", port.goarch, "musl"]).stdout)
    home, told = port.home("musl"), []
    for program in ("hello", "http", "children", "signals"):
        for side, go in (("stock", "stock-go"), ("overlay", "go")):
            output = os.path.join(port.out, f"{program}.musl.{side}")
            done = run([os.path.join(home, "bin", go), "build", "-tags=netgo,osusergo", "-o", output, "./" + program], cwd=PROGRAMS)
            if done.returncode:
                raise Wrong(f"{program} ({side}, {cross['CC']}): {tail(done.stdout)}")
            try:
                port.program(program, output)
            except Wrong as what:
                raise Wrong(f"{side}: {what}") from what
        count = port.instructions(output)
        if count:
            raise Wrong(f"{program}: {count} system-call instructions in Go text")
        told.append(program)
    return f"{', '.join(told)}, static, 0 instructions in Go text"


def musl_vfork(port):
    """What an emulator of one process cannot show: whether musl's syscall() brings parent and child back on one stack."""
    need_run(port)
    binaries = {program: port.build(program, "overlay", libc="musl") for program in ("children", "spawn")}
    if not port.native:
        return boot(port, "vfork", os.path.join(port.out, "musl"))
    for program, binary in binaries.items():
        port.program(program, binary)
    return "children and spawn natively"


STEPS = {
    "generate": {"title": "generate", "run": generate, "doc": "`libcify generate` explains every seam and request of the tree."},
    "compiles": {"title": "compiles", "run": compiles, "needs": ["generate"],
                 "doc": "The generated table and the assembly compile with -Wall -Wextra -Werror and no word said."},
    "links": {"title": "links", "run": links, "needs": ["generate"], "doc": "All test programs link."},
    "instructions": {"title": "0 instructions", "run": instructions, "needs": ["generate"], "files": ["scripts/test/nosyscalls"],
                     "doc": "`nosyscalls`: no system-call instruction in Go text; the same count finds those of stock."},
    "programs": {"title": "programs", "run": programs, "needs": ["generate"], "files": ["scripts/test/binfmt-run"],
                 "doc": "Every test program checks itself; stock passes too."},
    "interposer": {"title": "interposer", "run": interposer, "needs": ["programs"],
                   "files": ["testdata/interposers/count.c", "testdata/interposers/calls.h"],
                   "doc": "An LD_PRELOAD library sees the named functions called; in stock it does not."},
    "suites": {"title": "Go's suites", "run": suites, "needs": ["programs"],
               "files": ["scripts/test/suite", "scripts/test/known-differences.json", "testdata/interposers/count.c",
                         "testdata/interposers/calls.h"],
               "doc": "`suite`: Go's own tests, stock against overlay, test for test."},
    "vfork_in_thread": {"title": "vfork in thread", "run": vfork_in_thread, "needs": ["programs"],
                        "files": ["testdata/interposers/vfork_in_thread.c"],
                        "doc": "The vfork child runs on the parent's memory and stack, in its thread; an ordinary call there fails."},
    "real_vfork": {"title": "real vfork", "run": real_vfork, "needs": ["programs"], "files": ["scripts/test/machine"],
                   "doc": "os/exec on a real kernel: natively or in a qemu-system machine."},
    "guard": {"title": "guard", "run": guard, "needs": ["programs"],
              "files": ["scripts/test/machine", "testdata/interposers/guard.c"],
              "doc": "A seccomp filter kills on any system call from Go text; stock dies of it."},
    "musl": {"title": "musl", "run": musl, "needs": ["generate"], "doc": "Static programs with musl, by zig cc."},
    "musl_vfork": {"title": "musl, real vfork", "run": musl_vfork, "needs": ["musl"], "files": ["scripts/test/machine"],
                   "doc": "os/exec with musl on a real kernel, as with glibc."},
}
if "LIBCIFY" not in os.environ:
    built = sorted(glob.glob(os.path.join(ROOT, "build", "*", "libcify")), key=os.path.getmtime)
    if not built:
        sys.exit("error: no libcify executable: build it, or set LIBCIFY")
    os.environ["LIBCIFY"] = built[-1]
