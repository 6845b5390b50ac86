"""What a program that LLGo built calls: read from its machine code, compared with calls.json, and seen by an interposer."""
import bisect
import collections
import json
import os
import re

from llgo_steps import ROOT, run


def functions(binary):
    """(address, size, name) of every function, sorted: the labels inside of them that LLGo leaves have no size."""
    out = []
    for line in run("nm", "-S", binary)[0].splitlines():
        parts = line.split()
        if len(parts) == 4 and parts[2] in "tTW":
            out.append((int(parts[0], 16), int(parts[1], 16), parts[3]))
    return sorted(out)


def calls_of(binary, wanted):
    """By name of the wanted functions: what they call or jump to outside of themselves; "*" where that is indirect."""
    places = functions(binary)
    starts = [place[0] for place in places]
    out = {name: set() for _, _, name in places if wanted(name)}
    for line in run("objdump", "-d", "--no-show-raw-insn", binary)[0].splitlines():
        found = re.match(r"\s*([0-9a-f]+):\s+(?:call|jmp|bl|b)q?\s+(.*)", line)
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


def named_calls(binary, overlay, packages=None):
    """How many rewritten functions of the binary (of these packages) call the libc functions that their calls were bound to, and
    nothing indirectly; and what is wrong with others."""
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
    found = calls_of(binary, lambda name: name in wants or ".libcify_" in name)
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
    return good, bad


def interposed(program, out):
    """How often an LD_PRELOAD library sees functions of libc when the program runs, by their names; none where it fails. And
    what the program said."""
    library, counted = out / "count.so", out / "calls.counted"
    said, code = run("cc", "-shared", "-fPIC", "-O1", "-fno-builtin", "-o", library, ROOT / "testdata/interposers/count.c", "-ldl")
    if code != 0:
        return {}, said
    counted.unlink(missing_ok=True)
    env = {**os.environ, "LD_PRELOAD": str(library), "COUNT_FILE": str(counted), "COUNT_ONLY": program.name}
    said, code = run(program, cwd=out, env=env)
    if code != 0:
        return {}, said
    return {name: int(times) for name, times in map(str.split, run(ROOT / "scripts/test/counts", counted)[0].splitlines())}, said
