"""What the scripts about LLGo share: commands, the compiler's environment, and its own way to patch the standard library."""
import collections
import os
import pathlib
import re
import shutil
import signal
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SECONDS = 120  # for one test: some build a program

failed = 0


def end(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:  # all of it has ended
        pass


def run(*words, env=None, cwd=None, timeout=900):
    """stdout and stderr as one, and the exit code. All that it started ends with it: a group, not a session, for the terminal
    that a session's leader opens becomes its own, and hangs it up (TestSpliceFile)."""
    with subprocess.Popen([str(word) for word in words], env=env, cwd=cwd, text=True, stdin=subprocess.DEVNULL, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, process_group=0) as process:
        try:
            said = process.communicate(timeout=timeout)[0]
            end(process.pid)
            return said, process.returncode
        except subprocess.TimeoutExpired:
            end(process.pid)
        try:
            said = process.communicate(timeout=10)[0]
        except subprocess.TimeoutExpired:  # another group holds the pipe
            said = ""
        return said + f"\n(no end within {timeout} s)", 124


def environment(tree, goroot, **more):
    """LLGo's; LLVM's tools stand where its build script found them."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "LLGO", "LD_"))}
    env.update(PATH=f"{goroot}/bin:/usr/lib/llvm-19/bin:{env['PATH']}", GO=f"{goroot}/bin/go", LLGO=str(tree / "bin/llgo"),
               LLGO_ROOT=str(tree / "llgo"), GOTOOLCHAIN="local", GOFLAGS="-mod=mod")
    env.update(more)
    return env


def llgo_root(tree, root):
    """A copy of the part of LLGo's tree that programs are made of, with what its runtime lacks for Go 1.27's tests."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for part in "runtime", "targets":
        shutil.copytree(tree / "llgo" / part, root / part, symlinks=True)
    shutil.copy(tree / "llgo/go.mod", root)
    shutil.copy(ROOT / "testdata/llgo/runtime/monotime_go127.go", root / "runtime/internal/lib/runtime")
    return root


def stock_tree(tree, goroot, out):
    """LLGo's own way to have its patches in a package under test: merged into a tree without assembly (llgo/README.md)."""
    stock = out / "stock"
    shutil.rmtree(stock, ignore_errors=True)
    shutil.copytree(goroot, stock, copy_function=os.link, symlinks=True)
    root = llgo_root(tree, out / "stock-llgo")
    for file in (stock / "src/syscall").glob("*.s"):
        file.unlink()
    for name in "linux", "unix":
        text = (root / f"runtime/_patch/syscall/syscall_{name}.go").read_text()
        (stock / f"src/syscall/zpatch{name}_linux.go").write_text(re.sub(r"(?m)^//go:build.*\n", "", text))
    shutil.rmtree(root / "runtime/_patch/syscall")
    file = stock / "src/syscall/syscall_linux.go"
    text = re.sub(r"(?m)^func rawSyscallNoError\(.*\n", "", file.read_text())
    file.unlink()  # it is a link to the tree's
    file.write_text(text)
    return stock, root


def check(what, good, said=""):
    """Says whether what was checked is so, and returns that."""
    global failed
    failed += not good
    print(("ok      " if good else "FAILED  ") + what + ("" if good else f": {said}"), flush=True)
    return good


def check_own_tests(command, tree, out, env):
    """LLGo's tests of package syscall, as a module of their own: its go.mod wants a Go that not all under test are."""
    folder = out / "own-tests"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tree / "llgo/test/std/syscall", folder)
    shutil.copy(ROOT / "testdata/llgo/go.mod", folder)
    said, code = run(*command, ".", env=env, cwd=folder, timeout=1800)
    check("LLGo's own tests of package syscall pass", code == 0 and re.search(r"(?m)^ok|^PASS", said), said[-2000:])


def result_code():
    return 1 if failed else 0


def results(command, folder, goroot, names=None):
    """{test: (PASS, FAIL or SKIP, what it said)}, each in a process of its own, in the environment of Go's own test runs."""
    more = ["-test.short"] if folder.name == "net" else []  # without it they ask servers of the Internet
    env = {"PATH": f"{goroot}/bin:/usr/bin:/bin", "HOME": str(ROOT / "build/e2e"), "GOTOOLCHAIN": "local", "LC_ALL": "C.UTF-8"}
    if names is None:
        names = [line for line in run(*command, "-test.list", ".", env=env, cwd=folder)[0].splitlines() if line.startswith("Test")]
    out = {}
    for name in names:
        said, code = run(*command, *more, "-test.v", "-test.run", f"^{name}$", env=env, cwd=folder, timeout=SECONDS)
        found = re.search(rf"(?m)^--- (PASS|FAIL|SKIP): {name} ", said)
        out[name] = (found[1] if found and code == 0 else "FAIL", said[-3000:])
    return out


def told(tests):
    counts = collections.Counter(tests.values())
    return f"{counts['PASS']} pass, {counts['FAIL']} fail, {counts['SKIP']} skip"
