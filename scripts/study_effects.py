#!/usr/bin/python3
"""What each study changes, by pairs of runs: measures every row of scenarios/studies/expected.csv with `fabrica effect` and says whether it
is as expected.

    study_effects.py --program build/release/fabrica --scale 0.01 --pairs 16 [STUDY...]

Writes effects.csv and README.md into --out. Each study's rows are written when it is done. Rows that are there already by this model, at this
scale or a larger one, with as many pairs, are not measured again, and runs that lie in --store are not repeated: after an interruption the
same command goes on. Runs end with the year asked for. Studies with the same base, end and first month are run together, so that they share the past.
Exit codes: 0 all measured, 1 a study failed (the table says why), 2 usage.
"""
import argparse
import csv
import itertools
import json
import os
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
STUDIES = os.path.join(ROOT, "scenarios", "studies")
EXPECTED = os.path.join(STUDIES, "expected.csv")
RESULTS = os.path.join(ROOT, "results", "studies")
INDEX = os.path.join(ROOT, "models", "README.md")
SUMMARY = re.compile(r"(<!-- studies:begin -->\n).*?(<!-- studies:end -->)", re.S)
KEY = ("study", "base", "series", "from", "months")
COLUMNS = (*KEY, "expected", "base_mean", "effect", "low", "high", "unit", "relative_effect", "pairs", "scale", "model", "verdict", "size", "source")
VERDICTS = ("as expected", "not told from noise", "opposite", "failed", "not measured")


def rows_of(path):
    """Rows of a table without its comments; none when there is no such file."""
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def key_of(row):
    return tuple(row[name] for name in KEY)


def verdict(row, effect, low, high, base):
    """Whether an interval for the effect has the sign that was expected: of none (0), whether it lies within the limits given."""
    if row["expected"] in "+-":
        sign = 1 if row["expected"] == "+" else -1
        if min(sign * low, sign * high) > 0:
            return "as expected"
        return "opposite" if max(sign * low, sign * high) < 0 else "not told from noise"
    least, most = limits(row, base) or (0, 0)
    if least == most:
        return "as expected" if low <= 0 <= high else "opposite"
    if least <= low and high <= most:
        return "as expected"
    return "opposite" if high < least or most < low else "not told from noise"


def limits(row, base):
    """Least and most effect in the unit of the series; None where nothing is published."""
    if not row["low"]:
        return None
    factor = abs(base) if row["measure"] == "base" else 1
    return float(row["low"]) * factor, float(row["high"]) * factor


def size(row, effect, base):
    """How the effect lies to the published size."""
    if not limits(row, base):
        return ""
    least, most = limits(row, base)
    if least <= effect <= most:
        return "inside"
    nearer, farther = sorted((least, most), key=abs)
    if effect * farther < 0:
        return "other sign"
    return "smaller" if abs(effect) < abs(nearer) else "larger"


def last_month(row):
    year, month = map(int, row["from"].split("-"))
    return year * 12 + month + int(row["months"]) - 2


def tell_summary(rows):
    """Puts the counts into the index of the model."""
    with open(INDEX, encoding="utf-8") as file:
        text = file.read()
    with open(INDEX, "w", encoding="utf-8") as file:
        file.write(SUMMARY.sub(lambda found: found[1] + "\n".join(summary(rows)).rstrip() + "\n" + found[2], text))


