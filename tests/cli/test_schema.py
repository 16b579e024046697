#!/usr/bin/python3
"""The JSON Schema of a program, read by other software: it takes the shipped scenarios and refuses what the program refuses.

usage: test_schema.py PROGRAM FOLDER   (FOLDER: the shipped scenarios)

python3-jsonschema is needed; taplo, which editors use for TOML, is tried where it is on PATH (npm install -g @taplo/cli).
"""
import datetime
import glob
import json
import os
import shutil
import subprocess
import sys
import tomllib
import unittest

import jsonschema

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

PROGRAM, FOLDER = "", ""
NO_KEY = "no_such_key_at_all"
WRONG_TYPES = {"number": ["one", True, [1], {"a": 1}], "integer": [1.5, "one", False], "boolean": [1, "true"], "string": [5, True, ["a"]],
               "array": ["a", 1, {"a": 1}], "object": [3, "a", [1]]}


def plain(value):
    """TOML as JSON has it: dates as text."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(member)}' for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def document(path, value):
    for part in reversed(path):
        value = {part: value}
    return value


class Schema(ScratchTest):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(subprocess.run([PROGRAM, "explain", "--json-schema"], capture_output=True, check=True).stdout)
        cls.validator = jsonschema.Draft202012Validator(cls.schema, format_checker=jsonschema.FormatChecker())
        files = sorted(glob.glob(os.path.join(FOLDER, "**", "*.toml"), recursive=True))
        cls.scenarios = [file for file in files if os.path.basename(os.path.dirname(file)) != "sweeps"]  # those have keys of their own

    def leaves(self, schema=None, path=()):
        """(path, schema) of each key outside lists and named tables."""
        for key, inner in (schema or self.schema)["properties"].items():
            if "properties" in inner:
                yield from self.leaves(inner, (*path, key))
            elif key != "sources" and (*path, key) != ("extends",):
                yield (*path, key), inner

    def tables(self, schema=None, path=()):
        yield path
        for key, inner in (schema or self.schema)["properties"].items():
            if "properties" in inner:
                yield from self.tables(inner, (*path, key))

    def assert_refused(self, documents):
        """Each by the schema, and by the program, which reports all errors of a file at once: one line each."""
        self.assertGreater(len(documents), 0)
        name = os.path.join(self.folder, "wrong.toml")
        with open(name, "w", encoding="utf-8") as file:
            for path, value in documents:
                self.assertFalse(self.validator.is_valid(document(path, value)), f"{path} = {value!r} is not refused")
                file.write(f"{'.'.join(path)} = {toml(value)}\n")
        result = subprocess.run([PROGRAM, "check", name], capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 3, result.stderr)
        for line, (path, value) in enumerate(documents, 1):
            self.assertIn(f"wrong.toml:{line}:", result.stderr, f"{'.'.join(path)} = {value!r} is taken by the program")

    def test_it_is_a_schema_of_its_draft(self):
        self.assertEqual(self.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_each_shipped_scenario_fits(self):
        self.assertGreater(len(self.scenarios), 0)
        for name in self.scenarios:
            with open(name, "rb") as file:
                faults = [f"{'.'.join(map(str, e.path))}: {e.message}" for e in self.validator.iter_errors(plain(tomllib.load(file)))]
            self.assertEqual(faults, [], name)

    def test_each_default_fits(self):
        for path, schema in self.leaves():
            if "default" in schema:
                self.validator.validate(document(path, schema["default"]))

    def test_an_unknown_key_of_any_table_is_refused(self):
        self.assert_refused([((*path, f"{NO_KEY}_{i}"), 1) for i, path in enumerate(self.tables())])

    def test_each_key_refuses_other_types(self):
        typed = [(path, schema["type"]) for path, schema in self.leaves() if "type" in schema]
        for nth in range(4):
            documents = [(path, WRONG_TYPES[kind][nth]) for path, kind in typed if nth < len(WRONG_TYPES[kind])]
            self.assert_refused(documents)

    def test_each_range_ends_where_it_says(self):
        for inside, outside, step in (("minimum", "exclusiveMinimum", -1), ("maximum", "exclusiveMaximum", 1)):
            beyond = []
            for path, schema in self.leaves():
                whole = schema.get("type") == "integer"
                if inside in schema:
                    end = int(schema[inside]) if whole else schema[inside]
                    self.validator.validate(document(path, end))
                    beyond.append((path, end + step if whole else end + step * max(1e-6, 1e-9 * abs(end))))
                if outside in schema:
                    beyond.append((path, int(schema[outside]) if whole else schema[outside]))
            self.assert_refused(beyond)

    def test_choices_and_dates_are_checked(self):
        chosen = [path for path, schema in self.leaves() if "enum" in schema]
        dates = [path for path, schema in self.leaves() if schema.get("format") == "date"]
        self.assert_refused([(path, "no such choice") for path in chosen] + [(path, "2015-02-30") for path in dates])

    def test_taplo_agrees(self):
        taplo = shutil.which("taplo")
        if taplo is None:
            self.skipTest("taplo is not installed")
        name = os.path.join(self.folder, "schema.json")
        with open(name, "w", encoding="utf-8") as file:
            json.dump(self.schema, file)

        def lint(*names):
            return subprocess.run([taplo, "lint", "--schema", f"file://{name}", *names], capture_output=True, text=True, check=False)

        done = lint(*self.scenarios)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for text, words in ((f"{NO_KEY} = 1", NO_KEY), ("[run]\nseed = -1", "minimum"), ("[run]\nscale = 'all'", "number"), ("run = 3", "object")):
            wrong = os.path.join(self.folder, "wrong.toml")
            with open(wrong, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            done = lint(wrong)
            self.assertNotEqual(done.returncode, 0, text)
            self.assertIn(words, done.stdout + done.stderr)


if __name__ == "__main__":
    FOLDER = sys.argv.pop(2)
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
