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
    short = {"run.end": "2017-01-01", "population.spin_up_years": 1}
    result = fabrica.run("fabrica:toyland", set=short, seed=2, out=folder / "base.h5", threads=1, force=True)  # sixty firms: one thread
    with result.open() as series:
        by_year = series.investment.sum("ownership", skipna=False).sum("sector").groupby("time.year").sum()
        print(by_year.to_series() / 100, "yuan of investment a year")

    dear = folder / "dear.toml"
    dear.write_text('extends = "fabrica:toyland"\n[run]\nname = "dear"\n[credit]\npolicy_rate = 0.10\n')
    effects = fabrica.effect("fabrica:toyland", dear, series=["interest", "output"], at=2016, set=short, store=folder / "pairs",
                             options=["--threads", 1])
    print(effects[["policy", "series", "unit", "base", "effect", "low", "high", "pairs"]].to_string(index=False))

    plan = fabrica.sweep(SWEEP, folder / "sweep", options=["--store", folder / "store"])
    print(plan, plan.status()["finished"], "runs")
    indices = pce(read_points(plan.path, "interest", 2016))
    for axis, first, total in zip(plan.description["axes"], indices.first, indices.total):
        print(f"{axis['key']}: first order {first}, total {total}")
    print(f"the expansion foretells {indices.q2:.2f} of the variance")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "results/credit_study"))
