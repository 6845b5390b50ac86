#!/usr/bin/env python3
"""libcify diff: trees that never existed, made by editing one that does; inventories; and a pair of real releases."""
import json
import os
import shutil
import subprocess
import sys
import unittest

from cli_testing import GOROOT, LIBCIFY, SCRATCH, SOURCE, TARGET, Changed, TestCase, cut_copy, main, needs_tree, run
from schema_test import Obeys

NUMBERS = "src/syscall/zsysnum_linux_amd64.go"
CALLS = "src/syscall/zsyscall_linux_amd64.go"


def edit(old, new):
    """A file's text with `old` replaced once."""

    def make(path):
        text = path.with_name(path.name + ".kept").read_text()
        assert text.count(old) >= 1, (path, old)
        path.write_text(text.replace(old, new, 1))

    return make


def append(more):
    return lambda path: path.write_text(path.with_name(path.name + ".kept").read_text() + more)


@needs_tree
class Trees(Obeys):
    @classmethod
    def setUpClass(cls):
        cls.tree = cut_copy("new tree")
        cls.go = (cls.tree / "VERSION").read_text().split("\n")[0]

    def diff(self, code, *words, old=GOROOT, target=TARGET):
        done = run("diff", old, self.tree, *(("--target", target) if target else ()), *words)
        self.assertEqual((done.returncode, done.stderr), (code, ""))
        return done.stdout

    def body(self, code, **more):
        head, rest = self.diff(code, **more).split("\n", 1)
        self.assertTrue(head.startswith(f"{self.go} → {self.go}, {TARGET}: "), head)
        return rest

    def test_nothing(self):
        self.assertEqual(self.diff(0), f"{self.go} → {self.go}, {TARGET}: nothing changed in how Go reaches the system\n")
        self.assertRegex(self.diff(0, target=None), r"^\S+ → \S+, \d\d ports: nothing changed in how Go reaches the system\n$")

    def test_a_new_call(self):
        more = "\nfunc Odd() {\n\tRawSyscall(SYS_TIMERFD_CREATE, 1, 0, 0)\n\tRawSyscall(SYS_MODIFY_LDT, 1, 2, 3)\n}\n"
        with Changed(self.tree / CALLS, append(more)):
            self.assertRegex(self.body(0), r"^\nNew calls\n"
                             r"  modify_ldt \(154\): fallback, libc's syscall, because .* \(.*\); in syscall.Odd — linux/amd64\n"
                             r"  timerfd_create \(283\): direct, libc's timerfd_create; in syscall.Odd — linux/amd64\n$")

    def test_another_number(self):
        with Changed(self.tree / NUMBERS, edit("SYS_DUP3                   = 292", "SYS_DUP3                   = 293")):
            self.assertIn("\nCalls with another number\n  dup3: 292 → 293 — linux/amd64\n", self.body(0))

    def test_another_entry_and_arity(self):
        with Changed(self.tree / CALLS, edit("Syscall(SYS_DUP3, uintptr(oldfd), uintptr(newfd), uintptr(flags))",
                                             "Syscall6(SYS_DUP3, uintptr(oldfd), uintptr(newfd), 0, 0, 0, 0)")):
            self.assertEqual(self.body(0), "\nCalls by another entry\n  syscall.Syscall → syscall.Syscall6: dup3 in syscall.Dup3 — linux/amd64\n"
                             "\nCalls with more or fewer arguments\n  dup3 in syscall.Dup3: 3 → 2 — linux/amd64\n")

    def test_a_renamed_function(self):
        with Changed(self.tree / CALLS, edit("func Dup3(", "func DupThree(")):
            self.assertEqual(self.body(0), "\nCalls that moved\n  Dup3 → DupThree: dup3 in syscall — linux/amd64\n")

    def test_what_no_rule_explains(self):
        with Changed(self.tree / CALLS, append("\nfunc Odd() uintptr {\n\treturn SYS_DUP3 + 1\n}\n")):
            line = (self.tree / CALLS).read_text().count("\n") - 1
            self.assertRegex(self.body(1), r"^\nCannot be read: .*\(decide: .*\)\n  ! syscall/zsyscall_linux_amd64.go:%d:9: "
                             r"no rule explains the system-call constant SYS_DUP3; .* — linux/amd64\n$" % line)
            found = json.loads(self.diff(1, "--format", "json"))
            self.assertEqual((found["decisions"], found["changes"][0]["kind"], found["changes"][0]["ports"][0]["line"]), (1, "unread", line))
            # Of a port that cannot be read nothing else is said; the others are.
            self.assertRegex(self.diff(1, target=None), r"(?m)^  ! .* — android/amd64, linux/amd64 \(2 ports\)$")
            # An old tree that cannot be read is no upgrade's doing.
            self.fails(1, r"^syscall/zsyscall_linux_amd64.go:\d+:9: error: no rule explains", "diff", self.tree, GOROOT, "--target", TARGET)

    def test_an_edit_that_does_not_fit(self):
        """What only emit finds is found as well."""
        file = self.tree / "src/runtime/traceback.go"
        with Changed(file, lambda path: path.write_text("package runtime\n")):
            self.assertIn("\nCannot be read: ", self.body(1))

    def test_an_edit_of_another_dialect(self):
        """The port's own dialect goes on, and so does what is said of its calls."""
        file = "src/syscall/syscall_linux.go"
        old = "func rawSyscallNoError(trap, a1, a2, a3 uintptr)"
        with Changed(self.tree / file, edit(old, old.replace("trap,", "trap uintptr,"))), Changed(self.tree / CALLS, edit("func Dup3(", "func DupThree(")):
            said = self.body(1)
        self.assertRegex(said, r"(?m)^  ! syscall/syscall_linux\.go:\d+:1: edit rule .*\[llgo\.linux\.body\.no-error\].* — linux/amd64$")
        self.assertIn("\nCalls that moved\n  Dup3 → DupThree: dup3 in syscall — linux/amd64\n", said)

    def test_another_port(self):
        """What changed for one port is no matter of another."""
        with Changed(self.tree / CALLS, edit("func Dup3(", "func DupThree(")):
            self.assertIn(": nothing changed ", self.diff(0, target="windows/arm64"))

    def test_inventories(self):
        one, all_ports = SCRATCH / "one.json", SCRATCH / "all.json"
        one.write_text(self.ok("scan", "--goroot", GOROOT, "--target", TARGET, "--format", "inventory"))
        all_ports.write_text(self.ok("scan", "--goroot", GOROOT, "--target", "all", "--format", "inventory"))
        self.assertNotIn(str(SCRATCH), all_ports.read_text())
        with Changed(self.tree / CALLS, edit("func Dup3(", "func DupThree(")):
            wanted = self.diff(0)
            for old, target in (one, None), (one, TARGET), (all_ports, TARGET):
                self.assertEqual(self.diff(0, old=old, target=target), wanted)
            self.assertIn(" ports: 1 change, none needs a decision", self.diff(0, old=all_ports, target=None))
        back = run("diff", GOROOT, one, "--target", TARGET)
        self.assertEqual((back.returncode, back.stdout), (0, self.diff(0)))
        folder = SCRATCH / "folder"
        folder.mkdir()
        shutil.copy(one, folder)
        self.assertEqual(self.diff(0, old=folder), self.diff(0))
        shutil.copy(one, folder / "two.json")
        self.fails(2, r"two.json: error: linux/amd64 is there twice\n$", "diff", folder, self.tree)
        self.fails(2, r"one.json: error: holds no inventory of linux/arm64\n$", "diff", one, self.tree, "--target", "linux/arm64")
        other = json.loads(one.read_text())
        other.update(go="go0", target="linux/arm")
        (folder / "two.json").write_text(json.dumps(other))
        self.fails(2, r"two.json: error: is of go0, another of go\S+\n$", "diff", folder, self.tree)

    def test_schemas(self):
        """What is written obeys the schemas."""
        with Changed(self.tree / NUMBERS, edit("SYS_DUP3                   = 292", "SYS_DUP3                   = 293")):
            found = json.loads(self.diff(0, "--format", "json"))
        inventories = json.loads(self.ok("scan", "--goroot", GOROOT, "--target", "all", "--format", "inventory"))
        for name, values in ("diff", [found]), ("inventory", inventories):
            root = json.loads((SOURCE / f"rules/schema/output/{name}.schema.json").read_text())
            for whole in values:
                self.obeys(name, whole, root)
        self.assertEqual(found["changes"][0]["ports"], [{"port": TARGET, "number": 293, "file": "syscall/exec_linux.go", "line": found["changes"][0]["ports"][0]["line"]}])

    def test_release_before(self):
        """The step from the go on PATH to this tree is what docs/history.md says."""
        go = shutil.which("go")
        env = {**os.environ, "GOTOOLCHAIN": "local"}
        old = subprocess.run([go, "env", "GOROOT"], env=env, stdout=subprocess.PIPE, text=True, check=True).stdout.strip() if go else ""
        command = [sys.executable, "-B", SOURCE / "scripts/history", "--libcify", LIBCIFY, "--check", old, GOROOT]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False) if go else None
        if done is None or done.returncode == 3:
            self.skipTest(done.stdout.strip() if done else "there is no go on PATH")
        self.assertEqual((done.returncode, done.stdout), (0, ""))


