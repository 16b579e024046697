#!/usr/bin/python3
"""Feeds malformed scenarios and malformed nations to the real program, in the format of ../run_errors.py.

usage: run_real_cases.py PROGRAM TOYLAND [--only NAME] [--seconds N]

TOYLAND is the folder of Toyland's tables. A case about a table is a scenario with these comments besides those of run_errors.py; the case
NAME.toml then finds a copy of Toyland, changed at one place, in data/NAME:
    # edit: sectors.csv: old -> new    the first `old` of the table becomes `new` (may be repeated)
    # drop: ownership.csv: state,      rows that begin so are left out
    # remove: regions.csv              the table is missing
A case with `# open: why` is a weakness known of the program: its complaint is shown and does not fail the test.
"""
import argparse
import os
import re
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import run_errors  # noqa: E402

CHANGE = re.compile(r"^# (edit|drop|remove|open): (.*)$")


def changes_of(path):
    with open(path, encoding="utf-8") as file:
        return [found.groups() for found in map(CHANGE.match, file.read().splitlines()) if found]


def apply(nation, kind, what):
    """Makes one change in a nation folder; a change that changes nothing is a mistake in the case."""
    if kind == "remove":
        os.remove(os.path.join(nation, what))
        return
    name, _, rest = what.partition(": ")
    path = os.path.join(nation, name)
    with open(path, encoding="utf-8") as file:
        before = file.read()
    if kind == "drop":
        after = "".join(line for line in before.splitlines(True) if not line.startswith(rest))
    else:
        old, arrow, new = rest.partition(" -> ")
        after = before.replace(old, new, 1) if arrow else before
    if after == before:
        raise ValueError(f"changes nothing: {kind}: {what}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(after)


def prepare(folder, toyland):
    """Builds the nation of every case that changes one; returns the names of the cases marked open."""
    is_open = set()
    os.mkdir(os.path.join(folder, "data"))
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".toml"):
            continue
        changes = changes_of(os.path.join(folder, name))
        is_open.update(name for kind, _ in changes if kind == "open")
        changes = [change for change in changes if change[0] != "open"]
        if not changes:
            continue
        nation = os.path.join(folder, "data", name[:-len(".toml")])
        shutil.copytree(toyland, nation)
        for kind, what in changes:
            try:
                apply(nation, kind, what)
            except (OSError, ValueError) as failure:
                raise SystemExit(f"{name}: {failure}")
    return is_open


def report(case, complaints, text, is_open):
    """Prints what is wrong with a case. @return whether it fails the test"""
    if case.name in is_open:
        print(f"{case.name}: open: {'; '.join(complaints)}" if complaints else f"{case.name}: holds now, take the mark `open` away")
        return False
    if complaints:
        print(f"{case.name}: {'; '.join(complaints)}\n{text}")
    return bool(complaints)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("toyland")
    parser.add_argument("--only", default="", help="run the cases whose name holds this")
    parser.add_argument("--seconds", type=float, default=5.0, help="longest time of a case")
    options = parser.parse_args()
    program, toyland = os.path.abspath(options.program), os.path.abspath(options.toyland)
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "cases")
        shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        is_open = prepare(folder, toyland)
        failed = total = 0
        for case in run_errors.cases_in(folder):
            if options.only in case.name:
                total += 1
                failed += report(case, *run_errors.run(case, program, folder, options.seconds), is_open)
    print(f"{total} cases, {failed} failed")
    return 1 if failed or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
