#!/usr/bin/python3
"""What studies are expected to change, what they were found to change, and the script that measures it.

usage: test_study_effects.py PROGRAM [TEST...]
"""
import glob
import json
import os
import re
import subprocess
import sys
import unittest

import real_program
from real_program import RealProgram

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SCRIPT = os.path.join(ROOT, "scripts", "study_effects.py")
TABLE = os.path.join(ROOT, "results", "studies", "effects.csv")
sys.path.insert(0, os.path.join(ROOT, "scripts"))
import study_effects  # noqa: E402


def studies():
    return {os.path.basename(path)[:-5] for path in glob.glob(os.path.join(ROOT, "scenarios", "studies", "*.toml"))}


def expected():
    return study_effects.rows_of(study_effects.EXPECTED)


class Expected(RealProgram):
    def test_each_study_says_what_it_is_expected_to_change(self):
        self.assertEqual({row["study"] for row in expected()}, studies())
        keys = [study_effects.key_of(row) for row in expected()]
        self.assertEqual(len(set(keys)), len(keys))

    def test_rows_are_whole(self):
        bases = studies() | {"china", "china_policies"}
        for row in expected():
            with self.subTest(study_effects.key_of(row)):
                self.assertIn(row["base"], bases)
                self.assertIn(row["expected"], ("+", "-", "0"))
                self.assertRegex(row["from"], r"^20\d\d-(0[1-9]|1[0-2])$")
                self.assertGreater(int(row["months"]), 0)
                self.assertTrue(row["source"])
                if row["low"] or row["high"] or row["measure"]:
                    self.assertLess(float(row["low"]), float(row["high"]))
                    self.assertIn(row["measure"], ("base", "unit"))

    def test_a_base_is_named_by_what_the_study_extends(self):
        """The first row of a study that extends another compares with that one, or with the baseline of both."""
        first = {row["study"]: row["base"] for row in reversed(expected())}
        for study, base in first.items():
            chain, at = {study}, study
            while at in studies():
                with open(os.path.join(study_effects.STUDIES, at + ".toml"), encoding="utf-8") as file:
                    at = re.search(r'^extends = "(?:\.\./)?(\w+)\.toml"', file.read(), re.M)[1]
                chain.add(at)
            if study != "platforms_100":  # five times the platforms of another arm
                self.assertIn(base, chain, study)

    def test_series_exist(self):
        recorded = {series["name"] for series in json.loads(self.fabrica("list", "series", "--json").stdout)["series"]}
        self.assertEqual({row["series"].split("[")[0] for row in expected()} - recorded, set())


class Found(unittest.TestCase):
    """The table under version control."""

    def test_each_study_and_row_is_in_it_once(self):
        found = study_effects.rows_of(TABLE)
        self.assertEqual({row["study"] for row in found}, studies())
        self.assertEqual([study_effects.key_of(row) for row in found], [study_effects.key_of(row) for row in expected()])

    def test_its_verdicts_follow_from_its_figures(self):
        table = study_effects.Table(os.path.dirname(TABLE), expected())
        rows = [table.judged(row) for row in expected()]
        self.assertEqual([row["verdict"] for row in rows], [row["verdict"] for row in study_effects.rows_of(TABLE)])
        with open(os.path.join(os.path.dirname(TABLE), "README.md"), encoding="utf-8") as file:
            self.assertEqual(file.read(), study_effects.page(rows))
        with open(study_effects.INDEX, encoding="utf-8") as file:
            self.assertIn("\n".join(study_effects.summary(rows)).rstrip(), file.read())


class Verdicts(unittest.TestCase):
    @staticmethod
    def row(sign, low="", high="", measure=""):
        return {"expected": sign, "low": low, "high": high, "measure": measure}

    def test_a_sign_is_told_when_the_whole_interval_has_it(self):
        self.assertEqual(study_effects.verdict(self.row("+"), 2, 1, 3, 100), "as expected")
        self.assertEqual(study_effects.verdict(self.row("-"), 2, 1, 3, 100), "opposite")
        self.assertEqual(study_effects.verdict(self.row("-"), -2, -3, -1, 100), "as expected")
        self.assertEqual(study_effects.verdict(self.row("+"), -2, -3, -1, 100), "opposite")
        for sign in "+-":
            self.assertEqual(study_effects.verdict(self.row(sign), 1, -1, 3, 100), "not told from noise")
            self.assertEqual(study_effects.verdict(self.row(sign), 0, 0, 0, 100), "not told from noise")

    def test_none_lies_within_its_limits(self):
        limits = self.row("0", "-0.05", "0.05", "base")  # 5 of 100
        self.assertEqual(study_effects.verdict(limits, 1, -2, 4, 100), "as expected")
        self.assertEqual(study_effects.verdict(limits, 4, 2, 6, 100), "not told from noise")
        self.assertEqual(study_effects.verdict(limits, 8, 6, 10, 100), "opposite")
        self.assertEqual(study_effects.verdict(self.row("0"), 1, -2, 4, 100), "as expected")
        self.assertEqual(study_effects.verdict(self.row("0"), 2, 1, 3, 100), "opposite")

    def test_sizes(self):
        published = self.row("-", "-0.7", "-0.45", "base")
        self.assertEqual([study_effects.size(published, x, 10) for x in (-8, -5, -4, 1)], ["larger", "inside", "smaller", "other sign"])
        self.assertEqual(study_effects.size(self.row("+", "0.1", "0.2", "unit"), 0.15, 10), "inside")
        self.assertEqual(study_effects.size(self.row("+"), 0.15, 10), "")


class Script(RealProgram):
    def script(self, *arguments):
        return subprocess.run(["/usr/bin/python3", SCRIPT, "--program", self.program, "--scale", "0.001", "--store", self.path("store"), "--out",
                               self.path("out"), *arguments], capture_output=True, text=True, check=False)

    def test_two_studies_are_measured_and_not_again(self):
        done = self.script("demand_dip_90_days", "monopoly_kept")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        rows = {row["study"]: row for row in study_effects.rows_of(self.path("out/effects.csv"))}
        measured = {study for study, row in rows.items() if row["verdict"] != "not measured"}
        self.assertEqual(measured, {"demand_dip_90_days", "monopoly_kept"})
        dip = rows["demand_dip_90_days"]
        self.assertEqual((dip["verdict"], dip["pairs"], dip["scale"]), ("as expected", "16", "0.001"))
        self.assertLess(float(dip["low"]), float(dip["effect"]))
        self.assertLess(float(dip["effect"]), float(dip["high"]))
        with open(self.path("out/README.md"), encoding="utf-8") as file:
            self.assertIn(f"{len(studies()) - 2} not measured.", file.read())
        self.assertEqual(self.script("demand_dip_90_days", "monopoly_kept").stdout, "")

    def test_an_unknown_study_is_refused(self):
        done = self.script("monopoly_lost")
        self.assertEqual((done.returncode, done.stderr), (2, "study_effects.py: error: no rows in expected.csv for monopoly_lost\n"))
        self.assertFalse(os.path.exists(self.path("out")))


if __name__ == "__main__":
    real_program.main()
