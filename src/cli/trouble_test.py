#!/usr/bin/env python3
"""Bad input and bad luck: trees that are none, hostile files, broken rules, folders that cannot be written, runs that are
killed. Always: a clean error with its place, no crash, and an output folder that holds the old output or the new one."""
import os
import pathlib
import pty
import resource
import shutil
import signal
import subprocess
import time

from cli_testing import (GOROOT, LIBCIFY, SCRATCH, SOURCE, TARGET, Changed, TestCase, content, cut_copy, digest, environment, main,
                         needs_tree, remains, run)

WHERE = ["--target", TARGET, "--goroot"]


class Trees(TestCase):
    def test_no_such_tree(self):
        for command in "scan", "generate", "check":
            self.fails(2, "^/does/not/exist.*: error: ", command, *WHERE, "/does/not/exist")
        self.fails(2, "^/does/not/exist.*: error: ", "explain", "read", *WHERE, "/does/not/exist")

    def test_not_gos_tree(self):
        for name, make in [("empty", lambda f: None), ("file", lambda f: (f / "src").write_text("x")),
                           ("version only", lambda f: (f / "VERSION").write_text("go1.99\n")),
                           ("no packages", lambda f: ((f / "VERSION").write_text("go1.99\n"), (f / "src").mkdir())),
                           ("garbage version", lambda f: ((f / "VERSION").write_bytes(b"\xff\0\n" * 9), (f / "src").mkdir()))]:
            folder = SCRATCH / name
            folder.mkdir()
            make(folder)
            done = self.fails(2, r"^\S.*: error: .+", "generate", *WHERE, folder, "--out", SCRATCH / "none")
            self.assertIn(name, done.stderr)
            self.assertFalse((SCRATCH / "none").exists())
        self.fails(2, r": error: ", "scan", *WHERE, "/etc/passwd")

    def test_no_go_command(self):
        self.fails(2, "^error: there is no go on PATH; install Go, set GO, or name a tree with --goroot\n$", "scan",
                   env={"PATH": "/does/not/exist"})
        self.fails(2, "is no program, but GO names it", "go", "build", env={"GO": "/does/not/exist"})


class Rules(TestCase):
    def broken(self, change):
        data = SCRATCH / "broken"
        for folder in "rules", "overlays":
            shutil.copytree(SOURCE / folder, data / folder)
        try:
            change(data)
            return run("scan", *WHERE, GOROOT or "/", "--data", data)
        finally:
            shutil.rmtree(data)

    def test_broken_rules(self):
        seams = "rules/extract/linux_seams.json"

        def edit(file, old, new):
            def change(data):
                text = (data / file).read_text()
                self.assertIn(old, text)
                (data / file).write_text(text.replace(old, new, 1))
            return change

        for said, change in [
            (r"linux_seams\.json:\d+:\d+: error: ", edit(seams, '"rules"', '"rules')),
            (r"linux_seams\.json:\d+:\d+: error: .*unknown key \"docs\"", edit(seams, '"doc"', '"docs"')),
            (r"linux_seams\.json:\d+:\d+: error: .*\"id\".*\"id\"|linux_seams\.json:\d+:\d+: error: .*id", edit(seams, '"doc"', '"id"')),
            (r"linux_seams\.json:\d+:\d+: error: .*finds", edit(seams, '"finds": "seam"', '"finds": "sea"')),
            (r"linux_seams\.json:\d+:\d+: error: .*matches", edit(seams, '"matches": "', '"matches": "(')),
            (r"ports\.json:\d+:\d+: error: ", edit("rules/ports.json", '"goos"', '"gos"')),
            (r"linux-names\.json:\d+:\d+: error: .*how", edit("rules/bind/linux-names.json", '"how": "', '"how": "x')),
            (r"gc\.json:\d+:\d+: error: ", edit("rules/dialects/gc.json", '"path"', '"paht"')),
            (r"linux_seams\.json.*: error: ", lambda data: (data / seams).write_text("")),
            (r"linux_seams\.json.*: error: ", lambda data: (data / seams).write_text("[" * 200_000)),
            (r"linux_seams\.json.*: error: ", lambda data: (data / seams).write_bytes(b"\xff\xfe\0")),
            (r"zz\.json.*: error: ", lambda data: os.mkfifo(data / "rules/extract/zz.json")),
        ]:
            done = self.broken(change)
            self.assertIn(done.returncode, (1, 2), (said, done.stderr[-500:]))
            self.assertRegex(done.stderr, said)
            self.assertNotIn("Sanitizer", done.stderr)


