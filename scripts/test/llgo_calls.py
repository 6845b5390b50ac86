"""What a program that LLGo built calls: read from its machine code, compared with calls.json, and seen by an interposer."""
import bisect
import collections
import json
import os
import re

from llgo_steps import ROOT, check, run


def functions(binary, binutils=""):
    """(address, size, name) of every function, sorted: the labels inside of them that LLGo leaves have no size."""
    out = []
    for line in run(binutils + "nm", "-S", binary)[0].splitlines():
        parts = line.split()
        if len(parts) == 4 and parts[2] in "tTW":
            out.append((int(parts[0], 16), int(parts[1], 16), parts[3]))
    return sorted(out)


def calls_of(binary, wanted, binutils=""):
    """By name of the wanted functions: what they call or jump to outside of themselves; "*" where that is indirect."""
    places = functions(binary, binutils)
    starts = [place[0] for place in places]
    out = {name: set() for _, _, name in places if wanted(name)}
    for line in run(binutils + "objdump", "-d", "--no-show-raw-insn", binary)[0].splitlines():
        found = re.match(r"\s*([0-9a-f]+):\s+(?:(?:call|jmp)q?|blr?|br?)\s+(.*)", line)
        if not found:
            continue
        begin, size, name = places[bisect.bisect_right(starts, int(found[1], 16)) - 1]
        if name not in out or int(found[1], 16) >= begin + size:
            continue
        target = re.match(r"([0-9a-f]+) <([^>+]*)", found[2])
        if not target:
            out[name].add("*")
        elif not begin <= int(target[1], 16) < begin + size:
            out[name].add(target[2].removesuffix("@plt"))
    return out


def check_calls(binary, overlay, packages=None, binutils=""):
    """Each rewritten function of the binary (of these packages) calls the libc functions that its calls were bound to, and nothing
    indirectly."""
    wants, by_number = collections.defaultdict(set), set()
    for call in json.loads((overlay / "calls.json").read_text())["calls"]:
        package = call["file"].rsplit("/", 1)[0]
        if packages is not None and package not in packages:
            continue
        function = package + "." + call["func"]
        if call["how"] in ("direct", "variadic"):
            wants[function].add(call["cfunction"])
        elif call["how"] == "fallback":
            by_number.add(function)
    found = calls_of(binary, lambda name: name in wants or ".libcify_" in name, binutils)
    good, bad = 0, []
    for function, names in sorted(wants.items()):
        if function not in found:
            continue  # not in this program, or inlined where it is called
        called = set(found[function])
        for other in list(called):  # a function that LLVM did not inline
            called |= found.get(other, set()) if ".libcify_" in other else set()
        missing = {name for name in names if not called & {name, name + "64", "__" + name}}
        if missing or "*" in called or ("syscall" in called and function not in by_number):
            bad.append(f"{function} lacks {sorted(missing)}, has {sorted(called & {'*', 'syscall'})}")
        else:
            good += 1
    of = f" of {' '.join(sorted(packages))}" if packages is not None else ""
    check(f"{good} functions{of} call libc's functions by name, none indirectly, none by number that libc names", good and not bad, bad)


def check_interposed(program, out, wanted, compiler="cc", emulator=()):
    """An LD_PRELOAD library sees the functions of libc when the program runs, by their names."""
    library, counted = out / "count.so", out / "calls.counted"
    said, code = run(compiler, "-shared", "-fPIC", "-O1", "-fno-builtin", "-o", library, ROOT / "testdata/interposers/count.c", "-ldl")
    check("an interposer builds", code == 0, said)
    counted.unlink(missing_ok=True)
    # Set by env(1), behind the emulator, which must not see the library.
    said, code = run(*emulator, "env", f"LD_PRELOAD={library}", program, cwd=out,
                     env={**os.environ, "COUNT_FILE": str(counted), "COUNT_ONLY": program.name})
    seen = dict(line.split() for line in run(ROOT / "scripts/test/counts", counted)[0].splitlines())
    check("LD_PRELOAD sees the named functions: " + " ".join(f"{name} {seen.get(name, 0)}" for name in wanted),
          code == 0 and all(int(seen.get(name, 0)) > 0 for name in wanted), said[-1500:])
