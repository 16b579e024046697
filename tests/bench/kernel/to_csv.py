#!/usr/bin/env python3
"""Turn the JSON lines of bench_kernel (standard input) into a CSV table (standard output)."""
import csv
import json
import os
import platform
import sys

COLUMNS = ["name", "agents", "threads", "block_size", "unit", "min", "median", "cpu_min", "hash"]


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main():
    load = os.getloadavg()[0]
    print(f"# made by: {' '.join(sys.argv[1:]) or 'bench_kernel | tests/bench/kernel/to_csv.py'}")
    print(f"# processor: {processor()}, {os.cpu_count()} cores; load average at the end {load:.1f}")
    table = csv.DictWriter(sys.stdout, COLUMNS, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for line in sys.stdin:
        if line.startswith("{"):
            table.writerow(json.loads(line))


if __name__ == "__main__":
    main()
