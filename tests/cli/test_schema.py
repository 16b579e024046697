#!/usr/bin/python3
"""The JSON Schema of a program takes its shipped scenarios, and refuses wrong ones.

usage: test_schema.py PROGRAM FOLDER

Knows the part of draft 2020-12 that the schema uses, and fails on any other keyword.
"""
import datetime
import glob
import json
import math
import os
import subprocess
import sys
import tomllib

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
REMARKS = {"$schema", "title", "description", "default"}
KNOWN = REMARKS | {"type", "properties", "additionalProperties", "required", "items", "anyOf", "enum", "const", "format", "minimum",
                   "maximum", "exclusiveMinimum", "exclusiveMaximum"}


def is_type(value, name):
    if isinstance(value, bool) and name != "boolean":
        return False
    return isinstance(value, TYPES[name])


def bounds(schema, value):
    low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    above, below = schema.get("exclusiveMinimum", -math.inf), schema.get("exclusiveMaximum", math.inf)
    return low <= value <= high and (value > above or above == -math.inf) and (value < below or below == math.inf)


def faults(schema, value, path="$"):
    unknown = set(schema) - KNOWN
    assert not unknown, f"keyword {unknown} at {path}"
    found = []
    if "type" in schema and not is_type(value, schema["type"]):
        return [f"{path} is no {schema['type']}"]
    if "enum" in schema and value not in schema["enum"] or "const" in schema and value != schema["const"]:
        found.append(f"{path} is not among the choices")
    if "anyOf" in schema and not any(not faults(one, value, path) for one in schema["anyOf"]):
        found.append(f"{path} fits no alternative")
    if schema.get("format") == "date":
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            found.append(f"{path} is no date")
    if is_type(value, "number") and not bounds(schema, value):
        found.append(f"{path} is out of range")
    if isinstance(value, list):
        for i, element in enumerate(value):
            found += faults(schema.get("items", {}), element, f"{path}[{i}]")
    if isinstance(value, dict):
        found += [f"{path} lacks {key}" for key in schema.get("required", []) if key not in value]
        for key, member in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            found += [f"{path}.{key} is not known"] if inner is False else faults(inner, member, f"{path}.{key}")
    return found


def plain(value):
    """TOML as JSON has it: dates as text."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    schema = json.loads(subprocess.run([program, "explain", "--json-schema"], capture_output=True, check=True).stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    failed = 0
    names = sorted(glob.glob(os.path.join(folder, "**", "*.toml"), recursive=True))
    for name in names:
        with open(name, "rb") as file:
            found = faults(schema, plain(tomllib.load(file)))
        failed += bool(found)
        print("\n".join([f"{name}: {fault}" for fault in found]) or f"{name}: fits")
    for wrong in ({"run": {"seed": -1}}, {"run": {"sed": 1}}, {"run": {"start": "soon"}}, {"run": {"scale": 0}}, {"run": 3}, {"extends": 7}):
        if not faults(schema, wrong):
            failed += 1
            print(f"{wrong} is not refused")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
