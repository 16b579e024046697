#!/usr/bin/env python3
"""Turns the lines of `fabrica bench --json` (standard input) into a CSV table (standard output).

    fabrica bench --json | scripts/bench_table.py > table.csv

Words given on the command line are noted as the command in the first line."""
import csv
import json
import sys

COLUMNS = ["name", "parameters", "metric", "unit", "min", "median", "cpu_min", "repetitions", "hash", "note"]


def main():
    lines = [json.loads(line) for line in sys.stdin]
    if not lines:
        sys.exit("bench_table.py: error: no lines on standard input; pipe `fabrica bench --json` into it")
    first = lines[0]
    print(f"# made by: {' '.join(sys.argv[1:]) or 'fabrica bench --json | scripts/bench_table.py'}")
    print(f"# program {first['version']}, model {first['model_version']}")
    print(f"# processor: {first['cpu']}, {first['cores']} cores; load average at the start {first['load']:.1f}")
    table = csv.DictWriter(sys.stdout, COLUMNS, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for line in lines:
        line["parameters"] = " ".join(f"{name}={value}" for name, value in line["parameters"].items())
        for value in ("min", "median", "cpu_min"):
            line[value] = "" if line[value] is None else f"{line[value]:.4g}"
        table.writerow(line)


if __name__ == "__main__":
    main()