class Group:
    """Studies that can be run together: one base, one end, one first month."""

    def __init__(self, options, base, change, end, studies):
        self.options, self.base, self.change, self.end, self.studies = options, base, change, end, studies

    def base_path(self):
        """The base's file; with a change a scenario of its own, written into the store."""
        in_studies = os.path.join(STUDIES, self.base + ".toml")
        path = in_studies if os.path.exists(in_studies) else os.path.join(ROOT, "scenarios", self.base + ".toml")
        if not self.change:
            return path
        name = re.sub(r"\W+", "_", f"{self.base}_{self.change}")[:60].strip("_")
        changed = os.path.join(self.options.store, name + ".toml")
        os.makedirs(self.options.store, exist_ok=True)
        with open(changed, "w", encoding="utf-8") as file:
            file.write(f'extends = "{os.path.relpath(path, self.options.store)}"\n{self.change}\n[run]\nname = "{name}"\n')
        return changed

    def command(self, studies, series, start, months):
        return [self.options.program, "effect", self.base_path(), *(os.path.join(STUDIES, s + ".toml") for s in studies), "--series",
                ",".join(series), "--from", start + "-01", "--window", str(months), "--pairs", str(self.options.pairs), "--set",
                f"run.scale={self.options.scale}", "--set", f"run.end={self.end}", "--threads", str(self.options.threads), "--store",
                self.options.store, "--root", "/", "--json", "--quiet"]

    def effect(self, *asked):
        done = subprocess.run(self.command(*asked), capture_output=True, text=True, check=False)
        if not done.stdout.startswith("{"):
            return {"effects": [], "why": done.stderr.strip().split("\n")[0]}
        found = json.loads(done.stdout)
        found["why"] = "; ".join(sorted({failed["reason"] for failed in found["failed"]}))
        return found

    def measure(self, finished):
        """Runs all, then asks for each study's own series, which takes no further runs."""
        first = min(row["from"] for rows in self.studies.values() for row in rows)
        self.effect(list(self.studies), ["firms"], first, 1)
        for study, rows in self.studies.items():
            finished(study, self.measure_study(study, rows))

    def measure_study(self, study, rows):
        measured = []
        for (start, months), some in itertools.groupby(rows, key=lambda row: (row["from"], row["months"])):
            some = list(some)
            found = self.effect([study], [row["series"] for row in some], start, months)
            effects = {effect["series"]: effect for effect in found["effects"]}
            measured += [self.measured_row(row, effects.get(row["series"]), found["why"]) for row in some]
        return measured

    def measured_row(self, row, found, why):
        out = {name: row.get(name, "") for name in COLUMNS} | {"scale": self.options.scale, "model": self.options.model, "low": "", "high": ""}
        if found is None or found["effect"] is None:
            return out | {"verdict": "failed", "size": why or "no value"}
        effect, base, interval = found["effect"], found["base"], found["interval"]
        out |= {"base_mean": f"{base:.6g}", "effect": f"{effect:.6g}", "low": f"{interval['low']:.6g}", "high": f"{interval['high']:.6g}"}
        out |= {"unit": found["unit"], "relative_effect": f"{effect / abs(base):.6f}" if base else "", "pairs": found["pairs"]}
        return out | {"verdict": verdict(row, effect, interval["low"], interval["high"], base), "size": size(row, effect, base)}


class Table:
    """The measured rows, in the order of expected.csv."""

    def __init__(self, folder, expected):
        self.folder, self.expected = folder, expected
        self.rows = {key_of(row): row for row in rows_of(self.path("effects.csv")) if row["verdict"] != "not measured"}

    def path(self, name):
        return os.path.join(self.folder, name)

    def has(self, row, options):
        found = self.rows.get(key_of(row))
        return (found is not None and found["verdict"] != "failed" and found["model"] == options.model and float(found["scale"]) >= float(options.scale)
                and int(found["pairs"]) >= options.pairs)

    def add(self, rows):
        """A row that failed does not take the place of a measured one."""
        for row in rows:
            if row["verdict"] != "failed" or self.rows.get(key_of(row), row)["verdict"] == "failed":
                self.rows[key_of(row)] = row
        self.write()

    def write(self):
        """Verdicts are given anew, so that a change of expected.csv needs no new runs."""
        rows = [self.judged(row) for row in self.expected]
        os.makedirs(self.folder, exist_ok=True)
        with open(self.path("effects.csv.new"), "w", encoding="utf-8", newline="") as file:
            file.write("# title: Effects of the studies by pairs of runs, made by scripts/study_effects.py from scenarios/studies/expected.csv\n"
                       "# note: low and high: 95 % interval of `fabrica effect`; scale and pairs are those of the row\n")
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        os.replace(self.path("effects.csv.new"), self.path("effects.csv"))
        with open(self.path("README.md"), "w", encoding="utf-8") as file:
            file.write(page(rows))
        if os.path.realpath(self.folder) == os.path.realpath(RESULTS):
            tell_summary(rows)

    def judged(self, expected):
        unmeasured = {name: "" for name in COLUMNS} | {name: expected[name] for name in KEY} | {"verdict": "not measured"}
        row = self.rows.get(key_of(expected), unmeasured) | {"expected": expected["expected"], "source": expected["source"]}
        if row["verdict"] in ("failed", "not measured"):
            return row
        effect, low, high, base = (float(row[name]) for name in ("effect", "low", "high", "base_mean"))
        return row | {"verdict": verdict(expected, effect, low, high, base), "size": size(expected, effect, base)}


def number(row, name):
    """A figure of a row: in per cent of the base, or as it is where the base is zero or the series is a share or an index."""
    value, base = float(row[name]), float(row["base_mean"] or 0)
    if base and (row["unit"] != "1" or abs(base) > 10):
        return f"{100 * value / abs(base):+.3g} %"
    return f"{value:+.3g}"


