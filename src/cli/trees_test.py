#!/usr/bin/env python3
"""Trees that never existed: a tree of tomorrow is made from the real one by removing files, renaming functions, moving packages,
changing constraints and adding ways into the system. Always: what is lost or new is named with its place, nothing is written,
and a tree that is only newer is read as any other."""
import os
import re
import shutil

from cli_testing import SCRATCH, TARGET, Changed, TestCase, cut_copy, main, needs_tree, run

SYSCALL = "internal/runtime/syscall/linux"


def replaced(*pairs):
    """Makes a file anew from what it was. Each pattern must be there, or the tree is not what this test knows."""
    def make(path):
        text = path.with_name(path.name + ".kept").read_text()
        for old, new in pairs:
            text, count = re.subn(old, new, text, flags=re.MULTILINE)
            assert count, (path, old)
        path.write_text(text)
    return make


def text(content):
    return lambda path: path.write_text(content)


def gone(_):
    pass


def assembly(*lines):
    return text('#include "textflag.h"\n\n' + "\n".join(lines) + "\n")


def constrained(line):
    return replaced((r"^package ", f"//go:build {line}\n\npackage "))


@needs_tree
class Trees(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = cut_copy("tomorrow")

    def changed(self, changes, command, *words):
        undo = []
        try:
            for file, make in changes.items():
                change = Changed(self.tree / file, make)
                change.__enter__()
                undo.append(change)
            return run(command, "--goroot", self.tree, "--target", *words, timeout=300)
        finally:
            for change in reversed(undo):
                change.__exit__()

    def refused(self, changes, *lines, code=1):
        """generate writes nothing, and these lines (regular expressions) are among what it says, each with its place."""
        out = SCRATCH / "none"
        done = self.changed(changes, "generate", TARGET, "--out", out)
        self.assertEqual(done.returncode, code, (list(changes), done.stderr[:500]))
        self.assertFalse(out.exists())
        said = done.stderr.replace(str(self.tree) + "/", "").splitlines()
        for line in said:
            self.assertRegex(line, r"^\S.*: error: ")
        for wanted in lines:
            self.assertTrue(any(re.fullmatch(wanted, line) for line in said), (wanted, said[:12]))

    def test_a_newer_version_is_read(self):
        done = self.changed({"VERSION": text("go1.28\ntime 2027-02-09T00:00:00Z\n")}, "generate", TARGET, "--out", SCRATCH / "newer")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.startswith("go1.28, linux/amd64, "))

    def test_files_removed(self):
        bodyless = r"has no body, and nothing in the tree provides one; looked for an assembly function, a linkname and a rule that knows it \[go\.bodyless\.assembly\]"
        table = r"; is the file of the table gone, or does its constraint leave this target out\?"
        for file, line in [
            ("src/syscall/zsysnum_linux_amd64.go",
             rf"internal/poll/fd_writev_unix\.go:\d+:\d+: error: no number table of this tree defines syscall\.SYS_WRITEV{table} \[linux\.request\.call\]"),
            ("src/syscall/zsysnum_linux_amd64.go",
             rf"internal/syscall/unix/at_sysnum_linux\.go:\d+:\d+: error: no table or import of this tree defines syscall\.SYS_OPENAT{table} \[linux\.constant\.const\]"),
            ("src/runtime/sys_linux_amd64.s", rf"runtime/stubs2\.go:\d+:6: error: read {bodyless}"),
            (f"src/{SYSCALL}/asm_linux_amd64.s", rf"{SYSCALL}/syscall_linux\.go:\d+:6: error: Syscall6 {bodyless}"),
            ("src/syscall/asm_linux_amd64.s", rf"syscall/syscall_linux\.go:\d+:6: error: rawVforkSyscall {bodyless}"),
        ]:
            with self.subTest(file):
                self.refused({file: gone}, line)
        for file, what in [("src/internal/syslist/syslist.go", "list of systems"), ("src/internal/buildcfg/exp.go", "default experiments")]:
            with self.subTest(file):
                self.refused({file: gone}, rf"{self.tree}: error: no {what} in this Go tree; expected {file}.*", code=2)

    def test_constraints_changed(self):
        missing = r"internal/poll/fd_writev_unix\.go:\d+:\d+: error: no number table of this tree defines syscall\.SYS_WRITEV; .*"
        for line in "arm64", "go1.99", "!linux":
            self.refused({"src/syscall/zsysnum_linux_amd64.go": constrained(line)}, missing)
        self.refused({"src/syscall/zsysnum_linux_amd64.go": constrained("amd64 && && linux")},
                     r'src/syscall/zsysnum_linux_amd64\.go:\d+:21: error: bad //go:build line: expected a tag, found "&&".*')

    def test_functions_renamed(self):
        self.refused({"src/syscall/syscall_linux.go": replaced((r"\bfunc RawSyscall6\b", "func RawSyscallSix"))},
                     r"syscall/exec_linux\.go:\d+:\d+: error: no rule explains the system-call constant SYS_PRCTL: it is given to "
                     r"RawSyscall6, which is no entry; the rule named is the closest \[linux\..*\]")
        self.refused({"src/syscall/syscall_linux.go": replaced((r"\bSyscall6\b", "SyscallSix"))},
                     r"internal/syscall/unix/at\.go:\d+:\d+: error: no rule explains the system-call constant openatTrap: it is given to "
                     r"syscall\.Syscall6, which is no entry; the rule named is the closest \[linux\..*\]")
        self.refused({f"src/{SYSCALL}/asm_linux_amd64.s": replaced((r"·Syscall6", "·Enter")),
                      f"src/{SYSCALL}/syscall_linux.go": replaced((r"\bSyscall6\b", "Enter"))},
                     rf"{SYSCALL}/asm_linux_amd64\.s:\d+:\d+: error: the number of this system call is not constant, and "
                     rf"{SYSCALL}\.Enter is no entry; an entry rule must name the function \[linux\.seam\.enter\]")
        self.refused({"src/runtime/sys_linux_amd64.s": replaced((r"runtime·read\(", "runtime·readfd("))},
                     r"runtime/stubs2\.go:\d+:6: error: read has no body, .* \[go\.bodyless\.assembly\]")

    def test_a_package_moved(self):
        tree = SCRATCH / "moved"
        shutil.copytree(self.tree, tree, copy_function=os.link)
        (tree / "src" / SYSCALL).rename(tree / "src/internal/runtime/kernel")
        for file in (tree / "src").rglob("*.go"):
            before = file.read_bytes()
            if SYSCALL.encode() in before:
                file.unlink()  # a link to the other tree's
                file.write_bytes(before.replace(SYSCALL.encode(), b"internal/runtime/kernel"))
        self.fails(1, r"(?m)^internal/runtime/kernel/asm_linux_amd64\.s:\d+:\d+: error: the number of this system call is not constant, and "
                   r"internal/runtime/kernel\.Syscall6 is no entry; an entry rule must name the function \[linux\.seam\.enter\]$",
                   "scan", "--goroot", tree, "--target", TARGET)
        shutil.rmtree(tree)

    def test_new_ways_into_the_system(self):
        gate = text("package runtime\n\nfunc newGate(trap uintptr) uintptr\n\nfunc useGate() { newGate(1) }\n")
        for changes, line in [
            ({"src/runtime/zz_linux.go": gate}, r"runtime/zz_linux\.go:3:6: error: newGate has no body, and nothing in the tree provides one; .*"),
            ({"src/runtime/zz_linux.go": gate,
              "src/runtime/zz_linux_amd64.s": assembly("TEXT runtime·newGate(SB),NOSPLIT,$0-16", "\tMOVQ\ttrap+0(FP), AX", "\tSYSCALL",
                                                       "\tMOVQ\tAX, ret+8(FP)", "\tRET")},
             r"runtime/zz_linux_amd64\.s:5:2: error: the number of this system call is not constant, and runtime\.newGate is no entry; .*"),
            ({"src/runtime/zz_linux.go": text("package runtime\n\nfunc newGate() uintptr\n"),
              "src/runtime/zz_linux_amd64.s": assembly("TEXT runtime·newGate(SB),NOSPLIT,$0-8", "\tMOVL\t$999, AX", "\tSYSCALL",
                                                       "\tMOVQ\tAX, ret+0(FP)", "\tRET")},
             r"runtime/zz_linux_amd64\.s:5:2: error: system call 999 has no binding: the facts of this target do not know the number; "
             r"scripts/facts reads the headers of a newer kernel \[linux\.seam\.enter\]"),
            ({"src/syscall/zsysnum_linux_amd64.go": replaced((r"^const \(", "const (\n\tSYS_BRANDNEW = 4711")),
              "src/syscall/zz.go": text("package syscall\n\nfunc brandnew() { RawSyscall(SYS_BRANDNEW, 0, 0, 0) }\n")},
             r"syscall/zz\.go:3:19: error: system call 4711 \(brandnew\) has no binding: .* \[linux\.request\.call\]"),
            ({"src/syscall/zz.go": text("package syscall\n\nfunc SyscallNine(trap, a1 uintptr) (r1 uintptr)\n\nfunc f() { SyscallNine(SYS_READ, 0) }\n")},
             r"syscall/zz\.go:5:24: error: no rule explains the system-call constant SYS_READ: it is given to SyscallNine, which is no entry; .*"),
        ]:
            with self.subTest(line):
                self.refused(changes, line)

    def test_a_processor_that_nobody_knows(self):
        quantum = {"src/internal/syslist/syslist.go": replaced((r'"amd64": +true,', '"amd64": true,\n\t"quantum64": true,')),
                   "src/internal/platform/zosarch.go": replaced((r'^\t\{"linux", "amd64"\},', '\t{"linux", "amd64"},\n\t{"linux", "quantum64"},'))}
        done = self.changed(quantum, "scan", "all", "--format", "json")
        self.assertEqual(done.returncode, 1, done.stderr[:500])
        self.assertIn("no row of rules/ports.json describes linux/quantum64", done.stdout + done.stderr)
        done = self.changed(quantum, "scan", "linux/quantum64")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, "^error: no rules for the target 'linux/quantum64'; there are rules for linux/amd64, ")
        # Its files are none of another port's.
        quantum["src/runtime/sys_linux_quantum64.s"] = text("TEXT runtime·exit(SB),0,$0\n\tSYSCALL\n\tRET\n")
        self.assertEqual(self.changed(quantum, "scan", TARGET).stderr, "")


if __name__ == "__main__":
    main()
