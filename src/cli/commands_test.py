#!/usr/bin/env python3
"""The commands as a user meets them: what they print, as text and as data, what they write, and their exit codes."""
import collections
import json
import os
import pathlib
import re
import shutil
import time
import unittest

from cli_testing import GOROOT, LIBCIFY, SCRATCH, SOURCE, TARGET, TestCase, content, cut_copy, main, needs_tree, run

COMMANDS = ["scan", "generate", "check", "diff", "explain", "report", "goroot", "go", "llgo", "completion", "version"]
# Machine paths that no output may name, apart from overlay.json, whose work it is.
PATHS = [str(SCRATCH), str(SOURCE), GOROOT, os.path.expanduser("~") + "/"]


class Help(TestCase):
    def test_each_command_has_examples(self):
        overview = self.ok("help")
        for name in COMMANDS:
            self.assertRegex(overview, rf"(?m)^  {name} +\w")
            text = self.ok("help", name)
            self.assertIn("Usage:\n", text)
            self.assertRegex(text, r"Examples:\n  (libcify|GOTOOLCHAIN)")
            if name not in ("go", "llgo"):  # their options are those of another command
                self.assertEqual(self.ok(name, "--help"), text)
        self.assertEqual(self.ok("--help"), overview)

    def test_version(self):
        self.assertRegex(self.ok("version"), r"^libcify \d+\.\d+\.\d+ rules [0-9a-f]{16}\n$")
        self.assertEqual(self.ok("--version"), self.ok("version"))
        # Of a program: libcify is none that it built, though it holds the mark.
        done = run("version", str(LIBCIFY))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "error: not built with libcify; ")

    def test_no_words(self):
        done = run()
        self.assertEqual((done.returncode, done.stderr), (2, ""))
        self.assertEqual(done.stdout, self.ok("help"))

    def test_usage_errors(self):
        for words, said in [
            (["frobnicate"], "error: no command 'frobnicate'; see libcify help\n"),
            (["help", "frobnicate"], "error: no command 'frobnicate'; see libcify help\n"),
            (["scan", "--frobnicate"], r"error: .*frobnicate.*; see libcify help scan\n"),
            (["scan", "--format", "xml"], "error: --format must be one of text, json, inventory, not 'xml'; see libcify help scan\n"),
            (["scan", "--jobs", "0", "--goroot", "/", "--target", TARGET], "error: --jobs must be a number from 1 to 1024, not '0'\n"),
            (["scan", "extra"], "error: unexpected argument 'extra'; see libcify help scan\n"),
            (["scan", "--goroot", "/a", "--goroot", "/b"], "error: --goroot is given twice; see libcify help scan\n"),
            (["explain"], "error: explain what\\?; see libcify help explain\n"),
            (["goroot"], "error: --overlay is missing.*\nerror: --out is missing"),
            (["generate", "--goroot", "/", "--target", "beos/amd64"], "error: no rules for the target 'beos/amd64'; there are rules for linux/amd64"),
            (["generate", "--goroot", "/", "--target", "plan9/amd64"], "error: plan9/amd64 is left as it is: "),
            (["generate", "--goroot", "/", "--target", TARGET, "--libc", "glibc-"], "error: 'glibc-' has no version; write it like glibc-"),
            (["generate", "--goroot", "/", "--target", TARGET, "--libc", "bionic"], "error: no facts about bionic on linux/amd64; known: glibc-"),
            (["generate", "--data", "/does/not/exist"], "/does/not/exist: error: holds no rules/ports.json and overlays/; --data must"),
        ]:
            self.fails(2, said, *words)

    def test_errors_as_data(self):
        for words in (["scan", "--frobnicate"], ["scan", "extra"], ["scan", "--goroot", "/does/not/exist", "--target", TARGET]):
            self.assertIn(self.errors(2, *words)[0]["class"], ("usage", "environment"))


