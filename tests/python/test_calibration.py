#!/usr/bin/python3
"""Calibration of the toy, whose parameters are known: test_calibration.py TOY_PROGRAM."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import tomllib

import numpy as np
from python_test import SCRIPTS, TOY_SCENARIO, PythonTest, main

import fabrica
from fabrica.calibration import file, read
from fabrica.calibration.moments import STATISTICS
from fabrica.calibration.weights import distance, weight_matrix

TRUE = {"paint.speed": 2.5, "paint.waste_share": 0.12}
FILE = """\
[calibration]
base = "{base}"
trials = {trials}
seeds = 2
sampler = "{sampler}"
covariance_seeds = 6
first_seed = 100
[calibration.set]
run.end = 2015-04-01
"toy.sleep_ms" = {sleep}
[[calibration.parameter]]
key = "paint.speed"
from = 0.5
to = 5.0
scale = "log"
[[calibration.parameter]]
key = "paint.waste_share"
from = 0.0
to = 0.3
[[calibration.moment]]
name = "painted"
series = "painted"
from = 2015-01-01
to = 2015-04-01
observed = {painted}
[[calibration.moment]]
name = "waste"
series = "waste_share"
at = "2015-03"
observed = {waste}
"""


class Weights(PythonTest):
    def test_the_inverse_of_the_covariance_over_the_seeds(self):
        """Standard deviations 2 and 0.1, one seed a point: a gap of one standard deviation counts 1, whatever the unit."""
        runs = np.random.default_rng(1).normal([100, 5], [2, 0.1], size=(4000, 2))
        observed, none = np.array([100.0, 5.0]), np.zeros(2)
        weights = weight_matrix(runs, observed, none, seeds=1)
        self.assertAlmostEqual(distance(np.array([102.0, 5.0]), observed, weights), 1, delta=0.1)
        self.assertAlmostEqual(distance(np.array([102.0, 5.1]), observed, weights), 2, delta=0.2)
        self.assertAlmostEqual(distance(np.array([102.0, 5.0]), observed, weight_matrix(runs, observed, none, seeds=4)), 4, delta=0.4)

    def test_an_observation_with_an_error_counts_less(self):
        runs = np.random.default_rng(1).normal(100, 2, size=(4000, 1))
        weights = weight_matrix(runs, np.array([100.0]), np.array([4.0]), seeds=1)
        self.assertAlmostEqual(distance(np.array([102.0]), np.array([100.0]), weights), 4 / 20, delta=0.02)

    def test_few_runs_invent_no_correlation_and_still_moments_no_infinity(self):
        runs = np.array([[1.0, 1.0, 7.0], [2.0, 2.0, 7.0], [3.0, 3.0, 7.0]])
        weights = weight_matrix(runs, np.array([1.0, 1.0, 7.0]), np.zeros(3), seeds=1)
        self.assertEqual(np.count_nonzero(weights - np.diag(np.diag(weights))), 0)
        self.assertAlmostEqual(weights[2, 2], 1 / 0.007**2)

    def test_statistics(self):
        months = np.array([100.0] * 12 + [110.0] * 12)
        self.assertAlmostEqual(STATISTICS["growth"](months), 0.1)
        self.assertAlmostEqual(STATISTICS["mean"](months), 105)
        self.assertAlmostEqual(STATISTICS["autocorrelation"](np.array([1.0, -1.0, 1.0, -1.0])), -0.75)
        self.assertTrue(np.isnan(STATISTICS["growth"](months[:23])))


class Files(PythonTest):
    def test_all_faults_at_once_with_their_places(self):
        self.write("bad.toml", '[calibration]\nbase = "none.toml"\nsampler = "tpee"\ntrails = 3\nseeds = 0\n[[calibration.parameter]]\nkey = "a"\n'
                               'from = 2.0\nto = 1.0\n[[calibration.moment]]\nseries = "x["\nobserved = "y"\nat = 2019\n')
        with self.assertRaises(fabrica.ScenarioError) as caught:
            read(self.path("bad.toml"))
        said = caught.exception.message
        for text in ("bad.toml:3:1: error: sampler = 'tpee'", "bad.toml:4:1: error: trails is not a known key", "did you mean 'trials'", "bad.toml:5:1",
                     "bad.toml:9:1: error: to = 1.0 is not above", "bad.toml:11:1: error: 'x[' is no series", "bad.toml:12:1: error: observed", "6 errors"):
            self.assertIn(text, said)

    def test_one_fault_each(self):
        good = FILE.format(base=TOY_SCENARIO, trials=3, sampler="tpe", sleep=0, painted=1, waste=1)
        cases = [(f'base = "{TOY_SCENARIO}"', 'base = "no.toml"', "no file"), ("from = 0.0\nto = 0.3", "from = 0.0\nto = 0.3\nstart = 1.0", "start = 1.0"),
                 ('at = "2015-03"', 'at = "15"', "no year or month"), ("to = 2015-04-01", "to = 2015-04-02", "first days of months"),
                 ("from = 0.5", "from = 0.0", "above 0"), ('"paint.waste_share"', '"paint.speed"', "is there twice"), ("= 3", "= ", "bad.toml: error"),
                 ("[calibration.set]", "[other]\n[calibration.set]", "other is not a known key")]
        for before, after, said in cases:
            self.assertIn(before, good)
            self.write("bad.toml", good.replace(before, after, 1))
            with self.assertRaisesRegex(fabrica.ScenarioError, said):
                read(self.path("bad.toml"))
        with self.assertRaises(fabrica.FileError):
            read("none.toml")

    def test_more_trials_are_the_same_calibration(self):
        text = FILE.format(base=TOY_SCENARIO, trials=3, sampler="tpe", sleep=0, painted=1, waste=1)
        one, more = file.parse("a.toml", text), file.parse("a.toml", text.replace("trials = 3", "trials = 30"))
        self.assertEqual(one.digest, more.digest)
        self.assertNotEqual(one.digest, file.parse("a.toml", text.replace("seeds = 2", "seeds = 3")).digest)


class Calibrations(PythonTest):
    def calibration(self, trials, sampler="tpe", sleep=0):
        result = fabrica.run(TOY_SCENARIO, {**TRUE, "run.end": "2015-04-01"}, seed=100, out="true.h5", force=True)
        with result.open() as series:
            painted, waste = float(series.painted.sum("colour").mean()), float(series.waste_share[2])
        self.write("fit.toml", FILE.format(base=TOY_SCENARIO, trials=trials, sampler=sampler, sleep=sleep, painted=painted, waste=waste))

    def calibrate(self, *words, code=0):
        done = self.command("calibrate", *words, "--json", "-q")
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def test_known_parameters_are_recovered(self):
        self.calibration(150, "cmaes")
        self.edit("seeds = 2", "seeds = 1")  # the seed that was observed
        report = self.calibrate("fit.toml", "--out", "S")
        found = {one["key"]: one["value"] for one in report["parameters"]}
        for key, value in TRUE.items():
            self.assertLess(abs(found[key] / value - 1), 0.05, report["parameters"])
        self.assertEqual(report["trials"], 150)
        for moment in report["moments"]:
            self.assertLess(abs(moment["simulated"] / moment["observed"] - 1), 0.05)
        with open("S/best.toml", "rb") as overlay:
            self.assertEqual(tomllib.load(overlay), {"paint": {"speed": found["paint.speed"], "waste_share": found["paint.waste_share"]}})
        self.write("again.toml", f'extends = ["{TOY_SCENARIO.name}", "best.toml"]\n')
        for name in (TOY_SCENARIO, "S/best.toml"):
            shutil.copy(name, self.folder)
        summary = fabrica.run("again.toml", out="again.h5").summary
        self.assertAlmostEqual(summary["painted_m2"], found["paint.speed"] * 365 * 3)

    def test_killed_at_any_moment_the_trials_are_those_of_an_undisturbed_study(self):
        for sampler in ("tpe", "cmaes"):
            self.calibration(14, sampler, sleep=1)
            whole = self.calibrate("fit.toml", "--out", f"whole-{sampler}")
            folder = f"cut-{sampler}"
            for wanted in (3, 9):
                self.kill_at(folder, wanted)
            resumed = self.calibrate("--resume", folder)
            self.assertEqual(resumed["all"], whole["all"])
            self.assertEqual(resumed["distance"], whole["distance"])

    def kill_at(self, folder, trials):
        """Begins or goes on, and kills the process and its runs, without warning, when the record has so many trials."""
        environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen([sys.executable, "-m", "fabrica", "calibrate", "fit.toml", "--out", folder, "-q"], env=environment,
                                   start_new_session=True, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 300
        while process.poll() is None and self.recorded(folder) < trials and time.monotonic() < end:
            time.sleep(0.02)
        self.assertIsNone(process.poll(), "it should have been killed before its end")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    @staticmethod
    def recorded(folder):
        try:
            with sqlite3.connect(f"file:{folder}/study.db?mode=ro", uri=True) as database:
                return database.execute("select count(*) from trials").fetchone()[0]
        except sqlite3.Error:
            return 0

    def test_interrupted_it_says_how_to_go_on(self):
        self.calibration(1000, sleep=1)
        process = subprocess.Popen([sys.executable, "-m", "fabrica", "calibrate", "fit.toml", "--out", "S", "-q"], stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, "PYTHONPATH": str(SCRIPTS), "PYTHONDONTWRITEBYTECODE": "1"})
        while self.recorded("S") < 1:
            self.assertIsNone(process.poll())
            time.sleep(0.05)
        held = self.calibrate("fit.toml", "--out", "S", code=75)
        self.assertIn("another process", held)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=300)[1]
        self.assertEqual(process.returncode, 75, said)
        self.assertIn("calibrate --resume S", said)

    def test_failed_trials_are_recorded_and_the_others_count(self):
        """The toy fails at the seed that is varied beside the speed: 100 and 101 are seeds of each point, 99 is none."""
        self.calibration(8)
        self.edit('key = "paint.waste_share"\nfrom = 0.0\nto = 0.3', 'key = "toy.fail_seed"\nfrom = 99\nto = 101\nstart = 99')
        report = self.calibrate("fit.toml", "--out", "S", "--trials", "12")
        self.assertEqual(report["trials"], 12)
        self.assertGreater(len(report["failed"]), 0)
        self.assertLess(len(report["failed"]), 12)
        self.assertIn("the paint is dry", report["failed"][0]["reason"])
        self.assertTrue(all(one["parameters"]["toy.fail_seed"] >= 100 for one in report["failed"]))

    def test_a_study_of_another_file_or_model_is_not_gone_on_with(self):
        self.calibration(2)
        self.calibrate("fit.toml", "--out", "S")
        self.assertEqual(self.calibrate("fit.toml", "--out", "S")["trials"], 2)
        with sqlite3.connect("S/study.db") as database:
            database.execute("update study_user_attributes set value_json = replace(value_json, '[[', '[[1') where key = 'covariance_runs'")
        self.assertIn("another model", self.calibrate("fit.toml", "--out", "S", code=5))
        self.calibration(2, "cmaes")
        self.assertIn("another calibration", self.calibrate("fit.toml", "--out", "S", code=5))

    def test_what_cannot_begin(self):
        self.assertIn("FILE.toml", self.calibrate(code=2))
        self.assertIn("no study", self.calibrate("--resume", "S", code=5))
        self.calibration(2)
        self.edit("[calibration.set]\n", '[calibration.set]\n"paint.sped" = 1\n')
        self.assertIn("did you mean 'speed'", self.calibrate("fit.toml", "--out", "S", code=3))
        self.calibration(2)
        self.edit('"painted"\nfrom', '"paintd"\nfrom')
        self.assertIn("There are: painted", self.calibrate("fit.toml", "--out", "T", code=2))

    def edit(self, before, after):
        with open("fit.toml", encoding="utf-8") as calibration:
            text = calibration.read()
        self.assertIn(before, text)
        self.write("fit.toml", text.replace(before, after))


if __name__ == "__main__":
    main("xarray", "h5netcdf", "pandas", "optuna", "cmaes")
