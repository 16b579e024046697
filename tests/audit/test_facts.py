#!/usr/bin/python3
"""Holds a made-up result, whose facts are known, against China's table of facts: test_facts.py FABRICA."""
import csv
import datetime
import json
import os
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FACTS = os.path.join(ROOT, "scenarios", "data", "china", "facts.csv")
FABRICA = ""
MONTHS, SECTORS, OWNERS = 132, ("tools", "cloth"), ("private", "state", "foreign", "joint_venture")
AXES = {"sector": SECTORS, "ownership": OWNERS, "exit_cause": ("closure", "insolvency", "option_value"), "maturity": ("1", "2", "3", "4"),
        "age": tuple(str(a) for a in range(40))}


def month_ends(months):
    first = datetime.date(2015, 1, 1)
    return [(datetime.date(2015 + (m + 1) // 12, (m + 1) % 12 + 1, 1) - first).days for m in range(months)]


def series_of(months):
    """2015-25 in two sectors of equal weight: use 0.8 and 0.7, 10 points less in 2020 Q1; firms grow by half a per cent a month."""
    s, o = len(SECTORS), len(OWNERS)
    flat = lambda value: np.full((months, s, o), value, np.int64)  # noqa: E731
    use = np.tile([0.8, 0.7], (months, 1))
    use[60:63] -= 0.1
    firms = flat(1000)
    firms[:] = np.rint(1e6 * 1.005 ** np.arange(months))[:, None, None]
    exits = np.zeros((months, s, 3), np.int64)
    exits[:, :, 0], exits[:, :, 1] = firms.sum(2) // 200, firms.sum(2) // 600  # 1/200 and 1/600 a month: 8 % a year, a quarter insolvent
    deaths = np.full((months, 40), 2, np.int64)
    deaths[:, 2] = 10
    profit = flat(60)
    profit[:, :, 1] = 30
    so, s1, c = ("sector", "ownership"), ("sector",), ("sector", "exit_cause")
    return {
        "capacity_utilisation_above_scale": (use, s1), "capacity": (flat(100), so), "firms": (firms, so), "firms_above_scale": (firms // 8, so), "exits": (exits, c),
        "firms_by_age": (np.full((months, 40), 1200, np.int64), ("age",)), "exits_by_age": (deaths, ("age",)), "markup": (np.tile([0.1, 0.2], (months, 1)), s1),
        "revenue": (flat(1000), so), "debt_ratio_above_scale": (np.tile([0.5, 0.6, 0.55, 0.55], (months, 1)), ("ownership",)), "assets_above_scale": (flat(12000), so),
        "profit_above_scale": (profit, so), "revenue_above_scale": (flat(1000), so), "investment_spikes": (np.full(months, 15), ()), "capital_reviews": (np.full(months, 100), ()),
        "zombies": (firms // 10, so), "stock_days": (np.tile([14.0, 16.0], (months, 1)), s1), "employment": (firms * 30, so),
        "sme_sales_share": (np.linspace(0.65, 0.55, months), ()), "price_index": (np.tile(np.linspace(1, 0.96, months)[:, None], (1, s)), s1),
        "bank_capital_ratio": (np.full(months, 0.08), ()), "research": (flat(13), so), "firms_above_scale_by_level": (np.tile([75, 14, 6, 5], (months, 1)), ("maturity",)),
        "unmet_demand": (np.full((months, s), 1), s1), "final_demand": (np.full((months, s), 99), s1)}


def time_axis(group, ends):
    """Time of a group: the last day of each period, and the limits of it."""
    group["time"] = np.array(ends, float) - 1
    group["time"].attrs["units"], group["time"].attrs["calendar"] = "days since 2015-01-01 00:00:00", "proleptic_gregorian"
    group["time"].make_scale("time")
    group["time_bounds"] = np.stack([[0] + ends[:-1], ends], 1).astype(float)
    group["time_bounds"].dims[0].attach_scale(group["time"])


def made_up(path, months=MONTHS, change=None):
    ends = month_ends(months)
    with h5py.File(path, "w", track_order=True) as file:
        file.attrs["status"] = "running"  # it has no digests
        time_axis(file, ends)
        for axis, labels in AXES.items():
            file[axis] = list(labels)
            file[axis].make_scale(axis)
        for name, (values, axes) in {**series_of(months), **(change or {})}.items():
            file[name] = values
            for i, axis in enumerate(("time", *axes)):
                file[name].dims[i].attach_scale(file[axis])
        yearly = file.create_group("yearly", track_order=True)
        time_axis(yearly, [end for m, end in enumerate(ends) if m % 12 == 11])
        years = len(yearly["time"])
        for name, first in (("sales_tail_exponent", 1.0), ("sales_tail_exponent_largest", 1.1)):
            yearly[name] = first + 0.01 * np.arange(years)
            yearly[name].dims[0].attach_scale(yearly["time"])


class Facts(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="facts-")
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def validate(self, *arguments):
        return subprocess.run([FABRICA, "validate", *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)

    def rows(self, *arguments, facts=FACTS, **made):
        made_up(self.path("run.h5"), **made)
        done = self.validate("run.h5", "--facts", facts, "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {row["fact"]: row for row in json.loads(done.stdout)["rows"]}

    def check(self, rows, numbers, places=6):
        for fact, expected in numbers.items():
            self.assertAlmostEqual(float(rows[fact]["simulated"]), expected, places=places, msg=fact)

    def test_known_numbers(self):
        rows = self.rows()
        growth = 1.005 ** 12 - 1
        price = 1 - 0.04 / 131 * np.arange(MONTHS)
        self.check(rows, {
            "Capacity utilisation 2016-19": 0.75, "Capacity utilisation 2020 Q1": 0.65, "Capacity utilisation 2016-19, least of the sectors": 0.7,
            "Capacity utilisation 2016-19, largest of the sectors": 0.8, "Year of life with the highest hazard": 3, "Hazard in that year of life": 12 * 10 / 1200,
            "Markup over unit cost 2016-19": 0.15, "Leverage 2016-19": 0.55, "Leverage, state less private, 2015-17": 0.1, "Tail exponent of sales, 2018": 1.03,
            "Tail exponent of sales, largest hundredth, 2024": 1.19, "Share of investment spikes": 0.15, "Return on assets 2016-19, private firms": 12 * 60 / 12000,
            "Return on assets 2016-19, state firms": 12 * 30 / 12000, "Profit over revenue, 2015": 210 / 4000, "State share of profit, 2019": 30 / 210,
            "Finished stock 2015-18": 15, "Employees per firm, 2018": 30, "Producer price, 2016 on 2015": price[12:24].mean() / price[:12].mean() - 1,
            "Producer price, 2015 on its January": price[:12].mean() / price[0] - 1, "R&D over revenue, 2018": 0.013, "Firms at maturity level 2 or above, 2020": 0.25,
            "Bank capital over loans 2016-19": 0.08, "Final demand not met": 0.01, "Sales share of small and medium firms, change 2015-18": -0.1 * 36 / 131})
        self.check(rows, {"Growth of firms 2015-18, a year": growth, "Growth of jobs 2018-23, a year": growth, "Death rate 2016-19, a year": 12 / 200 + 12 / 600,
                          "Endogenous share of exits": 0.25, "Zombies 2016-19": 0.1}, places=4)
        self.assertEqual(rows["Capacity utilisation 2016-19, least of the sectors"]["remark"], "cloth")
        self.assertEqual(float(rows["Firms, start of 2018"]["simulated"]), series_of(MONTHS)["firms"][0][35].sum())

    def test_every_fact_of_the_table_has_a_verdict_and_every_observed_one_a_source(self):
        rows = self.rows()
        self.assertEqual(len(rows), 49)
        for row in rows.values():
            self.assertIn(row["verdict"], ("ok", "low", "high"), row)
            inside = float(row["low"]) <= float(row["simulated"]) <= float(row["high"])
            self.assertEqual(row["verdict"] == "ok", inside, row["fact"])
            self.assertRegex(row["source"], "^(read|computed|assumed): ")
        with open(FACTS, encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(line for line in file if not line.startswith("#")))
        self.assertEqual([row["fact"] for row in table], list(rows))

    def test_observed_numbers_are_means_of_the_published_series(self):
        rows = self.rows()
        observed = {"Capacity utilisation 2020 Q1": 0.672, "Capacity utilisation 2020 Q4": 0.784, "Firms, end of 2018": 3.27e6, "Profit over revenue, 2021-24": (6.81 + 6.23 + 5.19) / 300,
                    "Leverage, state less private, 2015-17": (61.9 + 61.4 + 60.4 - 51.8 - 50.7 - 51.6) / 300, "Employees per firm, 2023": 104.814 / 4.048,
                    "Growth of jobs 2015-18, a year": (104.93 / 126.89) ** (1 / 3) - 1, "Finished stock 2015-18": (14.2 + 16.4) / 2,
                    "Capacity utilisation 2016-19": ((76.3 + 77.6 + 77.3 + 78.5) + (76.3 + 76.9 + 76.9 + 78.0)) / 800,  # 2016 and 2018 lack quarters
                    "State share of profit, 2015": (1.009 - 0.7 * (0.252 + 0.497)) / 4.790}
        for fact, expected in observed.items():
            self.assertAlmostEqual(float(rows[fact]["observed"]), expected, places=9, msg=fact)
        self.assertAlmostEqual(float(rows["Capacity utilisation 2020 Q4"]["naive"]), 0.78)
        self.assertIs(rows["Capacity utilisation 2020 Q4"]["beats_naive"], False)  # 0.75 against 0.784 and 0.78

    def test_a_short_run_and_one_without_technology_have_no_such_fact(self):
        short = self.rows(months=24)["Capacity utilisation 2020 Q1"]
        self.assertEqual((short["simulated"], short["verdict"]), ("-", "-"))
        self.assertIn("does not hold 2020-01 to 2020-03", short["remark"])
        none = np.zeros((MONTHS, len(SECTORS), len(OWNERS)), np.int64)
        still = self.rows(change={"research": (none, ("sector", "ownership"))})["R&D over revenue, 2018"]
        self.assertEqual((still["simulated"], still["remark"]), ("-", "the run is without it"))

    def test_missing_cells_do_not_count(self):
        use = np.tile([0.8, np.nan], (MONTHS, 1))
        self.check(self.rows(change={"capacity_utilisation_above_scale": (use, ("sector",))}), {"Capacity utilisation 2016-19": 0.8})

    def test_text_and_markdown(self):
        made_up(self.path("run.h5"))
        text = self.validate("run.h5", "--facts", FACTS).stdout
        self.assertIn("75.0 %", text)
        self.assertRegex(text, r"\n\d+ of 49 facts lie in their band; not held by what was run: 0")
        self.assertNotIn("nan", text)
        table = self.validate("run.h5", "--facts", FACTS, "--markdown").stdout
        self.assertEqual({line.count("|") for line in table.splitlines() if line.startswith("|")}, {10})

    def test_a_broken_table_is_refused_with_every_place(self):
        with open(FACTS, encoding="utf-8") as file:
            text = file.read()
        for wrong, put, message in (("end(firms, 2017-12)", "end(firms, 2017-13)", "'2017-13' is no period"), ("sum(exits, 2016..2019)", "summ(exits, 2016..2019)", "'summ' is no function"),
                                    ("mean(mfg_firms, 2018) * 1e6", "mean(firmz, 2018) * 1e6", "observed_series.csv has no firmz of 2018"),
                                    ("sum(investment_spikes) /", "sum(investment_spikes /", "at character"), ("held_out", "heldout", "did you mean 'held_out'")):
            with self.subTest(wrong):
                self.assertIn(wrong, text)
                with open(self.path("facts.csv"), "w", encoding="utf-8") as file:
                    file.write(text.replace(wrong, put))
                if not os.path.exists(self.path("observed_series.csv")):
                    os.symlink(os.path.join(os.path.dirname(FACTS), "observed_series.csv"), self.path("observed_series.csv"))
                made_up(self.path("run.h5"))
                done = self.validate("run.h5", "--facts", "facts.csv")
                self.assertEqual((done.returncode, done.stdout), (3, ""))
                self.assertRegex(done.stderr, r"facts\.csv:\d+:\d+: error: ")
                self.assertIn(message, done.stderr)

    def test_what_is_no_result_is_told_with_a_remedy(self):
        self.assertEqual(self.validate("missing.h5", "--facts", FACTS).returncode, 5)
        scenario = self.validate("fabrica:china")
        self.assertEqual(scenario.returncode, 2)
        self.assertIn("fabrica run fabrica:china --out RESULT.h5", scenario.stderr)
        made_up(self.path("run.h5"))
        lost = self.validate("run.h5")
        self.assertEqual(lost.returncode, 3)
        self.assertIn("--facts", lost.stderr)
        self.assertEqual(self.validate("run.h5", "--facts", "nowhere.csv").returncode, 5)


if __name__ == "__main__":
    FABRICA = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
