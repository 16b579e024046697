#!/usr/bin/python3
"""Pages of batches, sweeps, ensembles and effects against what they were made from: test_plan_report.py TOY FABRICA."""
import json
import os
import sys

import h5py
import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from report_case import ReportTest, indicator, main, make_runs, numbers, run, shared  # noqa: E402


def setUpModule():
    make_runs()


class Ensemble(ReportTest):
    SWEEP = """[sweep]
base = "fabrica:toyland"
design = "grid"
replicates = 2
outputs = ["output", "utilisation"]
[sweep.set]
"run.end" = 2016-01-01
[[sweep.axis]]
key = "credit.loan_to_value"
values = [0.5, 0.7]
"""

    def done(self, *arguments):
        done = run(self.fabrica, *arguments, folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_groups_by_scenario(self):
        self.done("batch", "fabrica:toyland", shared("grants.toml"), "--seeds", "1:3", "--set", "run.end=2017-01-01", "--out", "plan", "--store", "store", "-q")
        self.done("gather", "plan")
        data = self.page("plan/ensemble.h5")
        self.assertEqual((data["kind"], data["grouped_by"]), ("ensemble", "scenario"))
        self.assertEqual([(group["name"], group["seeds"]) for group in data["groups"]], [("toyland", [1, 2, 3]), ("grants", [1, 2, 3])])
        for group, name in enumerate(("base", "grants")):
            runs = []
            for seed in (1, 2, 3):
                with h5py.File(shared(f"{name}{seed}.h5")) as file:
                    runs.append(file["output"][()].reshape(2, -1).sum(axis=1).astype(float))
            spread = indicator(data, "Output at prices of 2015")["years"][group]
            np.testing.assert_allclose(numbers(spread["mid"]), np.median(runs, axis=0), rtol=1e-14)
            np.testing.assert_allclose(numbers(spread["high"]), np.quantile(runs, 0.9, axis=0), rtol=1e-14)
        self.assertEqual(indicator(data, "Output at prices of 2015")["effects"][1]["pairs"], 3)

    def test_the_folder_of_a_batch_stands_for_its_results(self):
        batch = ("batch", "fabrica:toyland", shared("grants.toml"), "--seeds", "1:2", "--set", "run.end=2016-01-01", "--out", "plan", "--store", "store", "-q")
        self.done(*batch, "--plan-only")
        done = self.report("plan")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("4 of 4 runs of plan have no result\n  help: `fabrica status plan`", done.stderr)
        self.done("run", "--plan", "plan", "--index-range", "0:3", "-q")
        done = self.report("plan")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("note: 1 of 4 runs of plan have no result", done.stderr)
        self.done(*batch)
        data = self.page("plan")
        self.assertEqual(data["kind"], "runs")
        self.assertEqual([(group["name"], group["seeds"]) for group in data["groups"]], [("toyland", [1, 2]), ("grants", [1, 2])])
        self.assertEqual(indicator(data, "Output at prices of 2015")["effects"][1]["pairs"], 2)
        self.assertEqual(data["facts"]["runs"], 2)  # of the base
        self.assertTrue(data["money"], "an ensemble has none: its scenarios have other programmes")
        self.assertTrue(os.path.exists(self.path("plan/report.html")), "the page lies in the folder unless told")

    def test_the_folder_of_a_sweep_stands_for_its_ensemble(self):
        self.write("sweep.toml", self.SWEEP)
        self.done("sweep", "sweep.toml", "--out", "plan", "--store", "store", "-q")
        done = self.report("plan")
        self.assertEqual(done.returncode, 3)
        self.assertIn("fabrica gather plan", done.stderr)
        self.done("gather", "plan")
        self.assertEqual(self.page("plan")["kind"], "ensemble")
        os.mkdir(self.path("empty"))
        self.assertIn("no plan of a batch or sweep lies in it", self.report("empty").stderr)

    def test_groups_by_an_axis_or_none(self):
        self.write("sweep.toml", self.SWEEP)
        self.done("sweep", "sweep.toml", "--out", "plan", "--store", "store", "-q")
        self.done("gather", "plan")
        data = self.page("plan/ensemble.h5")
        self.assertEqual([(group["name"], group["runs"]) for group in data["groups"]], [("credit.loan_to_value = 0.5", 2), ("credit.loan_to_value = 0.7", 2)])
        self.assertEqual(data["sweep"]["toml"], self.SWEEP)
        self.assertTrue(data["sweep"]["files"])
        data = self.page("plan/ensemble.h5", "--by", "none")
        self.assertEqual([(group["name"], group["runs"]) for group in data["groups"]], [("all runs", 4)])
        refused = self.report("plan/ensemble.h5", "--by", "credit.loan_to_valu", "--out", "other.html")
        self.assertEqual(refused.returncode, 3)
        self.assertIn("did you mean 'credit.loan_to_value'", refused.stderr)
        missing = next(name for name in sorted(os.listdir(self.path("store"))) if name.endswith(".h5"))
        os.remove(self.path(f"store/{missing}"))
        self.done("gather", "plan", "--allow-missing", "--force")
        data = self.page("plan/ensemble.h5", "--by", "none")
        self.assertEqual([group["runs"] for group in data["groups"]], [3])
        self.assertIn("lacks 1 of its runs", data["notes"][0])

    def test_a_damaged_ensemble(self):
        self.write("sweep.toml", self.SWEEP)
        self.done("sweep", "sweep.toml", "--out", "plan", "--store", "store", "-q")
        self.done("gather", "plan")
        with h5py.File(self.path("plan/ensemble.h5"), "r+") as file:
            file["output"][0, 0, 0, 0] += 1
        refused = self.report("plan/ensemble.h5")
        self.assertEqual(refused.returncode, 5)
        self.assertIn("/output does not have the digest stored with it", refused.stderr)


class Effect(ReportTest):
    def test_the_file_of_an_effect(self):
        effect = ("effect", "fabrica:toyland", shared("grants.toml"), "--set", "run.end=2016-01-01", "--series", "investment,utilisation",
                  "--max-pairs", "16", "-q", "--store", "runs", "--out", "effect.json")
        done = run(self.fabrica, *effect, "--json", folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        printed, data = json.loads(done.stdout), self.page("effect.json")
        self.assertEqual(data["effect"]["effects"], printed["effects"])
        with open(self.path("effect.json"), encoding="utf-8") as file:
            whole = json.load(file)
        self.assertEqual({key: whole[key] for key in printed}, printed)
        self.assertEqual([group["name"] for group in data["groups"]], ["base", "grants"])
        self.assertIn('kind = "investment_subsidy"', data["groups"][1]["scenario"]["toml"])
        self.assertEqual(data["shown"]["investment"], {"title": "Investment", "unit": "CNY", "factor": 0.01})
        periods = data["effect"]["paths"]["periods"]
        self.assertEqual((len(periods["from"]), periods["from"][0], periods["to"][-1]), (12, "2015-01-01", "2015-12-31"))
        path = next(one for one in data["effect"]["paths"]["series"] if one["series"] == "investment")
        runs = {}
        for folder, _, names in os.walk(self.path("runs")):
            for name in names:
                if name.endswith(".h5"):
                    with h5py.File(os.path.join(folder, name)) as file:
                        runs[file.attrs["title"], int(file.attrs["seed"][0])] = file["investment"][()].reshape(12, -1).sum(axis=1).astype(float)
        policy = np.array([values for (title, _), values in sorted(runs.items()) if "grants" in title])
        base = np.array([values for (title, _), values in sorted(runs.items()) if "grants" not in title])
        self.assertEqual((len(base), len(policy)), (16, 16))
        np.testing.assert_allclose(path["runs"][1]["mid"], np.median(policy, axis=0), rtol=1e-14)
        np.testing.assert_allclose(path["runs"][0]["high"], np.quantile(base, 0.9, axis=0), rtol=1e-14)
        np.testing.assert_allclose(path["effects"][0]["mean"], (policy - base).mean(axis=0), rtol=1e-9, atol=1)
        again = run(self.fabrica, *effect, folder=self.folder)
        self.assertEqual(again.returncode, 5)
        self.assertIn("--force", again.stderr)

    def test_where_the_runs_of_an_effect_go_is_no_file(self):
        refused = run(self.fabrica, "effect", "fabrica:toyland", "fabrica:toyland", "--series", "output", "--out", "folder", folder=self.folder)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--store says where the runs go", refused.stderr)

    def test_another_json_is_refused(self):
        self.write("other.json", '{"a": 1}')
        self.write("cut.json", '{"base": ')
        self.write("wrong.json", '{"base": 1, "policies": 2, "effects": [{}], "runs": 4, "scenarios": 5, "paths": 6}')
        for name, code, text in (("other.json", 3, "is no effect: it has no 'base'"), ("cut.json", 5, "it is no JSON, or was cut off"), ("wrong.json", 3, "is no effect as"),
                                 ("none.json", 5, "none.json")):
            refused = self.report(name)
            self.assertEqual((refused.returncode, refused.stdout), (code, ""), refused.stderr)
            self.assertIn(text, refused.stderr)


if __name__ == "__main__":
    main()
