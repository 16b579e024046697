#!/usr/bin/python3
"""The real program holds its reference scenarios, on any number of threads; a changed constant is named by its series and module.

usage: test_real_references.py PROGRAM
"""
import json
import os
import shutil
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

ROOT = os.path.normpath(os.path.join(HERE, "../.."))
PROGRAM = ""


class RealReferences(ScratchTest):
    def verify(self, folder, *arguments, references=os.path.join(ROOT, "tests/reference")):
        return subprocess.run([PROGRAM, "verify", folder, "--references", references, *arguments], cwd=self.folder, capture_output=True,
                              text=True, timeout=1800, check=False, env={**os.environ, "TMPDIR": self.folder})

    def some(self, *names):
        """A folder `scenarios/some` with some of the scenarios and what they extend, and `kept` with their references."""
        for name in ("toyland.toml", "data/toyland"):
            source, target = os.path.join(ROOT, "scenarios", name), os.path.join(self.folder, "scenarios", name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, target)
        os.makedirs(os.path.join(self.folder, "scenarios/some"))
        os.mkdir(os.path.join(self.folder, "kept"))
        for name in names:
            shutil.copy(os.path.join(ROOT, f"scenarios/reference/{name}.toml"), os.path.join(self.folder, "scenarios/some"))
            shutil.copy(os.path.join(ROOT, f"tests/reference/{name}.json"), os.path.join(self.folder, "kept"))
        return {"folder": "scenarios/some", "references": "kept"}

    def test_there_are_many_each_with_question_mechanism_and_expectation(self):
        folder = os.path.join(ROOT, "scenarios/reference")
        names = sorted(n[:-5] for n in os.listdir(folder) if n.endswith(".toml"))
        self.assertGreaterEqual(len(names), 13)
        for name in names:
            with open(os.path.join(folder, name + ".toml"), encoding="utf-8") as file:
                text = file.read()
            for word in ("# Question: ", "# Mechanism: ", "# Expected"):
                self.assertIn(word, text, name)
            self.assertIn(f'name = "{name}"', text)
        self.assertEqual(names, sorted(n[:-5] for n in os.listdir(os.path.join(ROOT, "tests/reference")) if n.endswith(".json")))

    def test_an_untouched_build_passes_on_one_two_and_four_threads(self):
        result = self.verify(os.path.join(ROOT, "scenarios/reference"), "--threads", "1,2,4", "--json")
        self.assertEqual(result.returncode, 0, result.stdout[-3000:] + result.stderr)
        self.assertTrue(all(r["verdict"] == "same" and r["state_hash"] for r in json.loads(result.stdout)["runs"]))

    def test_a_changed_constant_is_named_by_series_date_and_module(self):
        some = self.some("rest", "carbon_price")
        result = self.verify(some["folder"], "--set", "energy.efficiency_growth=0.05", "--json", references=some["references"])
        self.assertEqual(result.returncode, 4, result.stderr)
        for run in json.loads(result.stdout)["runs"]:
            self.assertFalse(run["inputs_changed"])  # wherever the files lie
            self.assertEqual(run["series"][0]["module"], "energy")
            moved = {s["name"]: s for s in run["series"]}
            self.assertIn("energy", moved)
            self.assertEqual((moved["energy"]["module"], moved["energy"]["what"]), ("energy", "moved"))
            self.assertLess(moved["energy"]["change_of_sum"], 0)
            self.assertEqual("output" in moved, run["scenario"] == "carbon_price")  # only where energy has a price
        report = self.verify(some["folder"], "--set", "energy.efficiency_growth=0.05", references=some["references"]).stdout
        self.assertIn("# Of 2 runs of scenarios/some: 2 moved", report)
        self.assertRegex(report, r"Modules in the order in which they\nmoved: energy|moved, the first `energy")

    def test_what_changes_in_the_third_month_is_dated_there(self):
        some = self.some("rest", "subsidy")
        path = os.path.join(self.folder, "scenarios/some/subsidy.toml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("rate = 0.02", "rate = 0.03"))
        result = self.verify(some["folder"], "--json", references=some["references"])
        self.assertEqual(result.returncode, 4)
        run = next(r for r in json.loads(result.stdout)["runs"] if r["scenario"] == "subsidy")
        first = run["series"][0]
        self.assertEqual((first["first"], run["inputs_changed"]), ("2015-03-30", True))
        moved = {s["name"]: s for s in run["series"]}
        self.assertAlmostEqual(moved["disbursed"]["change_of_sum"], 0.5, delta=1e-4)
        self.assertEqual(moved["disbursed"]["module"], "policy")


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
