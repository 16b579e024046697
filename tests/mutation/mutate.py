#!/usr/bin/python3
"""Writes the sources of the model with all mutants of mutants.toml in them; the variable FABRICA_MUTANT of the environment chooses one.

    mutate.py SOURCE_ROOT OUT_FOLDER     writes OUT_FOLDER/FILE for each file that has mutants
    mutate.py SOURCE_ROOT --list         prints these files, for CMake

One build holds all mutants: `x + y` becomes `(mutant_in_use == 3 ? (x - y) : (x + y))`. Without the variable, or with 0, nothing is changed.
"""
import sys
import tomllib
from pathlib import Path

MUTANTS = Path(__file__).with_name("mutants.toml")
PRELUDE = """#include <cstdlib>
namespace {
const int mutant_in_use = std::getenv("FABRICA_MUTANT") != nullptr ? std::atoi(std::getenv("FABRICA_MUTANT")) : 0;
}
"""


def read_mutants(path=MUTANTS):
    """The mutants with their numbers, from 1 on."""
    mutants = tomllib.loads(Path(path).read_text(encoding="utf-8"))["mutant"]
    for number, mutant in enumerate(mutants, 1):
        mutant["number"] = number
    return mutants


def mutated(text, mutants):
    """The text of a file with its mutants.

    Raises ValueError where what is to be changed does not occur exactly once.
    """
    for m in mutants:
        if text.count(m["is"]) != 1:
            raise ValueError(f"mutant {m['number']} ({m['mechanism']}): '{m['is']}' occurs {text.count(m['is'])} times in {m['file']}")
    for m in mutants:
        text = text.replace(m["is"], f"(mutant_in_use == {m['number']} ? ({m['be']}) : ({m['is']}))")
    return PRELUDE + text


def main():
    root, out = Path(sys.argv[1]), sys.argv[2]
    mutants = read_mutants()
    files = sorted({m["file"] for m in mutants})
    if out == "--list":
        print(";".join(files), end="")
        return
    for name in files:
        target = Path(out) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = mutated((root / name).read_text(encoding="utf-8"), [m for m in mutants if m["file"] == name])
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except ValueError as fault:
        sys.exit(f"mutate.py: {fault}")