class Usage(TestCase):
    def test_bad_input(self):
        empty, broken, old = SCRATCH / "empty", SCRATCH / "broken.json", SCRATCH / "sites.json"
        empty.mkdir()
        broken.write_text("{")
        old.write_text('{"go": "go1.2", "target": "linux/amd64", "sites": [], "totals": {}}')
        for words, said in [
            ([], "error: diff needs two operands, OLD and NEW; see libcify help diff\n"),
            ([empty], "error: diff needs two operands"),
            ([empty, empty, empty], "error: unexpected argument"),
            ([SCRATCH / "none", SCRATCH / "no more"], r"none: error: does not exist; OLD and NEW are Go trees, or inventories .*\n.*no more: error: does not exist"),
            ([empty, empty], r"empty: error: is neither a Go tree \(VERSION and src\) nor a folder of inventories \(\*\.json\)\n$"),
            ([broken, broken], r"broken.json:1:\d+: error: .*; libcify scan --format inventory writes inventories"),
            ([old, old], r"sites.json:1:1: error: \$: \S+ .*places.*; libcify scan --format inventory writes inventories"),
            ([empty, empty, "--format", "xml"], "--format must be one of text, json, markdown, not 'xml'"),
            ([empty, empty, "--target", "beos/amd64"], "neither a Go tree"),
        ]:
            self.fails(2, said, "diff", *words)
        self.assertEqual(self.errors(2, "diff", empty, empty)[0]["class"], "usage")


if __name__ == "__main__":
    print("diff of", LIBCIFY, "on", GOROOT or "no Go tree")
    main()
