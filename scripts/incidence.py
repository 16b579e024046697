#!/usr/bin/python3
"""Who gets the money of a programme, and what it adds: incidence.py BASE POLICY [--pairs N] [--years N] [--set KEY=VALUE ...] [--json]

Runs `fabrica effect` on pairs of runs with the same seeds, from the programme's first day on, and prints
  - every yuan by recipient, size class and sector: the parts sum to what was disbursed, to the fen;
  - what a yuan adds: investment, capacity, output and jobs beyond those of the base, over the money disbursed, with 95 % intervals;
  - the windfall: the part of the money that did not become investment (1 less additional investment per yuan), for subsidies to machines.
Effects on flows are summed over the years asked for, those on stocks are means of the last of these years. A ratio of two means is
R = mean(d) / mean(m) over pairs; its interval is Student's on the residuals d - R m (the usual linearisation).
Exit code 2 for wrong use, 5 when a result cannot be read, else that of `fabrica`.
"""
import argparse
import json
import math
import os
import subprocess
import sys

from scipy import stats

# What may be added: label, series, whether it is a flow, factor to a unit per yuan, unit.
ADDED = [
    ("investment", "investment", True, 1.0, "yuan per yuan"),
    ("capacity of a year", "capacity", False, 0.1 * 365, "yuan of 2015 a year per yuan"),
    ("output", "output", True, 0.1, "yuan of 2015 per yuan"),
    ("jobs", "employment", False, 1e8, "per million yuan"),
]
PARTS = {"recipient": "disbursed_by_recipient", "size_class": "disbursed_by_size", "sector": "disbursed_by_sector"}
HERE = os.path.dirname(os.path.abspath(__file__))


class Failed(Exception):
    """Ends the program with a message and an exit code."""

    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


def program(path):
    for candidate in [path] if path else [os.environ.get("FABRICA", ""), os.path.join(HERE, "..", "build", "release", "fabrica"), "fabrica"]:
        if candidate and (os.sep not in candidate or os.access(candidate, os.X_OK)):
            return candidate
    raise Failed("no program found; build it with scripts/quickstart, or name it with --program", 2)


def ask(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(done.stderr.strip(), done.returncode)
    return json.loads(done.stdout)


def labels(executable, name, policy, sets):
    """Labels of an axis of a series that the policy's runs record."""
    import h5py  # only here: effects need no reader
    folder = os.path.join(sets["out"], "")
    newest = max((os.path.join(root, file) for root, _, files in os.walk(folder) for file in files if file.endswith(".h5")),
                 key=os.path.getmtime, default=None)
    if newest is None:
        raise Failed(f"no result under {folder}", 5)
    with h5py.File(newest) as file:
        return [text.decode() for text in file[name][:]] if name in file else []


def ratio(added, money):
    """Mean of `added` over that of `money`, and the half-width of its 95 % interval."""
    n, mean_money = len(money), sum(money) / len(money)
    if n < 2 or mean_money == 0:
        return math.nan, math.nan
    value = (sum(added) / n) / mean_money
    residuals = [d - value * m for d, m in zip(added, money)]
    deviation = math.sqrt(sum(r * r for r in residuals) / (n - 1))
    return value, stats.t.ppf(0.975, n - 1) * deviation / math.sqrt(n) / abs(mean_money)


def differences(effects, series, times):
    values = next(e["values"] for e in effects if e["series"] == series)
    return [times * (pair["policy"] - pair["base"]) for pair in values]


def effect(executable, options, series, first, months):
    command = [executable, "effect", options.base, options.policy, "--series", ",".join(series), "--from", first, "--window", str(months),
               "--pairs", str(options.pairs), "--store", options.out, "--json", "--quiet"]
    for assignment in options.set:
        command += ["--set", assignment]
    return ask(command)["effects"]


def first_day(executable, options):
    """First day on which the policy differs from the base."""
    command = [executable, "effect", options.base, options.policy, "--series", "disbursed", "--pairs", "16", "--dry-run", "--json", "--quiet"]
    for assignment in options.set:
        command += ["--set", assignment]
    return ask(command).get("fork")


def measure(executable, options):
    first = options.start or first_day(executable, options)
    if first is None:
        raise Failed("the policy has no first day within the run; say with --from when to begin", 2)
    months = 12 * options.years
    last = f"{int(first[:4]) + options.years - 1}{first[4:]}"
    flows = ["disbursed"] + [series for _, series, is_flow, _, _ in ADDED if is_flow]
    over_all = effect(executable, options, flows, first, months)
    at_end = effect(executable, options, [series for _, series, is_flow, _, _ in ADDED if not is_flow], last, 12)
    money = differences(over_all, "disbursed", months)
    found = {"from": first, "months": months, "pairs": len(money), "disbursed_cny": sum(money) / len(money) / 100, "added": [], "parts": {}}
    for label, series, is_flow, factor, unit in ADDED:
        value, half = ratio(differences(over_all if is_flow else at_end, series, months if is_flow else 1), money)
        # Money is in fen, goods in thousandths of a yuan of 2015 a day: factors bring both to yuan.
        found["added"].append({"what": label, "unit": unit, "per_yuan": value * factor, "half_width": half * factor})
    names = {axis: labels(executable, axis, options.policy, {"out": options.out}) for axis in PARTS}
    cells = {(axis, name): f"{PARTS[axis]}[{axis}={name}]" for axis in PARTS for name in names[axis]}
    rows = effect(executable, options, list(cells.values()), first, months)  # all at once: each call reads all results again
    for axis in PARTS:
        found["parts"][axis] = {name: sum(differences(rows, cells[axis, name], months)) / len(money) / 100 for name in names[axis]}
    return found


def text_of(found):
    total = found["disbursed_cny"]
    lines = [f"Disbursed from {found['from']} on in {found['months']} months: {total / 1e9:.4g} billion yuan a run, mean of {found['pairs']} pairs", ""]
    for axis, parts in found["parts"].items():
        lines.append(f"by {axis}")
        lines += [f"  {name:<22}{part / 1e9:12.4g}  {100 * part / total:6.1f} %" for name, part in parts.items() if abs(part) > 0.0005 * total]
    lines += ["", "what a yuan adds (95 % interval)"]
    for row in found["added"]:
        low, high = row["per_yuan"] - row["half_width"], row["per_yuan"] + row["half_width"]
        lines.append(f"  {row['what']:<22}{row['per_yuan']:10.3g}  {low:10.3g} to {high:<10.3g} {row['unit']}")
    invested = found["added"][0]
    lines.append(f"windfall: {100 * (1 - invested['per_yuan']):.0f} % of the money did not become investment "
                 f"({100 * (1 - invested['per_yuan'] - invested['half_width']):.0f} to {100 * (1 - invested['per_yuan'] + invested['half_width']):.0f})")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description="Who gets the money of a programme, and what it adds.")
    parser.add_argument("base")
    parser.add_argument("policy")
    parser.add_argument("--pairs", type=int, default=16, help="pairs of runs, at least 16")
    parser.add_argument("--years", type=int, default=3, help="years from the first day on")
    parser.add_argument("--from", dest="start", help="first day (default: that on which the policy differs from the base)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--out", default="results/incidence", help="folder of the runs")
    parser.add_argument("--program")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.years < 1 or options.pairs < 16:
        parser.error("--years is at least 1 and --pairs at least 16")
    try:
        found = measure(program(options.program), options)
    except Failed as failure:
        print(f"incidence.py: error: {failure}", file=sys.stderr)
        return failure.code
    print(json.dumps(found) if options.json else text_of(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
