#!/usr/bin/python3
"""Holds the reference runs: test_reference.py PROGRAM [--update].

The state hash at a run's end covers every field of every firm and all accounts. A change that moves one is told in CHANGES.md with its reason, and
--update writes the new hashes.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "state_hashes.csv")


def state_hash(program, arguments):
    with tempfile.TemporaryDirectory() as scratch:
        command = [program, "run", *arguments.split(), "--json", "-o", os.path.join(scratch, "run.h5")]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["state_hash"]


def main():
    program, update = sys.argv[1], "--update" in sys.argv[2:]
    with open(TABLE, newline="") as file:
        rows = list(csv.DictReader(file))
    moved = []
    for row in rows:
        now = state_hash(program, row["arguments"])
        if now != row["state_hash"]:
            moved.append(f"{row['name']}: {row['state_hash']} -> {now}")
            row["state_hash"] = now
    if update:
        with open(TABLE, "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    print("\n".join(moved) or f"{len(rows)} reference runs hold")
    if moved and not update:
        print("\nIf that is meant, say why in tests/reference/CHANGES.md and run tests/reference/test_reference.py PROGRAM --update.")
    return 1 if moved and not update else 0


if __name__ == "__main__":
    sys.exit(main())
