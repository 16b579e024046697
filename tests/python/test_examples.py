#!/usr/bin/python3
"""The files of scripts/examples: test_examples.py TOY_PROGRAM FABRICA."""

import os
import re
import shutil
import subprocess
import sys

from python_test import SCRIPTS, PythonTest, main

import fabrica
from fabrica.calibration import read

REAL = os.path.abspath(sys.argv.pop(2))
EXAMPLES = SCRIPTS / "examples"


class Examples(PythonTest):
    def script(self, *words):
        environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), "FABRICA": REAL, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run([*map(str, words)], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=1200, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_the_study_goes_from_run_to_sensitivity(self):
        said = self.script(sys.executable, EXAMPLES / "credit_study.py", "study")
        for text in ("yuan of investment a year", "32 runs", "credit.policy_rate: first order", "of the variance"):
            self.assertIn(text, said)

    def test_the_calibration_is_valid(self):
        self.assertEqual([one.key for one in read(EXAMPLES / "toyland_fit.toml").parameters], ["labour.wage_growth", "entry.rate"])

    def test_r_reads_the_same_numbers(self):
        if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", "library(ncdf4)"], capture_output=True, check=False).returncode != 0:
            self.skipTest("R with ncdf4 is not installed (scripts/install_packages recipes)")
        result = fabrica.run("fabrica:toyland", {"run.end": "2015-07-01"}, seed=5, out="r.h5", program=REAL)
        said = self.script("Rscript", EXAMPLES / "read_result.R", "r.h5")
        with result.open() as series:
            total, unit = int(series.output.isel(time=-1).sum()), series.output.attrs["units"]
        self.assertIn("6 months, seed 5", said)
        self.assertEqual(re.search(r"last month: (\S+) (\S+)", said).groups(), (str(total), unit))


if __name__ == "__main__":
    main("xarray", "h5netcdf", "pandas", "openturns", "matplotlib", "optuna")
