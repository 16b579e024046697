#!/usr/bin/python3
"""The data of a page against the results it was made from, read by h5py: test_report.py TOY FABRICA.

Also what the verb refuses, and that it leaves a page whole or as it was."""
import json
import os
import re
import shutil
import subprocess
import sys

import h5py
import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from report_case import ReportTest, indicator, main, make_runs, numbers, run, shared  # noqa: E402


def setUpModule():
    make_runs()


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


class Plain(ReportTest):
    """A program that describes nothing gets every series as it is."""

    def test_the_toy(self):
        for name in ("a", "b"):
            done = run(self.toy, "run", "toy:white", "-q", "--out", f"{name}.h5", *(["--set", "paint.speed=3.0"] if name == "b" else []), folder=self.folder)
            self.assertEqual(done.returncode, 0, done.stderr)
        data = self.page("a.h5", "b.h5", program=self.toy)
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
        done = run(self.fabrica, "run", "fabrica:toyland", "--set", "run.end=2015-07-01", "-q", "--out", "short.h5", folder=self.folder)
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
        shell = f"ulimit -f 100; trap '' XFSZ; exec {self.fabrica} report {shared('base1.h5')} --out page.html --force"
        done = subprocess.run(["bash", "-c", shell], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 5, done.stderr)
        with open(self.path("page.html"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        self.assertEqual(os.listdir(self.folder), ["page.html"])


if __name__ == "__main__":
    main()
