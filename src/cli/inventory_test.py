#!/usr/bin/env python3
"""rules/inventory is what scan finds, and a change of it does not pass."""
import json
import shutil
import subprocess
import sys
import unittest

import cli_testing
from cli_testing import GOROOT, LIBCIFY, SCRATCH, SOURCE, needs_tree


def inventory(root, *words):
    command = [sys.executable, "-B", root / "scripts/inventory", "--libcify", LIBCIFY, "--goroot", GOROOT, *words]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


@needs_tree
class Inventory(unittest.TestCase):
    def test_is_current(self):
        done = inventory(SOURCE, "--check")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_change_is_seen(self):
        root = SCRATCH / "inventory"
        for folder in ("rules", "overlays", "scripts"):
            shutil.copytree(SOURCE / folder, root / folder, ignore=shutil.ignore_patterns("*.example"))
        file = root / "rules/inventory/linux-amd64.json"
        self.assertIn("openat", {place.get("call") for place in json.loads(file.read_text(encoding="utf-8"))["places"]})
        file.write_text(file.read_text(encoding="utf-8").replace('"openat"', '"openat3"', 1), encoding="utf-8")
        done = inventory(root, "--check")
        self.assertEqual((done.returncode, done.stdout),
                         (1, "rules/inventory/linux-amd64.json is stale: run scripts/inventory and look at the difference\n"))


if __name__ == "__main__":
    cli_testing.main()
