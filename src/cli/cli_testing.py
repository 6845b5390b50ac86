"""What the tests of the commands share: a Go tree to work on, running libcify, comparing folders.

In:  LIBCIFY, the executable; LIBCIFY_TEST_GOROOT, a Go tree (without it the tests that need one are skipped, and said so).
Out: all below one temporary folder whose name has blanks and non-ASCII letters, which goes at the end; the user's cache and
     environment stay untouched.
"""
import atexit
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
LIBCIFY = os.environ.get("LIBCIFY", str(SOURCE / "build/release/libcify"))
GOROOT = os.environ.get("LIBCIFY_TEST_GOROOT", "")
TARGET = "linux/amd64"

# As the file system spells it: a parent that is a link would make overlay.json name another path than ours.
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="libcify cli ä")).resolve()
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

needs_tree = unittest.skipUnless(os.path.isdir(GOROOT), "LIBCIFY_TEST_GOROOT names no Go tree")


def environment(**more):
    kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LIBCIFY_KERNEL_HEADERS",
                                                "LIBCIFY_KERNEL_ARCH", "GOMODCACHE", "CXX") if name in os.environ}
    kept.update(HOME=str(SCRATCH), LIBCIFY_CACHE=str(SCRATCH / "cache"), GOTOOLCHAIN="local", LC_ALL="C.UTF-8")
    kept.update({name: str(value) for name, value in more.items() if value is not None})
    return kept


def run(*words, cwd=None, env=None, limit=None, wrap=(), timeout=120, stdout=subprocess.PIPE):
    """Runs libcify; `limit` is a function for the child, `wrap` a command in front of it."""
    return subprocess.run([*wrap, LIBCIFY, *map(str, words)], cwd=cwd or SCRATCH, env=environment(**(env or {})), text=True,
                          stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=limit, timeout=timeout,
                          errors="surrogateescape")


def is_needed(path):
    """Of a Go tree, what libcify reads."""
    parts = path.parts
    if "testdata" in parts or path.name.endswith("_test.go"):
        return False
    if parts[:2] == ("src", "cmd"):
        return parts[2:3] == ("dist",) or path == pathlib.Path("src/cmd/go/internal/work/gc.go")
    return parts[0] in ("src", "VERSION")


def cut_copy(name):
    """A copy of the Go tree that a test may change: by links, so a file is replaced, never written into."""
    root, copy = pathlib.Path(GOROOT), SCRATCH / name
    for folder, folders, files in os.walk(root / "src"):
        inside = pathlib.Path(folder).relative_to(root)
        folders[:] = [f for f in folders if f != "testdata" and not (inside == pathlib.Path("src/cmd") and f not in ("dist", "go"))]
        wanted = [f for f in files if is_needed(inside / f)]
        if wanted or inside == pathlib.Path("src"):
            (copy / inside).mkdir(parents=True)
        for file in wanted:
            link_or_copy(root / inside / file, copy / inside / file)
    link_or_copy(root / "VERSION", copy / "VERSION")
    time.sleep(0.2)  # what changed a moment ago gets no stamp (stamp.h)
    return copy


def link_or_copy(old, new):
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


class Changed:
    """A file of a copied tree is another one while the block runs. `make` is called with its path."""

    def __init__(self, path, make):
        self.path, self.make = path, make

    def __enter__(self):
        self.kept = self.path.with_name(self.path.name + ".kept")
        self.was_there = self.path.exists()
        if self.was_there:
            self.path.rename(self.kept)
        self.make(self.path)

    def __exit__(self, *_):
        if self.path.is_dir() and not self.path.is_symlink():
            self.path.rmdir()
        else:
            self.path.unlink(missing_ok=True)
        if self.was_there:
            self.kept.rename(self.path)


def content(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def digest(folder):
    all_files = hashlib.sha256()
    for path, data in content(folder).items():
        all_files.update(path.encode() + b"\0" + hashlib.sha256(data).digest())
    return all_files.hexdigest()


def remains(folder):
    """Siblings that an unfinished run left beside an output folder."""
    return sorted(entry.name for entry in folder.parent.iterdir() if entry.name.startswith("." + folder.name + "."))


class TestCase(unittest.TestCase):
    maxDiff = None

    def ok(self, *words, **more):
        done = run(*words, **more)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def fails(self, code, regex, *words, **more):
        """Ends with `code`, says what matches and nothing that a crash would say."""
        done = run(*words, **more)
        self.assertEqual(done.returncode, code, (words, done.stderr[-2000:]))
        self.assertRegex(done.stderr if done.stderr else done.stdout or "", regex)
        self.assertNotRegex(done.stderr, "Sanitizer|runtime error|terminate called")
        return done

    def errors(self, code, *words, **more):
        """The same with --format json: the list of errors; nothing on standard error."""
        done = run(*words, "--format", "json", **more)
        self.assertEqual((done.returncode, done.stderr), (code, ""), words)
        found = json.loads(done.stdout)
        self.assertEqual(list(found), ["errors"])
        for error in found["errors"]:
            self.assertEqual(list(error), ["file", "line", "column", "class", "message", "hint", "rule"])
        return found["errors"]


def main():
    if not os.access(LIBCIFY, os.X_OK):
        raise SystemExit(f"no executable {LIBCIFY}: set LIBCIFY")
    unittest.main(module="__main__", verbosity=1)
