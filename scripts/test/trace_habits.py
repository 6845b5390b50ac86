"""Compares two sequences of calls, with the habits of libc that rules/bind/linux-habits.json allows (docs/traces.md)."""
import json
import os
import re

from trace_reading import shape

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(os.path.dirname(os.path.dirname(HERE)), "rules", "bind", "linux-habits.json")


class Habits:
    """The entries, or those of one port. libcify reads the file strictly (src/rules); here it is only used."""

    def __init__(self, entries=None):
        if entries is None:
            with open(FILE, encoding="utf-8") as file:
                entries = json.load(file)["habits"]
        self.entries = entries
        self.sometimes = {entry["id"] for entry in entries if "when" in entry}
        self.after = {entry["id"]: entry["after"] for entry in entries if "after" in entry}
        self.changes = [(entry["id"], re.compile(entry["traced"]), entry["becomes"]) for entry in entries]

    def of_port(self, goarch, libc):
        return Habits([entry for entry in self.entries
                       if goarch in entry.get("goarch", [goarch]) and libc in entry.get("libc", [libc])])

    def of(self, line):
        """[(id, lines)] that may stand for a line."""
        child, call = re.fullmatch(r"(CHILD\d+: )?(.*)", line, re.S).groups("")
        found = ((name, pattern.fullmatch(call), becomes) for name, pattern, becomes in self.changes)
        return [(name, [child + rewritten(match, one) for one in becomes]) for name, match, becomes in found if match]

    def of_shape(self, one):
        """[(id, shape)] that may stand for a kind of call of other threads, whose lines have no results."""
        return [(name, shape(lines[-1])) for name, lines in self.of(one + " = 0") if lines]

    def unneeded(self, used):
        return [f"{os.path.basename(FILE)}: {entry['id']}: no port needs it" for entry in self.entries
                if entry["id"] not in used and "when" not in entry]


def rewritten(match, text):
    """As RE2 rewrites: one digit names a group."""
    return re.sub(r"\\(\d)", lambda digit: match.group(int(digit.group(1))), text)


class Compared:
    """by: per line of the first sequence the habit by which it is another, or None; wrong: where they part, or nothing."""

    def __init__(self, by, wrong):
        self.by, self.wrong = by, wrong


def compare(stock, ours, habits):
    """Whether each line of the one is, in order, the same line of the other or what a habit makes of it, and nothing is left."""
    # Places (i, j) that can be reached, and by what: the first is the start, the last both ends.
    ways, open_places, furthest = {(0, 0): None}, [(0, 0)], (0, 0)
    while open_places and (len(stock), len(ours)) not in ways:
        place = open_places.pop()
        furthest = max(furthest, place, key=sum)
        for next_place, habit in steps_from(place, stock, ours, habits):
            if next_place not in ways and (habit not in habits.after or habits.after[habit] in taken(ways, place)):
                ways[next_place] = (place, habit)
                open_places.append(next_place)
    end = (len(stock), len(ours))
    return Compared(taken(ways, end), "") if end in ways else Compared([], part(stock, ours, furthest))


def taken(ways, place):
    """Per line before the place: the habit by which it is another, or None."""
    by = []
    while ways[place]:
        place, habit = ways[place]
        by.append(habit)
    return by[::-1]


def steps_from(place, stock, ours, habits):
    """Where a habit applies, it must show; but for one that asks for more of the machine than its port."""
    i, j = place
    if i == len(stock):
        return
    found = habits.of(stock[i])
    if j < len(ours) and stock[i] == ours[j] and all(name in habits.sometimes for name, _ in found):
        yield (i + 1, j + 1), None
    for name, lines in found:
        if ours[j:j + len(lines)] == lines:
            yield (i + 1, j + len(lines)), name


def part(stock, ours, place):
    i, j = place
    left = [lines[at] if at < len(lines) else "nothing more" for lines, at in ((stock, i), (ours, j))]
    return f"call {i + 1} of {len(stock)}: stock: {left[0]} overlay: {left[1]}"
