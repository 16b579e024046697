#!/usr/bin/python3
"""A study from Python, on Toyland: a run, an effect, a sweep, and which key matters. python3 credit_study.py [FOLDER]

Needs the package (PYTHONPATH=scripts, or installed) and the program (on the PATH, or FABRICA=...). Writes into FOLDER (default
results/credit_study).
"""

import sys
from pathlib import Path

import fabrica
from fabrica.sensitivity import pce, read_points

SWEEP = Path(__file__).resolve().parent / "toyland_credit.toml"


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    result = fabrica.run("fabrica:toyland", set={"run.end": "2017-01-01"}, seed=2, out=folder / "base.h5", force=True)
    with result.open() as series:
        by_year = series.investment.sum("ownership", skipna=False).sum("sector").groupby("time.year").sum()
        print(by_year.to_series() / 100, "yuan of investment a year")

    dear = folder / "dear.toml"
    dear.write_text('extends = "fabrica:toyland"\n[run]\nname = "dear"\n[credit]\npolicy_rate = 0.10\n')
    effects = fabrica.effect("fabrica:toyland", dear, series=["investment", "output"], at=2016, set={"run.end": "2017-01-01"}, store=folder / "pairs")
    print(effects[["policy", "series", "unit", "base", "effect", "low", "high", "pairs"]].to_string(index=False))

    plan = fabrica.sweep(SWEEP, folder / "sweep", options=["--store", folder / "store"])
    print(plan, plan.status()["finished"], "runs")
    indices = pce(read_points(plan.path, "investment", 2016))
    for axis, first, total in zip(plan.description["axes"], indices.first, indices.total):
        print(f"{axis['key']}: first order {first}, total {total}")
    print(f"the expansion foretells {indices.q2:.2f} of the variance")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "results/credit_study"))
