#!/usr/bin/python3
"""The shipped sweeps run, on two months each, and what they gather can be read.

usage: test_shipped_sweeps.py PROGRAM   (the real one)
"""
import glob
import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sweep_case import SweepTest  # noqa: E402

import xarray  # noqa: E402

SWEEPS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scenarios", "sweeps", "*.toml")


class Shipped(SweepTest):
    def test_each_runs(self):
        files = sorted(glob.glob(SWEEPS))
        self.assertTrue(files)
        for file in files:
            name = os.path.basename(file)[:-5]
            with self.subTest(name):
                done = self.json("sweep", f"fabrica:sweeps/{name}", "--set", "run.end=2015-03-01", "--set", "population.spin_up_years=0")
                self.assertEqual(done["finished"] + done["reused"], done["runs"])
                self.call("gather", f"results/{name}")
                with xarray.open_dataset(self.path(f"results/{name}/ensemble.h5"), engine="h5netcdf") as data:
                    self.assertEqual(data.sizes["run"], done["runs"])
                    self.assertEqual(data.sizes["time"], 2)
                    self.assertGreater(float(data.output.sum()), 0)

    def test_they_are_listed(self):
        listed = [row["name"] for row in self.json("list", "sweeps")["sweeps"]]
        self.assertEqual(listed, [f"fabrica:sweeps/{os.path.basename(f)[:-5]}" for f in sorted(glob.glob(SWEEPS))])
        self.assertEqual([row for row in self.json("list", "scenarios")["scenarios"] if "sweeps/" in row["name"]], [])


if __name__ == "__main__":
    SweepTest.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