@needs_tree
class Commands(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = cut_copy("Gö tree")
        cls.where = ["--goroot", cls.tree, "--target", TARGET]
        cls.out = SCRATCH / "aus gabe"
        cls.first = run("generate", *cls.where, "--out", cls.out)

    def test_scan(self):
        text = self.ok("scan", *self.where)
        found = json.loads(self.ok("scan", *self.where, "--format", "json"))
        self.assertEqual(list(found), ["go", "target", "sites", "totals"])
        self.assertEqual((found["go"], found["target"]), (self.tree.joinpath("VERSION").read_text().split("\n")[0], TARGET))
        for site in found["sites"]:
            self.assertEqual(list(site), ["package", "func", "kind", "symbol", "number", "library", "entry", "file", "line", "rule"])
            self.assertTrue((self.tree / "src" / site["file"]).is_file(), site)
            self.assertTrue(site["rule"] and site["line"] >= 1, site)
        self.assertEqual(dict(collections.Counter(site["kind"] for site in found["sites"])), found["totals"])
        lines = text.splitlines()
        self.assertEqual(len(lines), len(found["sites"]) + 1)
        for line in lines[:-1]:
            self.assertRegex(line, r"^[^ :]+:\d+: \S+ \S+ \S+ in \S+( by \S+)? \[[a-z0-9.-]+\]$")
        self.assertIn(f": {len(found['sites'])} sites = ", lines[-1])
        for jobs in "1", "2":
            self.assertEqual(self.ok("scan", *self.where, "--jobs", jobs), text)

    def test_generate_is_the_same_again(self):
        self.assertEqual((self.first.returncode, self.first.stderr), (0, ""))
        counts = r"(?s)^go.*, linux/amd64, glibc-.*\n  seams +\d+ = .*\n  requests +.*\n  numbers .*by name \d+\.\d %\n  files .*"
        self.assertRegex(self.first.stdout, counts)
        def state():
            return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in self.out.rglob("*")}

        before = state()
        again = json.loads(self.ok("generate", *self.where, "--out", self.out, "--format", "json"))
        self.assertEqual((again["changed"], again["out"]), (False, str(self.out)))
        self.assertEqual(state(), before)
        wanted = content(self.out)
        for jobs in "1", "2":
            other = SCRATCH / f"jobs{jobs}"
            self.ok("generate", *self.where, "--out", other, "--jobs", jobs)
            made = content(other)
            made["overlay.json"] = made["overlay.json"].replace(str(other).encode(), str(self.out).encode())
            self.assertEqual(made, wanted)

    def test_generate_for_all_ports(self):
        out = SCRATCH / "all"
        made = run("generate", "--goroot", self.tree, "--target", "all", "--out", out, timeout=600)
        folders = {folder.name for folder in out.iterdir()}
        told = set(re.findall(r"^  output    .*/([a-z0-9-]+)$", made.stdout, re.MULTILINE))
        self.assertEqual(folders, told)
        self.assertLessEqual({"linux-amd64", "linux-mips64le", "freebsd-arm64", "darwin-arm64", "openbsd-386", "netbsd-arm", "dragonfly-amd64", "aix-ppc64"}, folders)
        self.assertEqual(content(out / "linux-amd64")["sites.json"], content(self.out)["sites.json"])
        # Where no header can be had, each function that Go names is in the list, and said to be unproved.
        named = json.loads(content(out / "aix-ppc64")["bindings.json"])["bindings"]
        self.assertGreater(len(named), 100)
        for function in named:
            self.assertTrue(function["library"], function)
            self.assertTrue(function["proof"]["reason"].startswith("unproved: no headers"), function)
        # Of every port something is said: an output, why there is none, or an error.
        ports = {site["target"] for site in json.loads(self.ok("scan", "--goroot", self.tree, "--target", "all", "--format", "json"))}
        lines = made.stdout.splitlines() + made.stderr.splitlines()
        for port in ports:
            self.assertTrue(any(re.search(rf"\b{port}\b", line) for line in lines), port)
        refused = {port for port in ports if any(port in line for line in made.stderr.splitlines())}
        self.assertEqual(made.returncode, 1 if refused else 0)
        self.assertFalse(refused & {name.replace("-", "/") for name in folders})

    def test_stamps_are_trimmed(self):
        stamps, out = SCRATCH / "stamps" / "stamps", SCRATCH / "stamped"
        stamps.mkdir(parents=True)
        week, hour = time.time() - 7 * 86400, time.time() - 3600
        for name, when in ("old", week), ("young", hour):
            (stamps / name).write_text("")
            os.utime(stamps / name, (when, when))
        env = {"LIBCIFY_CACHE": stamps.parent}
        self.ok("generate", *self.where, "--out", out, env=env)
        mine = {file.name for file in stamps.iterdir()} - {"young"}
        self.assertEqual(len(mine), 1, "one stamp is made, and the old one goes")
        (mine,) = mine
        os.utime(stamps / mine, (week, week))
        self.assertIn("unchanged", self.ok("generate", *self.where, "--out", out, env=env))
        self.assertGreater((stamps / mine).stat().st_mtime, hour, "a stamp that is used is kept")

    def test_no_path_of_this_machine(self):
        files = content(self.out)
        self.assertLessEqual({"overlay.json", "manifest.json", "sites.json", "bindings.json"}, set(files))
        for name, data in files.items():
            for path in PATHS:
                self.assertNotIn(path.encode(), b"" if name == "overlay.json" else data, name)
        replaced = json.loads(files["overlay.json"])["Replace"]
        for old, new in replaced.items():
            self.assertTrue(old.startswith(str(self.tree) + "/src/") and os.path.isfile(new), (old, new))
        manifest = json.loads(files["manifest.json"])
        self.assertEqual({str(self.tree / f["replaces"]) for f in manifest["files"] if f["replaces"]}, set(replaced))
        bindings = json.loads(files["bindings.json"])["bindings"]
        for binding in bindings:
            self.assertLessEqual({"name", "number", "how", "cfunction", "proof"}, set(binding))
        self.assertEqual(len({b["number"] for b in bindings}), len(bindings))
        self.assertEqual(files["sites.json"].decode(), self.ok("scan", *self.where, "--format", "json"))

    def test_relative_paths_and_another_folder(self):
        elsewhere = SCRATCH / "else where"
        (elsewhere / "deep").mkdir(parents=True)
        self.ok("generate", "--goroot", "../../Gö tree/", "--target", TARGET, "--out", "../rel/out/", cwd=elsewhere / "deep")
        made = content(elsewhere / "rel/out")
        made["overlay.json"] = made["overlay.json"].replace(str(elsewhere / "rel/out").encode(), str(self.out).encode())
        self.assertEqual(made, content(self.out))
        shutil.rmtree(elsewhere)

    def test_check(self):
        out = SCRATCH / "checked"
        self.ok("generate", *self.where, "--out", out)
        text = self.ok("check", *self.where, "--out", out)
        parts = dict(re.split(" +", line, maxsplit=1) for line in text.splitlines())
        self.assertEqual(list(parts), ["sites", "rules", "inventories", "forms", "output", "layouts", "shims", "facts"])
        self.assertEqual(text.splitlines()[:6], self.ok("check", *self.where, "--out", out, "--quick").splitlines())
        self.assertRegex(parts["output"], r"^(\d+) of \1 files current$")
        self.assertRegex(parts["shims"], r"^\d+ files through |^not checked: there is no C\+\+ compiler")
        self.assertRegex(parts["facts"], r" compared with the headers here, 0 differ$|^not checked: ")
        print("check: facts", parts["facts"])
        self.assertEqual(list(json.loads(self.ok("check", *self.where, "--format", "json"))),
                         ["sites", "rules", "inventories", "forms", "layouts", "shims", "facts"])
        # Of an output its manifest says the target.
        self.assertEqual(dict(re.split(" +", line, maxsplit=1) for line in
                              self.ok("check", "--goroot", self.tree, "--out", out).splitlines())["output"], parts["output"])
        wanted = content(out)
        (out / "extra").write_text("x")
        (out / "go.mod").unlink()
        (out / "sites.json").write_text("{}")
        done = self.fails(1, f"(?m)^{re.escape(str(out))}/sites.json: error: is not current; run libcify generate again$",
                          "check", *self.where, "--out", out)
        self.assertEqual(sorted(line[len(str(out)) + 1:].split(";")[0] for line in done.stderr.splitlines()),
                         ["extra: error: belongs to no output", "go.mod: error: is missing", "sites.json: error: is not current"])
        # A stamp does not hide it: generate sees that the folder is not what it wrote.
        self.assertNotIn("unchanged", self.ok("generate", *self.where, "--out", out))
        self.assertEqual(content(out), wanted)

    def data_copy(self, name, file, change):
        data = SCRATCH / name
        for folder in "rules", "overlays":
            shutil.copytree(SOURCE / folder, data / folder)
        rules = json.loads((data / "rules" / file).read_text())
        change(rules)
        (data / "rules" / file).write_text(json.dumps(rules))
        return ["--data", data]

    def test_a_deleted_rule_is_missed(self):
        data = self.data_copy("less", "extract/linux_seams.json", lambda r: r["rules"].pop(0))
        self.fails(1, r"(?m)^\S+\.s:\d+(:\d+)?: error: ", "check", *self.where, *data)

    def test_a_rule_that_decides_nothing_is_told(self):
        idle = {"id": "idle.rule", "doc": "nobody needs it", "calls": ["no_such_call"], "how": "fallback", "reason": "r", "reference": "s"}
        data = self.data_copy("idle", "bind/linux-names.json", lambda r: r["rules"].append(idle))
        self.fails(1, r"linux-names\.json: error: .*\[idle\.rule\]", "check", *self.where, *data)

    def test_explain(self):
        by_name = self.ok("explain", "openat", *self.where)
        self.assertRegex(by_name, r"^openat \(257\): variadic, libc's openat\n  contract +long sys_openat\(")
        self.assertRegex(by_name, r"(?m)^  prototype  int openat\(.*\.\.\.\)$")
        self.assertEqual(self.ok("explain", "257", *self.where), by_name)
        site = re.search(r"(?m)^(\S+:\d+): request openat", by_name).group(1)
        self.assertIn(by_name.split("\n")[0], self.ok("explain", site, *self.where))
        self.assertIn(site, self.ok("explain", str(self.tree / "src" / site) + ":3", *self.where))
        found = json.loads(self.ok("explain", "openat", *self.where, "--format", "json"))
        self.assertEqual(list(found), ["sites", "bindings"])
        self.assertEqual([b["name"] for b in found["bindings"]], ["openat"])
        self.fails(1, "^error: nothing known of 'opena' on linux/amd64 in go.*; did you mean openat\\?\n$", "explain", "opena", *self.where)
        self.fails(1, "nothing known of '99999'", "explain", "99999", *self.where)
        line = site.split(":")[0] + ":1"
        self.fails(1, r"the nearest site of that file is in line \d+", "explain", line, *self.where)

    def test_explain_all_ports(self):
        where = ["--goroot", GOROOT]
        text = self.ok("explain", "openat", *where)
        self.assertLess(len(text.splitlines()), 50)  # a screen
        self.assertRegex(text, r"^openat: variadic, libc's openat — .*linux/\*.* \(\d+ ports\)\n  why +\S.*\n  source +\S")
        self.assertRegex(text, r"(?m)^openat: fallback, libc's syscall — dragonfly/amd64\n  why      unproved: ")
        self.assertRegex(text, r"(?m)^android/\* \(4 ports\): has no output: ")
        self.assertRegex(text, r"(?m)^  syscall/zsyscall_linux_amd64\.go:\d+: request openat in syscall\.openat by syscall\.Syscall6 \[linux\.request\.call\] — android/\*, linux/\*")
        # By the C function, the Go function, the number, the place: the same call.
        self.assertIn("newfstatat: direct, libc's fstatat", self.ok("explain", "fstatat", *where))
        self.assertRegex(self.ok("explain", "fstatat", *where), r"request newfstatat in syscall\.fstatat")
        self.assertIn("getrlimit: direct, libc's getrlimit — darwin/*", self.ok("explain", "syscall.Getrlimit", *where))
        self.assertIn("openat: variadic, libc's openat — linux/amd64\n", self.ok("explain", "257", *where))
        place = re.search(r"(?m)^  (syscall/zsyscall_linux_amd64\.go:\d+): request openat", text).group(1)
        self.assertRegex(self.ok("explain", place, *where), r"^openat: variadic, libc's openat — linux/amd64\n")
        # Each port's own answer is that of --format json.
        ports = json.loads(self.ok("explain", "openat", *where, "--format", "json"))["ports"]
        one = json.loads(self.ok("explain", "openat", *where, "--target", TARGET, "--format", "json"))
        self.assertEqual([{key: port[key] for key in one} for port in ports if port["target"] == TARGET], [one])
        self.fails(1, "^error: nothing known of 'opena' on any of 47 ports in go.*; did you mean openat\\?\n$", "explain", "opena", *where)

    def test_goroot(self):
        made = SCRATCH / "made tree"
        words = ["goroot", "--goroot", self.tree, "--overlay", self.out, "--out", made]
        counts = json.loads(self.ok(*words, "--format", "json"))
        self.assertEqual(sorted(counts), ["files", "goroot", "linked", "replaced"])
        manifest = json.loads((self.out / "manifest.json").read_text())
        self.assertEqual(counts["replaced"], len([f for f in manifest["files"] if f["replaces"]]))
        for file in manifest["files"]:
            if file["replaces"]:
                self.assertEqual((made / file["replaces"]).read_bytes(), (self.out / file["path"]).read_bytes())
        for file in "src/errors/errors.go", "VERSION":
            self.assertEqual((made / file).read_bytes(), (self.tree / file).read_bytes())
        self.assertRegex(self.ok(*words), r"files = \d+ linked \+ \d+ copied \+ \d+ from the overlay\n")  # again, over it
        self.fails(2, "lies inside the tree itself", *words[:-1], self.tree / "inside")
        self.fails(2, "is no output of libcify generate", *words[:3], "--overlay", self.tree, "--out", made)
        self.fails(2, "holds files that are not an earlier output", *words[:-1], self.out)
        # Scanned again it has no seam left: every instruction is a call now.
        done = run("scan", "--goroot", made, "--target", TARGET)
        self.assertNotRegex(done.stdout, " seam.enter ")

    def test_llgo_dialect(self):
        out, made = SCRATCH / "llgo", SCRATCH / "llgo tree"
        self.ok("generate", *self.where, "--dialect", "llgo", "--out", out)
        calls = json.loads((out / "calls.json").read_text())
        sites = json.loads((out / "sites.json").read_text())
        self.assertEqual(len(calls["calls"]), sites["totals"]["request"] + sites["totals"]["constant"])
        self.assertEqual(sum(calls["totals"].values()), len(calls["calls"]))
        for call in calls["calls"]:
            if call["how"] not in ("direct",):
                self.assertTrue(call["reason"], call)
        text = (out / "src/syscall/zsyscall_linux_amd64.go").read_text()
        self.assertIn("libcify_Syscall_read(", text)
        self.assertNotRegex(text, r"Syscall6?\(SYS_")
        # Assembly is left out by an empty path, of go's overlays and of a whole tree.
        replaced = json.loads((out / "overlay.json").read_text())["Replace"]
        gone = [path for path, by in replaced.items() if not by]
        self.assertTrue(gone and all(path.endswith(".s") for path in gone), gone)
        self.ok("goroot", "--goroot", self.tree, "--overlay", out, "--out", made)
        self.assertEqual([file.name for file in (made / "src/syscall").glob("*.s")], [])
        self.assertTrue(list((self.tree / "src/syscall").glob("*.s")))

    def test_llgo_patches(self):
        out = SCRATCH / "llgo patches"
        words = [*self.where, "--dialect", "llgo", "--as", "patch", "--out", out]
        self.assertIn("$LLGO_ROOT\n", self.ok("generate", *words))
        made, patches = content(out), json.loads((out / "patch.json").read_text())
        self.assertNotIn("overlay.json", made)
        # Each file of Go says for which release and port it is; nothing else than the compiler's tree is written to.
        for name, data in made.items():
            if name.endswith(".go"):
                self.assertTrue(name.startswith("runtime/"), name)
                self.assertIn(f"\n//go:build {patches['build']}\n\n", data.decode(), name)
        applied = {one["package"]: one["applied"] for one in patches["packages"]}
        self.assertTrue(applied.pop("syscall"))
        self.assertEqual(set(applied.values()), {False})
        text = b"".join(data for name, data in made.items() if name.startswith("runtime/_patch/syscall/zlibcify_zsyscall_linux"))
        self.assertIn(b"\tr0, _, e1 := libcify_Syscall_read(", text)
        self.assertNotRegex(text.decode(), r"Syscall6?\(SYS_")
        self.assertIn("unchanged", self.ok("generate", *words))
        self.assertRegex(self.ok("check", *self.where, "--out", out), r"(?m)^output +(\d+) of \1 files current$")
        self.fails(2, "joins the compiler's tree", "goroot", "--goroot", self.tree, "--overlay", out, "--out", SCRATCH / "none")
        self.fails(2, "the dialect gc has no patches", "generate", *self.where, "--as", "patch", "--out", SCRATCH / "none")

    @unittest.skipUnless(shutil.which("go"), "there is no go command")
    def test_llgo(self):
        root = SCRATCH / "llgo root"
        for file in "go.mod", "bin/llgo", "runtime/go.mod", "runtime/keep.go", "runtime/_patch/syscall/gone.go", "targets/t.json":
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text("")
        llgo = root / "bin/llgo"
        llgo.write_text('#!/bin/sh\nprintf "%s\\n" "$GOROOT" "$LLGO_ROOT" "$PATH" "$@"\n')
        llgo.chmod(0o755)
        env = {"LLGO": llgo, "GOROOT": self.tree, "GOOS": "linux", "GOARCH": "amd64"}

        def asked(*words):
            goroot, slim, path, *rest = self.ok("llgo", *words, env=env).splitlines()
            return pathlib.Path(goroot), pathlib.Path(slim), path, rest

        goroot, slim, path, words = asked("build", "-o", "x", ".")
        self.assertIn("libcify_Syscall_read(", (goroot / "src/syscall/zsyscall_linux_amd64.go").read_text())
        self.assertTrue(path.startswith(f"{goroot}/bin:"), path)
        self.assertEqual(sorted(str(file.relative_to(slim)) for file in slim.rglob("*") if file.is_file()),
                         ["go.mod", "libcify.json", "runtime/go.mod", "runtime/internal/lib/runtime/zlibcify_darwin.go", "runtime/keep.go",
                          "targets/t.json"])
        self.assertRegex(" ".join(words), r"^build -tags libcify_[0-9a-f]{16} -o x \.$")
        self.assertEqual(asked("build", "-o", "x", ".")[3], words)  # the same tag for the same tree
        self.assertRegex(" ".join(asked("test", "-tags=a,b", "-v")[3]), r"^test -tags=a,b,libcify_[0-9a-f]{16} -v$")
        self.assertRegex(" ".join(asked("run", "-tags", "a", ".")[3]), r"^run -tags a,libcify_[0-9a-f]{16} \.$")
        # A file that the compiler's tree gets later is seen.
        (root / "runtime/new.go").write_text("package runtime")
        self.assertTrue((asked("build")[1] / "runtime/new.go").exists())
        self.assertEqual(self.ok("llgo", "version", env=env).splitlines()[-1], "version")
        self.fails(2, "is no tree of LLGo", "llgo", "build", env={**env, "LLGO_ROOT": SCRATCH})
        self.fails(2, "there is no", "llgo", "build", env={**env, "LLGO": SCRATCH / "none"})


if __name__ == "__main__":
    print("commands of", LIBCIFY, "on", GOROOT or "no Go tree")
    main()
