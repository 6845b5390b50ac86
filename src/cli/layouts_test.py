#!/usr/bin/env python3
"""Go's structures against C's on every port: docs/layouts.md is current, and a field that lies
elsewhere is an error with its place."""
import os
import pathlib
import re
import subprocess

from cli_testing import GOROOT, SOURCE, Changed, TestCase, cut_copy, environment, main, needs_tree

REPORT = os.environ.get("LIBCIFY_LAYOUT_REPORT", str(SOURCE / "build/release/layout_report"))
ZTYPES = "src/syscall/ztypes_linux_amd64.go"


def report(goroot):
    return subprocess.run([REPORT, SOURCE, goroot], env=environment(), text=True, capture_output=True, timeout=300)


@needs_tree
class Layouts(TestCase):
    def test_the_page_is_current(self):
        version = pathlib.Path(GOROOT, "VERSION").read_text().split()[0]
        if f"made for {version}." not in (SOURCE / "docs/layouts.md").read_text():
            self.skipTest(f"docs/layouts.md was not made for {version}")
        done = subprocess.run([SOURCE / "scripts/layouts", REPORT, GOROOT, "--check"], text=True, capture_output=True,
                              env=environment(), timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_field_that_differs_is_an_error_at_its_place(self):
        tree = cut_copy("layouts")
        text = pathlib.Path(GOROOT, ZTYPES).read_text()
        stat = text.index("type Stat_t struct")
        changed = text[:stat] + re.sub(r"Nlink( +)uint64", r"Nlink\1uint32", text[stat:], count=1)
        self.assertNotEqual(changed, text)
        line = changed[:changed.index("Nlink", stat)].count("\n") + 1
        with Changed(tree / ZTYPES, lambda path: path.write_text(changed)):
            done = report(tree)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(f"syscall/ztypes_linux_amd64.go:{line}:2: error: argument 2 of fstat, syscall.Stat_t: Nlink: u32 @128 is "
                      "struct stat has u64 @128; a rule of rules/bind must", done.stderr)
        # On this port alone: the others have files of their own.
        self.assertEqual({place.split(":")[0] for place in done.stderr.splitlines()}, {"syscall/ztypes_linux_amd64.go"})


main()
