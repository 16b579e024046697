#!/usr/bin/python3
"""The data of a page against the file it was made from, read by h5py: test_report.py TOY FABRICA.

Also what the verb refuses, and that it leaves a page whole or as it was."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

TOY = FABRICA = SHARED = ""


def data_of(page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    found = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.S)
    assert len(found) == 1, page
    return json.loads(found[0])


def numbers(text):
    return [None if word == "-" else float(word) for word in text.split()]


def indicator(data, title):
    return next(one for part in data["sections"] for one in part["indicators"] if one["title"] == title)


def run(program, *arguments, folder=None):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=280, check=False)


def setUpModule():
    """Runs that several tests read: toyland with two seeds and a policy, the toy with rules."""
    global SHARED
    SHARED = tempfile.mkdtemp(prefix="report-test-")
    unittest.addModuleCleanup(shutil.rmtree, SHARED)
    policy = """extends = "fabrica:toyland"
[run]
name = "grants"
title = "Toyland </script> with <b>grants</b> & \\"quotes\\""
[policy.help]
kind = "investment_subsidy"
from = 2015-07-01
rate = 0.2
[policy.help.sources]
kind = "assumed: for a test"
"""
    with open(os.path.join(SHARED, "grants.toml"), "w", encoding="utf-8") as file:
        file.write(policy)
    scenarios = {"base": "fabrica:toyland", "grants": "grants.toml"}
    for name, scenario in scenarios.items():
        for seed in ("1", "2", "3"):
            done = run(FABRICA, "run", scenario, "--seed", seed, "--set", "run.end=2017-01-01", "-q", "--out", f"{name}{seed}.h5", folder=SHARED)
            assert done.returncode == 0, done.stderr


class ReportTest(ScratchTest):
    def report(self, *arguments, program=None):
        return run(program or FABRICA, "report", *arguments, folder=self.folder)

    def page(self, *inputs, program=None):
        done = self.report(*inputs, "--out", "page.html", "--force", program=program)
        self.assertEqual(done.returncode, 0, done.stderr)
        return data_of(self.path("page.html"))


def shared(name):
    return os.path.join(SHARED, name)


class OneRun(ReportTest):
    def setUp(self):
        super().setUp()
        self.data = self.page(shared("grants1.h5"))
        self.file = h5py.File(shared("grants1.h5"))
        self.addCleanup(self.file.close)

    def test_totals_of_whole_numbers_are_exact(self):
        for title, series in (("Output at prices of 2015", "output"), ("Revenue", "revenue"), ("Firms", "firms"), ("Exports", "exports")):
            values = self.file[series][()]
            total = values.reshape(len(values), -1).sum(axis=1)
            self.assertEqual(indicator(self.data, title)["periods"][0]["mid"], " ".join(map(str, total)), series)

    def test_years_are_sums_of_flows_and_ends_of_stocks(self):
        flow = self.file["output"][()].reshape(24, -1).sum(axis=1).reshape(2, 12).sum(axis=1)
        stock = self.file["firms"][()].reshape(24, -1).sum(axis=1)[11::12]
        self.assertEqual(self.data["years"], {"names": ["2015", "2016"], "whole": [True, True], "first": 0, "last": 1})
        self.assertEqual(indicator(self.data, "Output at prices of 2015")["years"][0]["mid"], " ".join(map(str, flow)))
        self.assertEqual(indicator(self.data, "Firms")["years"][0]["mid"], " ".join(map(str, stock)))

    def test_shares_are_ratios_of_sums(self):
        profit, revenue = (self.file[name][()].reshape(2, -1).sum(axis=1) for name in ("profit_above_scale", "revenue_above_scale"))
        found = indicator(self.data, "Profit over revenue, firms above scale")
        np.testing.assert_allclose(numbers(found["years"][0]["mid"]), profit / revenue, rtol=1e-14)
        self.assertEqual((found["unit"], found["factor"]), ("%", 100))

    def test_a_mean_over_sectors_has_weights(self):
        ratio = self.file["capacity_utilisation_above_scale"][()]
        weight = self.file["capacity"][()].sum(axis=2)
        there = ~np.isnan(ratio)
        expected = np.where(there, ratio * weight, 0).sum(axis=1) / np.where(there, weight, 0).sum(axis=1)
        np.testing.assert_allclose(numbers(indicator(self.data, "Use of capacity, firms above scale")["periods"][0]["mid"]), expected, rtol=1e-13)

    def test_breakdowns(self):
        output = indicator(self.data, "Output at prices of 2015")
        by = {split["axis"]: split for split in output["by"]}
        self.assertEqual(list(by), ["sector", "ownership", "region"])
        cells = self.file["output"][()].reshape(2, 12, *self.file["output"].shape[1:]).sum(axis=1)
        self.assertEqual(by["sector"]["years"][0]["mid"], " ".join(map(str, cells.sum(axis=2).ravel())))
        self.assertEqual(by["ownership"]["years"][0]["mid"], " ".join(map(str, cells.sum(axis=1).ravel())))
        regions = self.file["output_by_region"][()].reshape(2, 12, -1).sum(axis=1)
        self.assertEqual((by["region"]["series"], by["region"]["years"][0]["mid"]), ("output_by_region", " ".join(map(str, regions.ravel()))))

    def test_public_money_adds_up(self):
        group = self.data["money"]["groups"][0]
        self.assertEqual(group["programmes"], ["help"])
        stages = {stage["title"]: stage["years"]["mid"] for stage in group["stages"]}
        self.assertEqual(list(stages), ["Announced", "Budgeted", "Granted", "Disbursed"])
        paid = self.file["disbursed"][()]
        self.assertGreater(paid.sum(), 0)
        self.assertEqual(stages["Disbursed"], " ".join(map(str, paid.reshape(2, 12).sum(axis=1))))
        for split in group["splits"]:
            of_run = self.file[split["series"]][()].sum(axis=0).ravel()
            self.assertEqual(split["run"]["mid"], " ".join(map(str, of_run)))
            if split["series"] != "disbursed_by_size":
                self.assertEqual(of_run.sum(), paid.sum(), split["series"])

    def test_the_scenario_and_its_sources(self):
        scenario = self.data["groups"][0]["scenario"]
        self.assertEqual(scenario["toml"], self.file.attrs["scenario_toml"])
        self.assertEqual(scenario["sha256"], self.file.attrs["scenario_sha256"])
        rows = {row["key"]: row for row in scenario["rows"]}
        self.assertEqual((rows["policy.help.kind"]["value"], rows["policy.help.kind"]["source"]), ('"investment_subsidy"', "assumed: for a test"))
        self.assertEqual((rows["run.end"]["value"], rows["run.end"]["is_default"]), ("2017-01-01", False))
        self.assertTrue(rows["policy.help.implementation"]["is_default"])
        self.assertEqual(rows["credit.loan_to_value"]["unit"], "1")
        self.assertTrue(scenario["files"])

    def test_texts_cannot_break_out_of_the_page(self):
        self.assertEqual(self.data["title"], 'Toyland </script> with <b>grants</b> & "quotes"')
        with open(self.path("page.html"), encoding="utf-8") as file:
            text = file.read()
        self.assertNotIn("with <b>grants", text)
        self.assertIn("<title>Toyland &lt;/script&gt; with &lt;b&gt;grants&lt;/b&gt; &amp;", text)

    def test_a_page_is_the_same_twice_and_loads_nothing(self):
        for name in ("a", "b"):
            self.report(shared("grants1.h5"), "--out", "page.html", "--force")
            shutil.copy(self.path("page.html"), self.path(name))
        with open(self.path("a"), "rb") as a, open(self.path("b"), "rb") as b:
            first = a.read()
            self.assertEqual(first, b.read())
        self.assertIsNone(re.search(rb"""(src|href)=["']?(https?:)?//""", first))
        self.assertIn(b"default-src 'none'", first)


