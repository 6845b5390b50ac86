#!/usr/bin/env python3
"""The schemas of rules/schema and the reader of rules agree: each object of each rule file is given a key that nobody knows; the
reader's complaint lists the keys that it knows, and those must be the schema's. And each rule file obeys its schema, as far as
keys, required keys, kinds and enumerations go, so that an editor that follows the schema leads nobody astray."""
import json
import os
import re
import shutil

from cli_testing import GOROOT, LIBCIFY, SCRATCH, SOURCE, TARGET, TestCase, main, needs_tree, run

RULES = SOURCE / "rules"
SCHEMAS = {"ports.json": "ports", "trees.json": "trees", "extract": "extract", "bind": "bind", "dialects": "dialect"}
UNKNOWN = "a_key_that_nobody_knows"
KINDS = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def rule_files():
    """(file, schema) of all."""
    for place, name in SCHEMAS.items():
        path = RULES / place
        schema = json.loads((RULES / "schema" / f"{name}.schema.json").read_text())
        for file in [path] if path.is_file() else sorted(path.glob("*.json")):
            yield file.relative_to(RULES), schema


def resolve(schema, root):
    while "$ref" in schema:
        node = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            node = node[part]
        schema = node
    return schema


def walk(value, schema, root, path="$"):
    """(path, value, schema) of the value and all that it holds and the schema describes."""
    schema = resolve(schema, root)
    yield path, value, schema
    if isinstance(value, dict):
        for key, inner in value.items():
            below = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if isinstance(below, dict):
                yield from walk(inner, below, root, f"{path}.{key}")
    if isinstance(value, list):
        for i, inner in enumerate(value):
            yield from walk(inner, schema.get("items", {}), root, f"{path}[{i}]")


class Obeys(TestCase):
    def obeys(self, name, whole, root):
        """As far as keys, required keys, kinds and enumerations go."""
        for path, value, schema in walk(whole, root, root):
            place = f"{name}: {path}"
            if "type" in schema:
                kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
                self.assertIn(type(value), [KINDS[kind] for kind in kinds], place)
            if "enum" in schema:
                self.assertIn(value, schema["enum"], place)
            if isinstance(value, dict) and "properties" in schema:
                self.assertLessEqual(set(value), set(schema["properties"]), place)
                self.assertGreaterEqual(set(value), set(schema.get("required", [])), place)


@needs_tree
class Outputs(Obeys):
    def check(self, name, text):
        self.obeys(name, json.loads(text), json.loads((RULES / "schema/output" / f"{name}.schema.json").read_text()))

    def test_outputs_obey(self):
        for target, *how in ((TARGET, "gc"), (TARGET, "llgo"), (TARGET, "llgo", "--as", "patch"), ("darwin/arm64", "shims"),
                             ("windows/amd64", "gc"), ("freebsd/amd64", "gc")):
            out = SCRATCH / "obeys"
            where = ["--goroot", GOROOT, "--target", target]
            self.check("generate", self.ok("generate", *where, "--dialect", *how, "--out", out, "--format", "json"))
            for name in "sites", "bindings", "manifest", "overlay", "calls", "patch":
                demanded = name in ("sites", "bindings", "manifest") or (how == ["gc"] and name == "overlay") or (
                    how[0] == "llgo" and name == "calls") or ("patch" in how and name == "patch")
                if demanded or (out / f"{name}.json").exists():
                    self.check(name, (out / f"{name}.json").read_text())
        self.check("generate-all", self.ok("generate", "--goroot", GOROOT, "--target", "all", "--out", SCRATCH / "all", "--format", "json"))
        for target in TARGET, "darwin/arm64":
            self.check("check", self.ok("check", "--goroot", GOROOT, "--target", target, "--format", "json"))
        self.check("explain", self.ok("explain", "openat", *where, "--format", "json"))
        self.check("explain", self.ok("explain", "openat", "--goroot", GOROOT, "--format", "json"))
        self.check("report", self.ok("report", *where, "--format", "json", GOROOT))
        self.check("errors", run("scan", "--goroot", "/does/not/exist", "--target", TARGET, "--format", "json").stdout)
        self.check("errors", run("explain", "no-such-call", *where, "--format", "json").stdout)


class Schemas(Obeys):
    def test_files_obey(self):
        for file, root in rule_files():
            rules = json.loads((RULES / file).read_text())
            self.obeys(file, rules, root)
            # So an editor finds the schema.
            named = (RULES / file).parent / rules["$schema"]
            self.assertEqual(json.loads(named.read_text()), root, file)

    def test_reader_knows_the_same_keys(self):
        data = SCRATCH / "marked"
        shutil.copytree(RULES, data / "rules")
        os.symlink(SOURCE / "overlays", data / "overlays")
        seen = set()
        for file, root in rule_files():
            if file.name == "trees.json":  # its keys are names; known_trees_test has its reader
                continue
            rules = json.loads((RULES / file).read_text())
            wanted = {}
            for path, value, schema in walk(rules, root, root):
                if isinstance(value, dict) and "properties" in schema:
                    self.assertIs(schema.get("additionalProperties"), False, f"{file}: {path}")
                    wanted[path] = set(schema["properties"])
                    seen.add((str(file).split("/")[0], re.sub(r"\[\d+\]", "[]", path)))
            for path, value, schema in list(walk(rules, root, root)):
                if path in wanted:
                    value[UNKNOWN] = 1
            (data / "rules" / file).write_text(json.dumps(rules))
            done = run("scan", "--goroot", "/", "--target", "linux/amd64", "--data", data)
            (data / "rules" / file).write_bytes((RULES / file).read_bytes())
            found = {path: set(keys.split(", ")) for path, keys in re.findall(
                rf"{re.escape(file.name)}:\d+:\d+: error: (\$\S*): unknown key \"{UNKNOWN}\"; known keys: ([^\[\n]*[^\[\n ])", done.stderr)}
            self.assertEqual(set(found), set(wanted), file)
            for path in wanted:
                self.assertEqual(found[path] | {"$schema"} if path == "$" else found[path], wanted[path] | ({"$schema"} if path == "$" else set()),
                                 f"{file}: {path}")
        # Every kind of object has been met.
        self.assertLessEqual({("extract", "$.rules[]"), ("extract", "$.rules[].where[]"), ("bind", "$.rules[]"), ("bind", "$.tolerances[]"),
                              ("dialects", "$.edits[]"), ("dialects", "$.adds[]"), ("dialects", "$.seam_edits[]"), ("ports.json", "$.ports[]"),
                              ("ports.json", "$.ports[].syscall"), ("ports.json", "$.ports[].libcs[]")}, seen)


if __name__ == "__main__":
    print("schemas of", RULES, "against", LIBCIFY)
    main()
