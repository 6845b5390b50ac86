"""What the scripts about LLGo share: commands, the compiler's environment, and its own way to patch the standard library."""
import os
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def run(*words, env=None, cwd=None, timeout=900):
    """stdout and stderr as one, and the exit code."""
    try:
        done = subprocess.run([str(word) for word in words], env=env, cwd=cwd, text=True, stdin=subprocess.DEVNULL, timeout=timeout,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace") + f"\n(no end within {timeout} s)", 124
    return done.stdout, done.returncode


def environment(tree, goroot, **more):
    """LLGo's; LLVM's tools stand where its build script found them."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "LLGO", "LD_"))}
    env.update(PATH=f"{goroot}/bin:/usr/lib/llvm-19/bin:{env['PATH']}", GO=f"{goroot}/bin/go", LLGO=str(tree / "bin/llgo"),
               LLGO_ROOT=str(tree / "llgo"), GOTOOLCHAIN="local", GOFLAGS="-mod=mod")
    env.update(more)
    return env


def stock_tree(tree, goroot, out):
    """LLGo's own way to have its patches in a package under test: merged into a tree without assembly (llgo/README.md)."""
    stock, root = out / "stock", out / "stock-llgo"
    for folder in stock, root:
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(goroot, stock, copy_function=os.link, symlinks=True)
    root.mkdir()
    for part in "runtime", "targets":
        shutil.copytree(tree / "llgo" / part, root / part, symlinks=True)
    shutil.copy(tree / "llgo/go.mod", root)
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
