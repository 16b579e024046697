#!/usr/bin/python3
"""Pages of every kind, of the small nation: make_pages.py FABRICA FOLDER.

FOLDER then holds a page for each name in KINDS, and the results they were made from; base1.h5 and grants1.h5 are one run each."""
import os
import subprocess
import sys

KINDS = ("run", "runs", "ensemble", "batch", "many", "effect")

POLICY = """extends = "fabrica:toyland"
[run]
name = "grants"
title = "Toyland with grants for machines"
[policy.grants]
kind = "investment_subsidy"
from = 2015-07-01
rate = 0.2
[policy.grants.sources]
kind = "assumed: for a test"
[policy.research]
kind = "rd_grant"
from = 2016-01-01
rate = 0.3
"""


def make_pages(program, folder):
    """Paths of the pages by kind."""
    def fabrica(*arguments):
        done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=280, check=False)
        assert done.returncode == 0, done.stderr

    with open(os.path.join(folder, "grants.toml"), "w", encoding="utf-8") as file:
        file.write(POLICY)
    for name, scenario in (("base", "fabrica:toyland"), ("grants", "grants.toml")):
        for seed in ("1", "2", "3"):
            fabrica("run", scenario, "--seed", seed, "-q", "--out", f"{name}{seed}.h5")
    fabrica("batch", "fabrica:toyland", "grants.toml", "--seeds", "1:3", "--out", "plan", "--store", "store", "-q")
    fabrica("gather", "plan", "--out", "ensemble.h5")
    many = []
    for i, share in enumerate(("0.3", "0.4", "0.5", "0.55")):  # with the base and the grants: five policies
        for seed in ("1", "2"):
            many.append(f"credit{i}{seed}.h5")
            fabrica("run", "fabrica:toyland", "--set", f"credit.loan_to_value={share}", "--set", f"run.name='investment_credit_guarantee_{i}'", "--seed", seed, "-q", "--out", many[-1])
    fabrica("effect", "fabrica:toyland", "grants.toml", "--series", "investment,utilisation,output[sector=tools]", "--max-pairs", "16", "-q",
            "--set", "run.end=2017-01-01", "--store", "runs", "--out", "effect.json")
    inputs = {"run": ["grants1.h5"], "runs": [f"{name}{seed}.h5" for name in ("base", "grants") for seed in (1, 2, 3)], "ensemble": ["ensemble.h5"], "batch": ["plan"],
              "many": ["base1.h5", "base2.h5", "grants1.h5", "grants2.h5", *many], "effect": ["effect.json"]}
    for kind in KINDS:
        fabrica("report", *inputs[kind], "--out", f"{kind}.html")
    return {kind: os.path.join(folder, f"{kind}.html") for kind in KINDS}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    make_pages(os.path.abspath(sys.argv[1]), sys.argv[2])
