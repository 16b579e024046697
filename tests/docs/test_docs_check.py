#!/usr/bin/python3
"""scripts/docs_check.py sees what is wrong: test_docs_check.py FABRICA."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = [  # document, what to replace, by what, expected in the output
    ("README.md", "[scenarios/README.md](scenarios/README.md)", "[scenarios/README.md](scenarios/READ.md)", "link to 'scenarios/READ.md'"),
    ("README.md", "`scripts/install_packages`", "`scripts/install_package`", "there is no 'scripts/install_package'"),
    ("README.md", "scripts/quickstart   #", "scripts/quick   #", "there is no 'scripts/quick'"),
    ("scenarios/README.md", "`run.end`", "`run.until`", "there is no key 'run.until'"),
    ("scenarios/README.md", "MODEL.md#shocks", "MODEL.md#shock", "link to heading '#shock'"),
    ("scenarios/README.md", "| `exports` | exports |\n", "", "kind of shock 'exports'"),
    ("models/MODEL.md", "`expectation` in", "`expected` in", "no function 'expected'"),
    ("models/MODEL.md", "`market_seen`", "`market_saw`", "'market_saw' is no name of the source"),
    ("models/MODEL.md", "### E22 Labour", "### E33 Labour", "names E22, which is not told"),
    ("models/MODEL.md", "| `run.seed` | integer", "| `run.seed` | number", "a generated table is out of date"),
    ("results/README.md", "<!-- facts:end -->", "", "anchors do not come in pairs"),
]


def copy_of_project(folder):
    for name in ("models", "sim", "scenarios", "scripts", "tests", "results"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.h5", "*.partial"))
    for name in ("README.md", "LICENSE", "CITATION.cff"):
        shutil.copy(ROOT / name, folder / name)


def check(folder, program):
    done = subprocess.run([ROOT / "scripts/docs_check.py", "--program", program, "--root", folder], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def main():
    program, failed = sys.argv[1], 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        copy_of_project(folder)
        for document, good, bad, expected in CASES:
            path = folder / document
            text = path.read_text(encoding="utf-8")
            if good not in text:
                print(f"{document} does not hold {good!r}: mend the case")
                failed += 1
                continue
            path.write_text(text.replace(good, bad, 1), encoding="utf-8")
            code, output = check(folder, program)
            path.write_text(text, encoding="utf-8")
            if code != 1 or expected not in output:
                print(f"not seen: {expected}\n{output}")
                failed += 1
    print(f"{len(CASES)} faults planted, {failed} not seen")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
