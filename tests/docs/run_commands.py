#!/usr/bin/python3
"""Runs the examples of the documents: run_commands.py [--needs MODULE,...] FABRICA DOCUMENT...

Fenced blocks marked `sh run` (or `python run`) are run in the order of the page, in a copy of the project's scenarios and scripts. A
block marked `toml file=NAME` is written to that file first. So that this takes seconds, `fabrica run`, `effect`, `sweep` and `batch` are given a small scale,
at most one year and hardly a spin-up, unless the command line names its own or Toyland; `effect` makes no more than its first stage of pairs.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SKIPPED = 77  # exit code that ctest knows

SMALL = """#!/bin/bash
# The program, with runs made small: for the documents' examples.
arguments=("$@")
[[ ${1:-} == effect && " $* " != *pairs* ]] && arguments+=(--max-pairs 16)
if [[ ${1:-} =~ ^(run|fork|effect|sweep|batch)$ && " $* " != *" --resume "* && " $* " != *" --plan "* && " $* " != *toyland* ]]; then
    years=1 end=2016-01-01 # of spin-up: few, and none in front of many runs, which take half a year, or begin a quarter before the one asked for
    [[ $1 =~ ^(effect|sweep|batch)$ ]] && years=0 end=2015-07-01
    [[ $1 == effect && " $* " == *" run.end=2017-01-01 "* ]] && arguments+=(--set run.start=2015-10-01)
    for pair in run.scale=0.001 run.end=$end population.spin_up_years=$years; do
        [[ " $* " == *" ${pair%%=*}="* ]] || arguments+=(--set "$pair")
    done
fi
exec "PROGRAM" "${arguments[@]}"
"""


def blocks(text):
    """Yields (line, language, options, body) of every fenced block."""
    for match in re.finditer(r"^```(\w+)([^\n]*)\n(.*?)^```", text, flags=re.S | re.M):
        yield text.count("\n", 0, match.start()) + 1, match[1], match[2].split(), match[3]


def lay_out(folder, program):
    """The project as a reader of the documents finds it."""
    for name in ("scenarios", "scripts"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "results").mkdir()
    (folder / "bin").mkdir()
    small = folder / "bin" / "fabrica"
    small.write_text(SMALL.replace("PROGRAM", str(Path(program).resolve())))
    small.chmod(0o755)


def run_document(path, program):
    """@return processor seconds of each block by its line, and what went wrong"""
    spent, faults = {}, []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        lay_out(folder, program)
        environment = {**os.environ, "PATH": f"{folder / 'bin'}:/usr/bin:{os.environ['PATH']}", "NO_COLOR": "1",
                       "PYTHONPATH": str(folder / "scripts")}
        for line, language, options, body in blocks(path.read_text(encoding="utf-8")):
            target = next((o.removeprefix("file=") for o in options if o.startswith("file=")), None)
            if target:
                (folder / target).write_text(body, encoding="utf-8")
            if "run" not in options:
                continue
            command = ["/usr/bin/python3", "-c", body] if language == "python" else ["bash", "-eu", "-c", body]
            before = processor_seconds()
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=1200)
            spent[line] = processor_seconds() - before
            if done.returncode != 0:
                faults.append(f"{path.name}:{line}: exit code {done.returncode}\n{body}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return spent, faults


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    if sys.argv[1] == "--needs":
        absent = [name for name in sys.argv[2].split(",") if find_spec(name) is None]
        del sys.argv[1:3]
        if absent:
            print(f"not installed: {', '.join(absent)}")
            return SKIPPED
    program, documents = sys.argv[1], sys.argv[2:]
    failed = False
    for name in documents:
        spent, faults = run_document(ROOT / name, program)
        print(f"{name}: {len(spent)} examples run in {sum(spent.values()):.0f} s of a processor, {len(faults)} wrong")
        for line in sorted(spent, key=spent.get, reverse=True)[:5]:
            print(f"  line {line}: {spent[line]:.1f} s")
        if not spent:
            print(f"{name}: no example is marked to be run")
        for fault in faults:
            print(fault)
        failed = failed or bool(faults) or not spent
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
