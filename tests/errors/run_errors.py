#!/usr/bin/python3
"""Feeds malformed scenarios and tables to a program and checks what it says about each.

usage: run_errors.py PROGRAM FOLDER [--only NAME] [--seconds N]

Each case is one file of FOLDER with its expectation in comments on top:
    # exit: 3                   exit code of `PROGRAM check CASE` (default 3)
    # at: 7:12                  an error must be reported at this line and column of the case (may be repeated)
    # at: base.toml:3:1         the same in another file, or in `--set`
    # says: did you mean 'b'    these words must be in the report (may be repeated)
    # not: words                these must not
    # errors: 2                 number of errors
    # set: key=value            override given on the command line (may be repeated)
    # scenario: plain.toml      the scenario to check, where the case is a table that it is told to read by `set`
Files without any of these are material for the cases. Cases that cannot be kept as text are made by hostile.py.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import hostile

DIRECTIVE = re.compile(rb"^#\s*(exit|at|says|not|errors|set|scenario):\s*(.*?)\s*$")


class Case:
    def __init__(self, name, text):
        self.name = name
        self.wants = {}
        for line in text.splitlines()[:40]:
            found = DIRECTIVE.match(line.lstrip(b"\xef\xbb\xbf"))
            if found:
                self.wants.setdefault(found[1].decode(), []).append(found[2].decode())

    def first(self, key, default):
        return self.wants.get(key, [default])[0]

    def command(self, program):
        arguments = [program, "check", self.first("scenario", self.name)]
        for override in self.wants.get("set", []):
            arguments += ["--set", override]
        return arguments

    def complaints(self, result, seconds, limit):
        """What is wrong with the outcome, as a list of texts."""
        found = []
        expected = int(self.first("exit", "3"))
        if result.returncode != expected:
            found.append(f"exit code {result.returncode} instead of {expected}")
        if seconds > limit:
            found.append(f"took {seconds:.1f} s")
        if expected != 0 and result.stdout:
            found.append(f"wrote to standard output: {result.stdout[:60]!r}")
        report = result.stderr.decode("utf-8", "replace")
        for place in self.wants.get("at", []):
            name = place if place.count(":") > 1 else f"{self.name}:{place}"
            if not any(line.startswith(f"{name}: error: ") for line in report.splitlines()):
                found.append(f"no error at {name}")
        found += [f"does not say: {words}" for words in self.wants.get("says", []) if words not in report]
        found += [f"says: {words}" for words in self.wants.get("not", []) if words in report]
        number = report.count(": error: ")
        if "errors" in self.wants and number != int(self.first("errors", "0")):
            found.append(f"{number} errors instead of {self.first('errors', '0')}")
        if expected == 3 and number == 0:
            found.append("no error was reported")
        return found


def cases_in(folder):
    for base, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(base, name)
            if not name.endswith((".toml", ".csv")) or not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                case = Case(os.path.relpath(path, folder), file.read(8192))
            if case.wants:
                yield case


def run(case, program, folder, limit):
    begin = time.monotonic()
    try:
        result = subprocess.run(case.command(program), cwd=folder, capture_output=True, timeout=20 * limit, check=False)
    except subprocess.TimeoutExpired:
        return ["did not end"], ""
    complaints = case.complaints(result, time.monotonic() - begin, limit)
    return complaints, result.stderr.decode("utf-8", "replace")[:2000]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--only", help="run the cases whose name holds this")
    parser.add_argument("--seconds", type=float, default=5.0, help="longest time of a case")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    failed = total = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "cases")
        shutil.copytree(options.folder, folder, symlinks=True)
        hostile.make(folder)
        for case in cases_in(folder):
            if options.only and options.only not in case.name:
                continue
            total += 1
            complaints, report = run(case, program, folder, options.seconds)
            if complaints:
                failed += 1
                print(f"{case.name}: {'; '.join(complaints)}\n{report}")
    print(f"{total} cases, {failed} failed")
    return 1 if failed or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