def counts(rows):
    return ", ".join(f"{sum(row['verdict'] == v for row in rows)} {v}" for v in VERDICTS)


def main_rows(rows):
    """The first row of each study."""
    return list({row["study"]: row for row in reversed(rows)}.values())[::-1]


def summary(rows):
    """Counts of verdicts, and of scales and models, as lines of a page."""
    main = main_rows(rows)
    lines = [f"Main effects ({len(main)} studies): {counts(main)}.", "", f"All rows ({len(rows)}): {counts(rows)}.", ""]
    for scale, model in sorted({(row["scale"], row["model"]) for row in rows if row["scale"]}, reverse=True):
        here = [sum((row["scale"], row["model"]) == (scale, model) for row in some) for some in (main, rows)]
        lines += [f"At scale {scale}, by model {model}: {here[0]} main effects, {here[1]} rows.", ""]
    return lines


def page(rows):
    """The table for people."""
    lines = ["# Effects of the studies", "",
             "Made by `scripts/study_effects.py` from [expected.csv](../../scenarios/studies/expected.csv); the same rows with all figures: [effects.csv](effects.csv).",
             "Each row is what `fabrica effect BASE STUDY --series ... --from ... --window ...` finds: study less base, mean over the months named,",
             "with its 95 % interval. Money and goods are in per cent of the base, shares, counts and indices in their own unit. A study's first row is its",
             "main effect. **Size**: how the effect lies to a published or computed figure, where there is one (column `source` of the table).", "",
             *summary(rows),
             "| study | against | series | months | expected | effect | 95 % interval | pairs | scale | verdict | size |", "|---|---|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        cells = [row["study"], row["base"], f"`{row['series']}`", f"{row['from']} + {row['months']}", row["expected"]]
        if row["verdict"] in ("failed", "not measured"):
            cells += ["", "", "", row["scale"], row["verdict"], row["size"]]
        else:
            cells += [number(row, "effect"), f"{number(row, 'low')} to {number(row, 'high')}", row["pairs"], row["scale"], row["verdict"], row["size"]]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def end_of(rows):
    """The first of January after the last month asked for, so that many studies have the same end."""
    return f"{max(map(last_month, rows)) // 12 + 1}-01-01"


def groups(options, wanted):
    """Studies by base, end and first month, those with the earliest end first; at most --together in a group."""
    found = {}
    for (study, base), rows in itertools.groupby(wanted, key=lambda row: (row["study"], row["base"])):
        rows = list(rows)
        place = (end_of(rows), base, rows[0]["change"], min(row["from"] for row in rows))
        found.setdefault(place, {})[study] = rows
    for (end, base, change, _), studies in sorted(found.items()):
        names = list(studies)
        for i in range(0, len(names), options.together):
            yield Group(options, base, change, end, {name: studies[name] for name in names[i:i + options.together]})


def arguments():
    parser = argparse.ArgumentParser(description="Measures the effects of the studies.")
    parser.add_argument("studies", nargs="*", metavar="STUDY", help="all when left out")
    parser.add_argument("--program", required=True)
    parser.add_argument("--scale", default="0.01")
    parser.add_argument("--pairs", type=int, default=16)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--together", type=int, default=8, help="most studies that are run together")
    parser.add_argument("--store", default="results/study_runs", help="folder of the runs")
    parser.add_argument("--out", default=RESULTS, help="folder of the table")
    parser.add_argument("--table", action="store_true", help="write the table anew from what is measured, and stop")
    return parser.parse_args()


def main():
    options = arguments()
    expected = rows_of(EXPECTED)
    unknown = set(options.studies) - {row["study"] for row in expected}
    if unknown:
        print(f"study_effects.py: error: no rows in expected.csv for {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    table = Table(options.out, expected)
    if options.table:
        table.write()
        return 0
    options.model = re.search(r"model (\w+)", subprocess.run([options.program, "--version"], capture_output=True, text=True, check=True).stdout)[1]
    failed = []

    def finished(study, rows):
        table.add(rows)
        failed.extend(row for row in rows if row["verdict"] == "failed")
        print(f"{study}: {', '.join(row['series'] + ' ' + row['verdict'] for row in rows)}", flush=True)

    wanted = [row for row in expected if (not options.studies or row["study"] in options.studies) and not table.has(row, options)]
    for group in groups(options, wanted):
        group.measure(finished)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
