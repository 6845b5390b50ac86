#!/usr/bin/env python3
"""libcify check over all ports: rules, inventories and rules/trees.json are in order, and what is not does not pass."""
import json
import pathlib
import re
import shutil
import unittest

import cli_testing
from cli_testing import GOROOT, SCRATCH, SOURCE, TestCase, needs_tree, run


def parts(text):
    return dict(re.split(" +", line, maxsplit=1) for line in text.splitlines())


def data_copy(name):
    data = SCRATCH / name
    for folder in "rules", "overlays":
        shutil.copytree(SOURCE / folder, data / folder, ignore=shutil.ignore_patterns("*.example"))
    return data


@needs_tree
class Inventory(TestCase):
    def test_is_current(self):
        said = parts(self.ok("check", "--goroot", GOROOT))
        version = pathlib.Path(GOROOT, "VERSION").read_text(encoding="utf-8").split()[0]
        known = json.loads((SOURCE / "rules/trees.json").read_text(encoding="utf-8"))
        self.assertIn(version, known["outputs"])
        ports = len(known["outputs"][version])
        self.assertRegex(said["sites"], rf"^\d+ places of {ports} ports, each explained by a rule; read only: android")
        self.assertEqual(said["inventories"], f"{ports} of {ports} current")
        self.assertRegex(said["forms"], rf"^(\d+) of \1 are what rules/trees\.json knows of {re.escape(version)}$")
        self.assertRegex(said["rules"], r"^\d+: \d+ do something in this tree, \d+ in others$")
        self.assertRegex(said["shims"], r"^\d+ files through .*-Wall -Wextra -Werror|^not checked")
        print("check, all ports:", said["shims"], "|", said["facts"])

    def test_a_change_is_seen_and_noted(self):
        data = data_copy("inventory")
        inventory, trees = data / "rules/inventory/linux-amd64.json", data / "rules/trees.json"
        before = inventory.read_text(encoding="utf-8"), trees.read_text(encoding="utf-8")
        inventory.write_text(before[0].replace('"openat"', '"openat3"', 1), encoding="utf-8")
        # Another word in an overlay, a rule that is forgotten, and one that did nothing.
        glue = data / "overlays/gc/windows/syscall"
        file = next(path for path in sorted(glue.rglob("*")) if path.suffix == ".go")
        file.write_text(file.read_text(encoding="utf-8") + "\n// Changed.\n", encoding="utf-8")
        trees.write_text(before[1].replace('"gc.linux.vdso-sink":', '"gc.linux.no-such-rule":'), encoding="utf-8")
        done = run("check", "--quick", "--goroot", GOROOT, "--data", data)
        self.assertEqual(done.returncode, 1)
        for said in (r"rules/inventory/linux-amd64\.json: error: is not what libcify finds in go",
                     r"rules/trees\.json: error: what is made of go\S+ is not what it was: windows/amd64 win32-[\d.]+ gc, windows/386 \S+ gc, "
                     r"windows/arm64 \S+ gc; look at the difference, then run libcify check --update",
                     r"rules/trees\.json: error: the rule does nothing in go\S+ any more; .* \[gc\.linux\.no-such-rule\]",
                     r"rules/trees\.json: error: the rule had nothing to do in go\S+ before; .* \[gc\.linux\.vdso-sink\]"):
            self.assertRegex(done.stderr, said)
        self.assertNotIn("linux/amd64", done.stderr)
        self.ok("check", "--quick", "--goroot", GOROOT, "--data", data, "--update")
        self.assertEqual(inventory.read_text(encoding="utf-8"), before[0])
        self.assertIn('"gc.linux.vdso-sink":', trees.read_text(encoding="utf-8"))
        self.ok("check", "--quick", "--goroot", GOROOT, "--data", data)

    def test_outputs_of_other_libraries(self):
        for target, *libc in (("wasip1/wasm",), ("linux/amd64", "--libc", "musl"), ("linux/amd64", "--libc", "glibc-2.34")):
            out = SCRATCH / "other library"
            self.ok("generate", "--goroot", GOROOT, "--target", target, *libc, "--out", out)
            self.assertRegex(self.ok("check", "--quick", "--goroot", GOROOT, "--out", out), r"(?m)^output +(\d+) of \1 files current$")

    def test_an_output_says_how_it_was_made(self):
        """An experiment and a sysroot, which check is not told again; a folder that has two names."""
        out, link = SCRATCH / "as made", SCRATCH / "other name"
        link.symlink_to(out)
        words = "check", "--quick", "--goroot", GOROOT, "--out"
        for more, env in (((), {"GOEXPERIMENT": "jsonv2"}), (("--sysroot", "/"), {})):
            done = run("generate", "--goroot", GOROOT, "--target", "linux/amd64", "--out", out, *more, env=env)
            if more and done.returncode != 0:
                self.skipTest(f"no C headers here: {done.stderr.splitlines()[0]}")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            for folder in out, link:
                self.assertRegex(self.ok(*words, folder), r"(?m)^output +(\d+) of \1 files current$")
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual((manifest.get("sysroot"), manifest.get("experiments")), ("/", None))

    def test_outputs_of_several_ports(self):
        out = SCRATCH / "two ports"
        for target in "linux/arm", "wasip1/wasm":
            self.ok("generate", "--goroot", GOROOT, "--target", target, "--out", out / target.replace("/", "-"))
        words = "check", "--quick", "--goroot", GOROOT, "--out", out
        self.assertRegex(self.ok(*words), r"(?m)^output +(\d+) of \1 files current, of 2 outputs$")
        (out / "wasip1-wasm/manifest.json").unlink()
        self.fails(2, r"wasip1-wasm: error: is no output of libcify generate: it has no manifest\.json\n$", *words)

    def test_inventories_of_two_trees(self):
        data = data_copy("two trees")
        inventory = data / "rules/inventory/linux-amd64.json"
        version = pathlib.Path(GOROOT, "VERSION").read_text(encoding="utf-8").split()[0]
        inventory.write_text(inventory.read_text(encoding="utf-8").replace(f'"{version}"', '"go1.1"', 1), encoding="utf-8")
        self.fails(1, rf"rules/inventory: error: holds inventories of several trees: go1\.1, {re.escape(version)}; run libcify check --update on the newest\n$",
                   "check", "--quick", "--goroot", GOROOT, "--data", data)

    def test_update_wants_all_ports(self):
        out = SCRATCH / "no update"
        self.ok("generate", "--goroot", GOROOT, "--target", "linux/amd64", "--out", out)
        for words, env in ((("--target", "linux/amd64"), {}), (("--libc", "musl"), {}), (("--out", out), {}), ((), {"GOEXPERIMENT": "jsonv2"})):
            self.fails(2, "--update is for all ports and their libraries, as the tree has them by itself; leave out --target, --libc, "
                          "--out and GOEXPERIMENT", "check", "--goroot", GOROOT, "--update", *words, env=env)

    def test_hostile_trees_file(self):
        data = data_copy("hostile")
        for text, said in (("{", "error"), ('{"outputs": {"go1": 3}, "rules": {"a": [1]}}', r"expected an object"),
                           ('{"rules": {}, "outputs": {}, "more": 1}', "more")):
            (data / "rules/trees.json").write_text(text, encoding="utf-8")
            self.fails(1, rf"rules/trees\.json:\d+:\d+: error: .*{said}", "check", "--quick", "--goroot", GOROOT, "--data", data, "--target", "linux/amd64")


if __name__ == "__main__":
    cli_testing.main()
