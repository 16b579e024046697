#!/usr/bin/python3
"""Bad sweeps: each is refused with its place and a remedy, before anything runs.

usage: test_sweep_input.py PROGRAM   (the toy application)
"""
import hashlib
import json
import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sweep_case import GRID, SweepTest  # noqa: E402

HEAD = '[sweep]\nbase = "base.toml"\n'


class Input(SweepTest):
    def refused(self, text, *expected, code=3):
        self.write("s.toml", text)
        said = self.call("sweep", "s.toml", code=code).stderr
        for part in expected:
            self.assertIn(part, said)
        self.assertFalse(os.path.exists(self.path("results")))

    def axis(self, key, values="values = [1, 2]"):
        return f'[[sweep.axis]]\nkey = "{key}"\n{values}\n'

    def test_keys_and_values_are_checked_against_the_base(self):
        self.refused(HEAD + self.axis("paint.spede"), "s.toml:4:7: error:", "is not a known key", "did you mean 'speed'")
        self.refused(HEAD + self.axis("paint.painters", "values = [1, 2.5]"), "s.toml:5:14: error:", "should be an integer")
        self.refused(HEAD + self.axis("paint.by_night", "values = [0, 1]"), "should be true or false")
        self.refused(HEAD + self.axis("paint.tool", 'values = ["brush", "brsh"]'), "s.toml:5:20", "did you mean 'brush'")
        self.refused(HEAD + self.axis("paint.waste_share", "from = 0.5\nto = 5.0\nstep = 0.5"), "s.toml:6:6: error:", "outside [0, 1]")
        self.refused(HEAD + self.axis("data.walls", 'values = ["data/walls.csv"]'), "names a file, and cannot be an axis", "batch")
        self.refused(HEAD + '[sweep.set]\n"paint.sped" = 1\n' + self.axis("paint.speed"), "s.toml:4:1: error:", "is not a known key")
        self.refused(HEAD + 'outputs = ["paintd"]\n' + self.axis("paint.speed"), "s.toml:3:", "did you mean 'painted'")

    def test_all_errors_come_at_once(self):
        self.refused(HEAD + self.axis("paint.spede") + self.axis("paint.tool", 'values = ["brsh"]') + self.axis("paint.painters", "values = [-1]"),
                     "s.toml:4:7", "s.toml:8:11", "s.toml:11:11", "3 errors")

    def test_designs(self):
        self.refused(HEAD, "the sweep has no axis", "batch")
        self.refused(HEAD + self.axis("paint.speed", "values = []"), "values is empty")
        self.refused(HEAD + self.axis("paint.speed", "values = [1.0, 1]"), "points 0 and 1 are the same run")
        self.refused(HEAD + self.axis("paint.speed", "from = 3.0\nto = 1.0"), "the range ends at 1.0 and begins at 3.0", "exchange")
        self.refused(HEAD + 'design = "lhs"\npoints = 4\n' + self.axis("paint.speed", 'from = 0.0\nto = 1.0\nscale = "log"'), "begins above 0")

    def test_points_that_contradict_the_model_are_named(self):
        self.refused(HEAD + self.axis("run.end", "values = [2015-03-01, 2014-01-01]"), "is not after run.start")

    def test_each_scenario_is_checked_against_its_own_tables(self):
        """Two folders with tables of equal names, one of them with a bad cell, in both orders: tables are read once, and must not be mixed up."""
        os.mkdir(self.path("other"))
        self.write("other/walls.csv", "# source: a test\nwall,colour,area_m2,provenance\nnorth,red,12.5,assumed\nsouth,red,-1,assumed\n")
        self.write("other.toml", 'extends = "base.toml"\n[data]\nwalls = "other/walls.csv"\n')
        for order in (("base.toml", "other.toml"), ("other.toml", "base.toml")):
            said = self.call("batch", *order, "--plan-only", code=3).stderr
            self.assertIn("other/walls.csv:4:11: error: area_m2 = -1 is outside", said)
            self.assertEqual(said.count("error:"), 1, said)
        self.write("other/walls.csv", "# source: a test\nwall,colour,area_m2,provenance\nnorth,red,99,assumed\n")
        self.call("batch", "base.toml", "other.toml", "--plan-only")
        with open(self.path("results/batch/plan.json"), encoding="utf-8") as file:
            scenarios = json.load(file)["scenarios"]
        for scenario, name in zip(scenarios, ("data/walls.csv", "other/walls.csv")):
            self.assertEqual(scenario["data_files"], {name: hashlib.sha256(self.bytes(name)).hexdigest()})

    def test_an_error_of_a_table_is_told_once_for_all_points(self):
        self.write("data/walls.csv", "# source: a test\nwall,colour,area_m2,provenance\nnorth,red,12.5,assumed\nnorth,red,-1,assumed\n")
        self.write("s.toml", HEAD + self.axis("paint.speed", "from = 1.0\nto = 2.0\nstep = 0.05"))
        said = self.call("sweep", "s.toml", code=3).stderr
        self.assertIn("data/walls.csv:4:1: error: the row 'north' is given twice (first in line 3) (point 0: paint.speed = 1.0)", said)
        self.assertIn("data/walls.csv:4:11: error: area_m2 = -1 is outside", said)
        self.assertEqual(said.count("error:"), 2, said)

    def test_bases_and_files(self):
        self.refused('[sweep]\nbase = "bse.toml"\n' + self.axis("paint.speed"), "s.toml:2:8: error: there is no base scenario bse.toml")
        self.refused('[sweep]\nbase = "toy:whit"\n' + self.axis("paint.speed"), "s.toml:2:8: error: toy:whit:", "white")
        self.refused('[sweep]\n' + self.axis("paint.speed"), "sweep.base")
        self.refused("[sweep\n", "s.toml:1:")
        self.assertIn("there is no such sweep file", self.call("sweep", "none.toml", code=3).stderr)
        self.write("bad.toml", "[paint]\nsped = 1\n")
        self.refused('[sweep]\nbase = "bad.toml"\n' + self.axis("paint.speed"), "bad.toml:2:1: error: paint.sped is not a known key")

    def test_options(self):
        self.write("s.toml", HEAD + self.axis("paint.speed"))
        for arguments, expected in ((["--shard", "3/2"], "write it like 2/8"), (["--shard", "0/2"], "write it like 2/8"),
                                    (["--max-memory", "much"], "write it like 8G"), (["--jbs", "2"], "--jobs"),
                                    (["--launch", "cloud"], "cloud")):
            self.assertIn(expected, self.call("sweep", "s.toml", *arguments, code=2).stderr)
        self.call("sweep", "s.toml", "--plan-only")
        for arguments in (["--index-range", "2:1"], ["--index-range", "0:3"], ["--index-range", "x"]):
            self.call("run", "--plan", "results/s", *arguments, code=2)
        self.assertIn("needs --plan", self.call("run", "base.toml", "--retry", code=2).stderr)
        self.assertIn("cannot be given with --plan", self.call("run", "base.toml", "--plan", "results/s", code=2).stderr)
        self.assertIn("there is no plan.json", self.call("status", "nowhere", code=5).stderr)
        self.assertIn("write it like 1:8", self.call("batch", "base.toml", "--seeds", "8:1", code=2).stderr)
        self.assertIn("named twice", self.call("batch", "base.toml", "base.toml", code=2).stderr)
        self.assertIn("needs a scenario", self.call("batch", code=2).stderr)
        self.assertIn("did you mean 'painted'", self.call("batch", "base.toml", "--outputs", "paintd", code=3).stderr)

    def test_a_plan_of_another_sweep_is_not_written_over(self):
        self.write("a.toml", GRID)
        self.write("b.toml", GRID)
        self.call("sweep", "a.toml", "--plan-only", "--out", "plan")
        self.assertIn("holds the plan of another sweep, a", self.call("sweep", "b.toml", "--plan-only", "--out", "plan", code=5).stderr)
        self.call("sweep", "b.toml", "--plan-only", "--out", "plan", "--force")

    def test_results_that_cannot_be_written_are_found_before_anything_runs(self):
        self.write("s.toml", HEAD + self.axis("paint.speed"))
        self.write("a_file", "")
        for options in (["--store", "a_file"], ["--out", "a_file"], ["--store", "/proc/none"]):
            said = self.call("sweep", "s.toml", *options, code=5).stderr
            self.assertIn("nothing was run", said)

    def test_an_edited_plan_is_refused(self):
        self.write("s.toml", HEAD + self.axis("paint.speed"))
        self.call("sweep", "s.toml", "--plan-only")
        name = self.path("results/s/manifest.csv")
        with open(name, encoding="utf-8") as file:
            text = file.read()
        with open(name, "w", encoding="utf-8") as file:
            file.write(text.replace("2.0", "2.1"))
        self.assertIn("was edited", self.call("run", "--plan", "results/s", code=5).stderr)


if __name__ == "__main__":
    SweepTest.program = sys.argv.pop(1)
    unittest.main()