@needs_tree
class HostileFiles(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = cut_copy("hostile")
        cls.out = SCRATCH / "hostile out"

    def setUp(self):
        self.ok("generate", *WHERE, self.tree, "--out", self.out)

    def survives(self, file, make, said=""):
        """The tree with that file: a clean error that names it (or `said`), and the output as it was; or it is well read."""
        before = digest(self.out)
        with Changed(self.tree / "src" / file, make):
            done = run("generate", *WHERE, self.tree, "--out", self.out, timeout=60)
            self.assertIn(done.returncode, (0, 1, 2), (file, done.stderr[-500:]))
            self.assertNotIn("Sanitizer", done.stderr)
            if done.returncode:
                self.assertRegex(done.stderr, ": error: ")
                self.assertEqual(digest(self.out), before)
            if said:
                self.assertNotEqual(done.returncode, 0, (file, said))
                self.assertRegex(done.stderr, said)
        self.assertEqual(remains(self.out), [])

    def test_truncated(self):
        for file in ("syscall/zsyscall_linux_amd64.go", "runtime/os_linux.go", "runtime/sys_linux_amd64.s",
                     "syscall/zsysnum_linux_amd64.go"):
            data = (self.tree / "src" / file).read_bytes()
            wanted = f"{file}:1:1: error: expected package clause" if file.endswith(".go") else ": error: "
            self.survives(file, lambda path: path.write_bytes(b""), wanted)
            inside = data.index(b"\n\t", len(data) // 2) + 1  # of a body or a group of constants, which a cut leaves open
            cut = f"{file}:.*: error: (the file ends before what begins here does|syntax error)" if file.endswith(".go") else ""
            for size, wanted in (inside, cut), (len(data) - 40, ""):
                self.survives(file, lambda path: path.write_bytes(data[:size]), wanted)

    def test_hostile(self):
        go, asm = b"package syscall\n", b'#include "textflag.h"\n'
        call = go + b"func f() { Syscall(SYS_READ, "
        for file, data, said in [
            ("syscall/zz.go", call + b"(" * 200_000, "syscall/zz.go"),
            ("syscall/zz.go", go + b"var x = \"" + b"a" * 5_000_000, ""),
            ("syscall/zz.go", b"\0" * 100_000, "syscall/zz.go"),
            ("syscall/zz.go", go + b"var s = `\xff\xfe\x80`\n", ""),
            ("syscall/zz.go", go + b"func f() { Syscall(SYS_NO_SUCH_CALL, 0, 0, 0) }\n", r"syscall/zz.go:2:\d+: error: "),
            ("syscall/zz.go", go + b"func bodyless(x int)\nfunc g() { bodyless(1) }\n", r"syscall/zz.go:2:\d+: error: "),
            ("syscall/zz.go", b"/*" * 100_000, "syscall/zz.go"),
            ("runtime/zz.s", asm + b"TEXT f(SB),4,$0\n\tSYSCALL\n", r"runtime/zz.s:3(:\d+)?: error: "),
            ("runtime/zz.s", asm + b"TEXT f(SB),4,$0\n\tSYSENTER\n\tRET\n", r"runtime/zz.s:3(:\d+)?: error: "),
            ("runtime/zz.s", asm + b"TEXT f(SB),4,$0\n\tBYTE $0x0f; BYTE $0x05\n\tRET\n", r"runtime/zz.s:3(:\d+)?: error: "),
            ("runtime/zz.s", asm + b"#define A A A\nTEXT f(SB),4,$0\n\tA\n", ""),
            ("runtime/zz.s", b"#define A(x) " + b"B(" * 50_000 + b"\nA(1)\n", ""),
            ("runtime/zz.s", b"\xff\0\x01" * 50_000, ""),
        ]:
            self.survives(file, lambda path: path.write_bytes(data), said)

    def test_no_files(self):
        self.survives("syscall/zz.go", lambda path: path.mkdir())
        self.survives("syscall/zz.go", os.mkfifo)
        self.survives("syscall/zz.go", lambda path: path.symlink_to("/does/not/exist"))
        self.survives("syscall/zz.go", lambda path: path.symlink_to("zz.go"))
        self.survives("syscall/zz.go", lambda path: path.symlink_to("/dev/zero"))


@needs_tree
class Output(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = pathlib.Path(GOROOT)
        cls.out = SCRATCH / "target"
        # Three outputs that differ, for the same folder.
        cls.libcs = ["glibc-2.31", "glibc-2.36", "musl"]
        cls.digests = {}
        for libc in cls.libcs:
            started = time.monotonic()
            run("generate", *cls.words(libc))
            cls.seconds = time.monotonic() - started
            cls.digests[libc] = digest(cls.out)

    def setUp(self):
        run("generate", *self.words(self.libcs[0]))

    @classmethod
    def words(cls, libc):
        return [*WHERE, cls.tree, "--libc", libc, "--out", cls.out]

    def test_outputs_differ(self):
        self.assertEqual(len(set(self.digests.values())), len(self.libcs))

    def test_foreign_folder(self):
        folder = SCRATCH / "foreign"
        folder.mkdir()
        (folder / "thesis.txt").write_text("years of work")
        self.fails(2, r"foreign: error: holds files that are not an earlier output \(it has no manifest.json\); name another folder",
                   "generate", *WHERE, self.tree, "--out", folder)
        self.assertEqual(content(folder), {"thesis.txt": b"years of work"})
        self.fails(2, "thesis.txt.*: error: is not a folder", "generate", *WHERE, self.tree, "--out", folder / "thesis.txt")
        self.fails(2, r"^.*thesis.txt.*: error: ", "generate", *WHERE, self.tree, "--out", folder / "thesis.txt/below")
        self.fails(2, "^/: error: ", "generate", *WHERE, self.tree, "--out", "/")
        self.assertEqual(content(folder), {"thesis.txt": b"years of work"})

    def mounted(self, options, out, prepare=""):
        """generate into a file system that is mounted for this run only."""
        script = f'set -e; mount -t tmpfs {options} tmpfs "$0"; {prepare} shift 0; exec "$@"'
        probe = subprocess.run(["unshare", "-m", "sh", "-c", 'mount -t tmpfs tmpfs "$0"', out.parent], capture_output=True)
        if probe.returncode != 0:
            self.skipTest("may not mount: " + probe.stderr.decode().strip())
        return run("generate", *WHERE, self.tree, "--out", out, wrap=["unshare", "-m", "sh", "-c", script, out.parent])

    def test_read_only(self):
        folder = SCRATCH / "ro"
        folder.mkdir()
        done = self.mounted("-o ro", folder / "out")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertRegex(done.stderr, r"^/.*ro/out: error: cannot create a folder beside it: Read-only file system\n$")

    def test_full_disk(self):
        folder = SCRATCH / "small"
        folder.mkdir()
        for size in "16k", "100k", "200k":
            done = self.mounted(f"-o size={size}", folder / "out")
            self.assertEqual(done.returncode, 2, (size, done.stderr))
            self.assertRegex(done.stderr, r"^/.*small/out/?.*: error: .*: No space left on device\n$")

    def test_file_size_limit(self):
        before = digest(self.out)
        for size in 0, 1000, 100_000:
            done = self.fails(2, r"target/.*: error: cannot write the file: File too large", "generate", *self.words("glibc-2.30"),
                              limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
            self.assertEqual((digest(self.out), remains(self.out)), (before, []), done.stderr)

    def test_few_descriptors(self):
        before = digest(self.out)
        done = run("generate", *self.words("glibc-2.29"), limit=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8)))
        self.assertIn(done.returncode, (0, 2), done.stderr)
        if done.returncode:
            self.assertRegex(done.stderr, ": error: ")
            self.assertEqual(digest(self.out), before)
        self.cleans_up()  # without descriptors the old folder cannot be removed

    def whole(self, when):
        self.assertIn(digest(self.out), self.digests.values(), f"half an output after a run killed {when}")

    def test_killed_after_some_time(self):
        for i in range(9):
            child = subprocess.Popen([LIBCIFY, "generate", *map(str, self.words(self.libcs[i % 3]))], env=environment(), cwd=SCRATCH,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.seconds * (0.5 + i / 16))  # the second half is where it writes
            child.send_signal(signal.SIGKILL if i % 3 else signal.SIGTERM)
            child.wait()
            self.whole(f"after part {0.5 + i / 16}")
        self.cleans_up()

    def test_killed_at_a_call(self):
        """SIGKILL as the run enters the n-th call of a kind, with strace; so each moment of writing is met."""
        if shutil.which("strace") is None or subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode:
            self.skipTest("strace does not work here")
        killed = 0
        for i, (call, nth) in enumerate([("mkdir", 1), ("flock", 1), ("write", 1), ("write", 5), ("write", 12), ("link,linkat", 2), ("renameat2", 1),
                                         ("unlink,unlinkat", 1), ("unlink,unlinkat", 9), ("rmdir", 1), ("rename", 1)]):
            libc = self.libcs[i % 3]
            command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={nth}"]
            done = run("generate", *self.words(libc), wrap=command, env={"ASAN_OPTIONS": "detect_leaks=0"})
            killed += done.returncode != 0
            self.whole(f"at {call} {nth}")
        self.assertGreaterEqual(killed, 6, "the calls are not those that the run makes")
        self.cleans_up()

    def cleans_up(self):
        """The next runs make the output whole, and those that write remove what killed ones left: the first may find it current."""
        for libc in self.libcs:
            self.ok("generate", *self.words(libc))
            self.assertEqual(digest(self.out), self.digests[libc])
        self.assertEqual(remains(self.out), [])

    def test_two_at_once(self):
        for i in range(4):
            if i % 2:
                shutil.rmtree(self.out)
            pair = [self.libcs[i % 3], self.libcs[(i + 1) % 3]]
            children = [subprocess.Popen([LIBCIFY, "generate", *map(str, self.words(libc))], env=environment(), cwd=SCRATCH,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for libc in pair]
            for child in children:
                said = child.communicate()[1]
                self.assertEqual((child.returncode, said), (0, ""))
            self.assertIn(digest(self.out), [self.digests[libc] for libc in pair])
            self.assertEqual(remains(self.out), [])
            # Neither run's stamp speaks of the other's output.
            self.ok("generate", *self.words(pair[0]))
            self.assertEqual(digest(self.out), self.digests[pair[0]])


@needs_tree
class Streams(TestCase):
    def test_closed_pipe(self):
        child = subprocess.Popen([LIBCIFY, "scan", *WHERE, GOROOT], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        child.stdout.close()
        self.assertEqual((child.wait(), child.stderr.read()), (-signal.SIGPIPE, b""))
        child.stderr.close()

    def test_full_output(self):
        with open("/dev/full", "w") as full:
            self.fails(2, "^error: cannot write to standard output: No space left on device\n$", "scan", *WHERE, GOROOT, stdout=full)
            self.fails(2, "^error: cannot write to standard output: No space left on device\n$", "help", stdout=full)

    def test_closed_streams(self):
        out = SCRATCH / "closed"
        done = run("generate", *WHERE, GOROOT, "--out", out, limit=lambda: os.closerange(0, 2))
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, "^error: cannot write to standard output: ")
        self.ok("generate", *WHERE, GOROOT, "--out", SCRATCH / "open")
        made = content(SCRATCH / "open")
        made["overlay.json"] = made["overlay.json"].replace(b"/open/", b"/closed/")
        self.assertEqual(content(out), made)

    def on_a_terminal(self, *words, **env):
        leader, follower = pty.openpty()
        child = subprocess.Popen([LIBCIFY, *words], env=environment(**env), cwd=SCRATCH, stdin=follower, stdout=follower, stderr=follower)
        os.close(follower)
        said = b""
        try:
            while chunk := os.read(leader, 65536):
                said += chunk
        except OSError:  # EIO: the other side is closed
            pass
        os.close(leader)
        child.wait()
        return said

    def test_progress(self):
        """What takes over half a second says on a terminal what it does, and wipes it; in a pipe it says nothing."""
        words = ["check", *WHERE, GOROOT]
        said = self.on_a_terminal(*words, TERM="xterm")
        steps = said.split(b"\r\x1b[K")
        self.assertRegex(steps[1], b"^libcify: [a-z].* \xe2\x80\xa6$")
        self.assertRegex(steps[-1], b"^sites +\\d")
        self.assertEqual(self.ok(*words).encode(), steps[-1].replace(b"\r\n", b"\n"))
        # What is done sooner says nothing.
        self.assertNotIn(b"\x1b", self.on_a_terminal("version", TERM="xterm"))

    def test_colours(self):
        red = b"\x1b[31;1merror:\x1b[0m no command 'x'"
        self.assertIn(red, self.on_a_terminal("x", TERM="xterm"))
        for env in {"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}:
            self.assertNotIn(b"\x1b", self.on_a_terminal("x", **env))
        self.assertIn(red, self.on_a_terminal("x", TERM="xterm", NO_COLOR=""))
        self.assertNotIn("\x1b", run("x").stderr)


if __name__ == "__main__":
    print("trouble for", LIBCIFY, "on", GOROOT or "no Go tree")
    main()