class SeveralRuns(ReportTest):
    def test_results_of_one_scenario_with_other_seeds_are_one_group(self):
        paths = [shared(f"base{seed}.h5") for seed in (1, 2, 3)]
        data = self.page(*paths)
        self.assertEqual([(group["runs"], group["seeds"]) for group in data["groups"]], [(3, [1, 2, 3])])
        runs = []
        for path in paths:
            with h5py.File(path) as file:
                runs.append(file["revenue"][()].reshape(24, -1).sum(axis=1))
        spread = indicator(data, "Revenue")["periods"][0]
        for name, share in (("low", 0.1), ("mid", 0.5), ("high", 0.9)):
            np.testing.assert_allclose(numbers(spread[name]), np.quantile(np.array(runs, dtype=float), share, axis=0), rtol=1e-14)

    def test_pairs_of_the_same_seeds_give_effects(self):
        data = self.page(*[shared(f"{name}{seed}.h5") for name in ("base", "grants") for seed in (1, 2, 3)])
        self.assertEqual([group["name"] for group in data["groups"]], ["toyland", "grants"])
        values = {}
        for name in ("base", "grants"):
            for seed in (1, 2, 3):
                with h5py.File(shared(f"{name}{seed}.h5")) as file:
                    values[name, seed] = float(file["investment"][()].reshape(24, -1)[12:].sum())
        differences = np.array([values["grants", seed] - values["base", seed] for seed in (1, 2, 3)])
        effect = indicator(data, "Investment")["effects"][1]
        self.assertEqual(effect["pairs"], 3)
        np.testing.assert_allclose(effect["effect"], differences.mean(), rtol=1e-9)
        half = 4.30265273 * differences.std(ddof=1) / np.sqrt(3)  # Student's t with 2 degrees of freedom
        np.testing.assert_allclose([effect["low"], effect["high"]], [differences.mean() - half, differences.mean() + half], rtol=1e-6)
        self.assertIsNone(data["money"]["groups"][0])

    def test_one_run_against_another_has_no_interval(self):
        data = self.page(shared("base1.h5"), shared("grants1.h5"))
        self.assertEqual(indicator(data, "Revenue")["effects"], [None, None])


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

    def fabrica(self, *arguments):
        done = run(FABRICA, *arguments, folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_groups_by_scenario(self):
        self.fabrica("batch", "fabrica:toyland", shared("grants.toml"), "--seeds", "1:3", "--set", "run.end=2017-01-01", "--out", "plan", "--store", "store", "-q")
        self.fabrica("gather", "plan")
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
        self.fabrica(*batch, "--plan-only")
        done = self.report("plan")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("4 of 4 runs of plan have no result\n  help: `fabrica status plan`", done.stderr)
        self.fabrica("run", "--plan", "plan", "--index-range", "0:3", "-q")
        done = self.report("plan")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("note: 1 of 4 runs of plan have no result", done.stderr)
        self.fabrica(*batch)
        data = self.page("plan")
        self.assertEqual(data["kind"], "runs")
        self.assertEqual([(group["name"], group["seeds"]) for group in data["groups"]], [("toyland", [1, 2]), ("grants", [1, 2])])
        self.assertEqual(indicator(data, "Output at prices of 2015")["effects"][1]["pairs"], 2)
        self.assertEqual(data["facts"]["runs"], 2)  # of the base
        self.assertTrue(data["money"], "an ensemble has none: its scenarios have other programmes")
        self.assertTrue(os.path.exists(self.path("plan/report.html")), "the page lies in the folder unless told")

    def test_the_folder_of_a_sweep_stands_for_its_ensemble(self):
        self.write("sweep.toml", self.SWEEP)
        self.fabrica("sweep", "sweep.toml", "--out", "plan", "--store", "store", "-q")
        done = self.report("plan")
        self.assertEqual(done.returncode, 3)
        self.assertIn("fabrica gather plan", done.stderr)
        self.fabrica("gather", "plan")
        self.assertEqual(self.page("plan")["kind"], "ensemble")
        os.mkdir(self.path("empty"))
        self.assertIn("no plan of a batch or sweep lies in it", self.report("empty").stderr)

    def test_groups_by_an_axis_or_none(self):
        self.write("sweep.toml", self.SWEEP)
        self.fabrica("sweep", "sweep.toml", "--out", "plan", "--store", "store", "-q")
        self.fabrica("gather", "plan")
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
        self.fabrica("gather", "plan", "--allow-missing", "--force")
        data = self.page("plan/ensemble.h5", "--by", "none")
        self.assertEqual([group["runs"] for group in data["groups"]], [3])
        self.assertIn("lacks 1 of its runs", data["notes"][0])

    def test_a_damaged_ensemble(self):
        self.write("sweep.toml", self.SWEEP)
        self.fabrica("sweep", "sweep.toml", "--out", "plan", "--store", "store", "-q")
        self.fabrica("gather", "plan")
        with h5py.File(self.path("plan/ensemble.h5"), "r+") as file:
            file["output"][0, 0, 0, 0] += 1
        refused = self.report("plan/ensemble.h5")
        self.assertEqual(refused.returncode, 5)
        self.assertIn("/output does not have the digest stored with it", refused.stderr)


class Effect(ReportTest):
    def test_the_file_of_an_effect(self):
        effect = ("effect", "fabrica:toyland", shared("grants.toml"), "--set", "run.end=2016-01-01", "--series", "investment,utilisation",
                  "--max-pairs", "16", "-q", "--store", "runs", "--out", "effect.json")
        done = run(FABRICA, *effect, "--json", folder=self.folder)
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
        again = run(FABRICA, *effect, folder=self.folder)
        self.assertEqual(again.returncode, 5)
        self.assertIn("--force", again.stderr)

    def test_where_the_runs_of_an_effect_go_is_no_file(self):
        refused = run(FABRICA, "effect", "fabrica:toyland", "fabrica:toyland", "--series", "output", "--out", "folder", folder=self.folder)
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


class Plain(ReportTest):
    """A program that describes nothing gets every series as it is."""

    def test_the_toy(self):
        for name in ("a", "b"):
            done = run(TOY, "run", "toy:white", "-q", "--out", f"{name}.h5", *(["--set", "paint.speed=3.0"] if name == "b" else []), folder=self.folder)
            self.assertEqual(done.returncode, 0, done.stderr)
        data = self.page("a.h5", "b.h5", program=TOY)
        self.assertEqual([group["name"] for group in data["groups"]], ["a", "b"])
        self.assertEqual([one["series"] for one in data["sections"][0]["indicators"]], ["painted", "waste_share", "spent"])
        with h5py.File(self.path("b.h5")) as file:
            np.testing.assert_allclose(numbers(data["sections"][0]["indicators"][0]["periods"][1]["mid"]), file["painted"][()].sum(axis=1), rtol=1e-14)


class Refused(ReportTest):
    def refuses(self, code, text, *arguments):
        before = sorted(os.listdir(self.folder))
        done = self.report(*arguments)
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        self.assertIn(text, done.stderr)
        self.assertEqual(sorted(os.listdir(self.folder)), before, "something was left behind")

    def test_wrong_use(self):
        self.refuses(2, "say what the report is of")
        self.refuses(2, "is given twice", shared("base1.h5"), shared("base1.h5"))
        self.refuses(2, "did you mean '--title'", shared("base1.h5"), "--titel", "x")
        self.refuses(2, "an effect has a page of its own", shared("base1.h5"), "effect.json")

    def test_files_that_are_missing_or_damaged(self):
        self.refuses(5, "none.h5", "none.h5")
        self.write("text.h5", "no result")
        self.refuses(5, "text.h5", "text.h5", "--out", "p.html")
        with h5py.File(self.path("foreign.h5"), "w") as file:
            file["a"] = [1, 2]
        self.refuses(5, "foreign.h5", "foreign.h5")
        with open(shared("base1.h5"), "rb") as file:
            whole = file.read()
        with open(self.path("cut.h5"), "wb") as file:
            file.write(whole[: len(whole) // 2])
        self.refuses(5, "cut.h5", "cut.h5")
        shutil.copy(shared("base1.h5"), self.path("changed.h5"))
        with h5py.File(self.path("changed.h5"), "r+") as file:
            cells = file["firms"][()]
            cells.flat[3] += 1
            file["firms"][...] = cells
        self.refuses(5, "damaged: /firms does not have the digest stored with it", "changed.h5")

    def test_results_that_do_not_fit_together(self):
        done = run(FABRICA, "run", "fabrica:toyland", "--set", "run.end=2015-07-01", "-q", "--out", "short.h5", folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.refuses(3, "on one page they must be the same", shared("base1.h5"), "short.h5", "--out", "p.html")
        self.refuses(3, "--by groups the runs of an ensemble", shared("base1.h5"), "--by", "scenario", "--out", "p.html")

    def test_a_page_is_not_overwritten_unless_told(self):
        self.write("page.html", "mine")
        self.refuses(5, "add --force", shared("base1.h5"), "--out", "page.html")
        self.refuses(5, "there is no folder", shared("base1.h5"), "--out", "nowhere/page.html")
        with open(self.path("page.html"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        done = self.report(shared("base1.h5"), "--out", "page.html", "--force", "--json")
        self.assertEqual(json.loads(done.stdout), {"page": "page.html", "bytes": os.path.getsize(self.path("page.html")), "runs": 1, "groups": 1})

    def test_a_full_disk_leaves_the_old_page(self):
        self.write("page.html", "mine")
        shell = f"ulimit -f 100; trap '' XFSZ; exec {FABRICA} report {shared('base1.h5')} --out page.html --force"
        done = subprocess.run(["bash", "-c", shell], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 5, done.stderr)
        with open(self.path("page.html"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        self.assertEqual(os.listdir(self.folder), ["page.html"])


if __name__ == "__main__":
    TOY, FABRICA = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
