#!/usr/bin/python3
"""What all instruments together cost in time: a base beside the same with one programme of every kind, taken from the studies.

usage: all_instruments.py PROGRAM [--scale S] [--end DATE] [--repeat N]

Runs both in turn with one thread each and prints a CSV table of their processor times and the ratio of the medians.
"""
import argparse
import csv
import datetime
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

STUDIES = Path(__file__).resolve().parent.parent.parent / "scenarios" / "studies"


def to_toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {to_toml(x)}" for key, x in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(to_toml, value)) + "]"
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else json.dumps(value)


def programmes(kinds):
    """@return one programme of each kind by its name, and the switches that their studies turn on"""
    found, switches = {}, {}
    for path in sorted(STUDIES.glob("*.toml")):
        study = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in study.get("policy", {}).values():
            if table.get("kind") in kinds and table["kind"] not in found and table.get("intensity", 1) != 0:
                found[table["kind"]] = table
                switches |= {key: True for key, on in study.get("switches", {}).items() if on is True}
    return found, switches


def scenario(program):
    listed = json.loads(subprocess.run([program, "list", "policies", "--json"], check=True, capture_output=True, text=True).stdout)
    kinds = {policy["name"] for policy in listed["policies"]}
    found, switches = programmes(kinds)
    lines = ['extends = "fabrica:china"', "[run]", 'name = "all_instruments"', "[switches]", *(f"{key} = true" for key in sorted(switches))]
    for kind, table in sorted(found.items()):
        lines += [f"[policy.all_{kind}]", *(f"{json.dumps(key)} = {to_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n", kinds, kinds - set(found)


def processor_time(program, path, settings, out):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([program, "run", path, "--threads", "1", "--quiet", "--out", out, *settings], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=lambda text: str(Path(text).resolve()))
    parser.add_argument("--scale", default="0.01")
    parser.add_argument("--end", default="2018-01-01")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    text, kinds, absent = scenario(options.program)
    settings = ["--set", f"run.scale={options.scale}", "--set", f"run.end={options.end}", "--root", "/"]
    times = {"fabrica:china": [], "all": []}
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch, "all.toml").write_text(text, encoding="utf-8")
        for i in range(options.repeat):
            for name, seconds in times.items():
                path = name if name.startswith("fabrica") else str(Path(scratch, "all.toml"))
                seconds.append(processor_time(options.program, path, settings, f"{scratch}/{name[:3]}{i}.h5"))
    base, full = (statistics.median(seconds) for seconds in times.values())
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerows([("name", "value", "unit"), ("instruments_on", len(kinds) - len(absent), "1"), ("instruments_left_out", " ".join(sorted(absent)), ""),
                     ("scale", options.scale, "1"), ("end", options.end, ""), ("processor_time_of_base", round(base, 2), "s"),
                     ("processor_time_with_all", round(full, 2), "s"), ("ratio", round(full / base, 3), "1")])


if __name__ == "__main__":
    main()
