#!/usr/bin/env python3
"""The schemas of rules/schema and the reader of rules agree: each object of each rule file is given a key that nobody knows; the
reader's complaint lists the keys that it knows, and those must be the schema's. And each rule file obeys its schema, as far as
keys, required keys, kinds and enumerations go, so that an editor that follows the schema leads nobody astray."""
import json
import os
import re
import shutil

from cli_testing import LIBCIFY, SCRATCH, SOURCE, TestCase, main, run

RULES = SOURCE / "rules"
SCHEMAS = {"ports.json": "ports", "extract": "extract", "bind": "bind", "dialects": "dialect"}
UNKNOWN = "a_key_that_nobody_knows"
KINDS = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


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


class Schemas(TestCase):
    def test_files_obey(self):
        for file, root in rule_files():
            for path, value, schema in walk(json.loads((RULES / file).read_text()), root, root):
                place = f"{file}: {path}"
                if "type" in schema:
                    self.assertIs(type(value), KINDS[schema["type"]], place)
                if "enum" in schema:
                    self.assertIn(value, schema["enum"], place)
                if isinstance(value, dict) and "properties" in schema:
                    self.assertLessEqual(set(value), set(schema["properties"]), place)
                    self.assertGreaterEqual(set(value), set(schema.get("required", [])), place)

    def test_reader_knows_the_same_keys(self):
        data = SCRATCH / "marked"
        shutil.copytree(RULES, data / "rules")
        os.symlink(SOURCE / "overlays", data / "overlays")
        seen = set()
        for file, root in rule_files():
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
