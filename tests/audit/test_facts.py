#!/usr/bin/python3
"""Checks the table of stylised facts on a made-up result whose facts are known: test_facts.py."""
import contextlib
import datetime
import io
import math
import os
import sys
import tempfile
import unittest

import h5py
import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts"))
import facts  # noqa: E402

MONTHS, SECTORS, OWNERS = 132, ("tools", "cloth"), ("private", "state", "foreign", "joint_venture")


def made_up(path, months=MONTHS):
    """2015-25 in two sectors of equal weight: use 0.8 and 0.7, 1 % less in 2020 Q1; firms grow by half a per cent a month."""
    ends = [(datetime.date(2015 + (m + 1) // 12, (m + 1) % 12 + 1, 1) - datetime.date(2015, 1, 1)).days for m in range(months)]
    s, o = len(SECTORS), len(OWNERS)
    flat = lambda value: np.full((months, s, o), value, np.int64)  # noqa: E731
    use = np.tile([0.8, 0.7], (months, 1))
    use[60:63] -= 0.1
    with h5py.File(path, "w") as file:
        file["time"] = np.array(ends, float) - 1
        file["time"].attrs["units"] = "days since 2015-01-01 00:00:00"
        file["time_bounds"] = np.stack([[0] + ends[:-1], ends], 1).astype(float)
        file["sector"], file["ownership"] = [list(SECTORS), list(OWNERS)]
        file["exit_cause"] = ["closure", "insolvency", "option_value"]
        file["capacity_utilisation_above_scale"] = use
        file["capacity_utilisation"] = use
        file["capacity"] = flat(100)
        firms = flat(1000)
        firms[:] = np.rint(1e6 * 1.005 ** np.arange(months))[:, None, None]
        file["firms"] = firms
        file["firms_above_scale"] = firms // 8
        exits = np.zeros((months, s, 3), np.int64)
        exits[:, :, 0], exits[:, :, 1] = firms.sum(2) // 200, firms.sum(2) // 600  # 1/200 and 1/600 a month: 8 % a year, a quarter insolvent
        file["exits"] = exits
        alive = np.full((months, 40), 1200, np.int64)
        deaths = np.full((months, 40), 2, np.int64)
        deaths[:, 2] = 10
        file["firms_by_age"], file["exits_by_age"] = alive, deaths
        file["markup"] = np.tile([0.1, 0.2], (months, 1))
        file["revenue"] = flat(1000)
        file["debt_ratio_above_scale"] = np.tile([0.5, 0.6, 0.55, 0.55], (months, 1))
        file["assets_above_scale"] = flat(12000)
        profit = flat(60)
        profit[:, :, 1] = 30
        file["profit_above_scale"], file["revenue_above_scale"] = profit, flat(1000)
        file["investment_spikes"], file["capital_reviews"] = np.full(months, 15), np.full(months, 100)
        file["zombies"] = firms // 10
        file["stock_days"] = np.tile([14.0, 16.0], (months, 1))
        file["employment"] = firms * 30
        file["sme_sales_share"] = np.linspace(0.65, 0.55, months)
        file["price_index"] = np.tile(np.linspace(1, 0.96, months)[:, None], (1, s))
        file["bank_capital_ratio"] = np.full(months, 0.08)
        file["research"] = flat(13)
        file["firms_above_scale_by_level"] = np.tile([75, 14, 6, 5], (months, 1))
        file["unmet_demand"], file["final_demand"] = np.full((months, s), 1), np.full((months, s), 99)
        yearly = file.create_group("yearly")
        years = [end for m, end in enumerate(ends) if m % 12 == 11]
        yearly["time_bounds"] = np.stack([[0] + years[:-1], years], 1).astype(float)
        yearly["sales_tail_exponent"] = 1 + 0.01 * np.arange(len(years))
        yearly["sales_tail_exponent_largest"] = 1.1 + 0.01 * np.arange(len(years))


class Facts(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.path = os.path.join(scratch.name, "run.h5")
        made_up(self.path)
        self.run_ = facts.Result(self.path)

    def rows(self, path=None):
        all_facts = facts.facts(facts.observed_reader(facts.OBSERVED))
        return {row[0].strip(): row for row in facts.evaluate(facts.Result(path or self.path), all_facts)}

    def test_capacity_use_is_weighted_by_capacity(self):
        self.assertAlmostEqual(facts.utilisation(self.run_, self.run_.years(2016, 2019)), 0.75)
        self.assertAlmostEqual(facts.utilisation(self.run_, self.run_.rows((2020, 1), (2020, 3))), 0.65)
        self.assertEqual(facts.extreme_sector(self.run_, min)[1], "cloth")
        self.assertAlmostEqual(facts.extreme_sector(self.run_, max)[0], 0.8)

    def test_research_and_maturity(self):
        self.assertAlmostEqual(facts.research_share(self.run_, 2018), 0.013)
        self.assertAlmostEqual(facts.mature_share(self.run_, 2020), 0.25)
        self.run_.file.close()
        with h5py.File(self.path, "r+") as file:
            file["research"][:] = 0
        with self.assertRaises(LookupError):
            facts.research_share(facts.Result(self.path), 2018)

    def test_firms_grow_and_die(self):
        self.assertAlmostEqual(facts.growth_of_firms(self.run_, 2015, 2018), 1.005 ** 12 - 1, places=5)
        self.assertAlmostEqual(facts.death_rate(self.run_, 2016, 2019), 12 / 200 + 12 / 600, places=4)
        self.assertEqual(facts.hazard_peak(self.run_)[0], 3)  # two completed years of age: the third year of life
        self.assertAlmostEqual(facts.hazard_peak(self.run_)[1], 12 * 10 / 1200)
        self.assertAlmostEqual(facts.endogenous_share(self.run_), 0.25, places=4)

    def test_ratios_of_above_scale_firms(self):
        years = self.run_.years(2016, 2019)
        self.assertAlmostEqual(facts.leverage(self.run_, None, years), 0.55)
        self.assertAlmostEqual(facts.leverage(self.run_, "state", years) - facts.leverage(self.run_, "private", years), 0.1)
        self.assertAlmostEqual(facts.return_on_assets(self.run_, "private", 2016, 2019), 12 * 60 / 12000)
        self.assertAlmostEqual(facts.return_on_assets(self.run_, "state", 2016, 2019), 12 * 30 / 12000)
        self.assertAlmostEqual(facts.margin(self.run_, 2016, 2019), 210 / 4000)
        self.assertAlmostEqual(facts.state_profit_share(self.run_, 2019), 30 / 210)
        self.assertAlmostEqual(facts.stock_days(self.run_, years), 15)

    def test_published_profit_of_state_firms_is_cut_to_manufacturing(self):
        self.assertAlmostEqual(facts.state_share_of_manufacturing(1.0, 0.5, 4.0), (1 - 0.35) / 4)
        for year, low, high in (("2015", 0.07, 0.13), ("2019", 0.14, 0.22)):
            self.assertTrue(low < facts.CONSTANTS[f"state_profit_share_{year}"][0] < high)

    def test_the_rest(self):
        self.assertAlmostEqual(facts.markup(self.run_, self.run_.years(2016, 2019)), 0.15)
        self.assertAlmostEqual(facts.spike_share(self.run_), 0.15)
        self.assertAlmostEqual(facts.zombies(self.run_, 2016, 2019), 0.1, places=5)
        self.assertAlmostEqual(facts.mean_employees(self.run_, 2018), 30)
        self.assertAlmostEqual(facts.unmet(self.run_), 0.01)
        self.assertAlmostEqual(float(self.run_.yearly("sales_tail_exponent", 2018)), 1.03)
        self.assertAlmostEqual(facts.producer_price(self.run_, 2016), (1 - 0.04 * 17.5 / 131) / (1 - 0.04 * 5.5 / 131) - 1, places=6)

    def test_every_fact_of_the_table_is_there_and_has_a_verdict(self):
        rows = self.rows()
        self.assertGreaterEqual(len(rows), 40)
        for row in rows.values():
            self.assertIn(row[5], ("ok", "low", "high"), row)
        self.assertEqual(rows["Capacity utilisation 2020 Q1"][2:6], ("65.0 %", "67.2 %", "64.0 % to 70.0 %", "ok"))
        self.assertEqual(rows["Firms, end of 2018"][5], "high")
        self.assertTrue(all(row[7] for row in rows.values() if row[3] != "-"), "an observed figure has no source")

    def test_a_short_run_has_dashes(self):
        short = self.path + ".short"
        made_up(short, 24)
        row = self.rows(short)["Capacity utilisation 2020 Q1"]
        self.assertEqual((row[2], row[5]), ("-", "-"))
        self.assertIn("does not hold 2020-01", row[6])

    def table(self, *arguments):
        sys.argv = ["facts.py", *arguments]
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = facts.main()
        return code, out.getvalue(), err.getvalue()

    def test_text_and_markdown(self):
        code, out, _ = self.table(self.path)
        self.assertEqual(code, 0)
        self.assertIn("facts lie in their band", out)
        self.assertNotIn("nan", out)
        code, out, _ = self.table(self.path, "--markdown")
        lines = [line for line in out.splitlines() if line.startswith("|")]
        self.assertEqual({line.count("|") for line in lines}, {len(facts.HEAD) + 1})

    def test_what_is_no_result_is_code_5(self):
        code, _, err = self.table(self.path + ".missing")
        self.assertEqual(code, 5)
        self.assertIn("facts.py: error:", err)

    def test_every_constant_has_a_source_and_a_number(self):
        for name, (value, source) in facts.CONSTANTS.items():
            self.assertTrue(math.isfinite(value) and source, name)


if __name__ == "__main__":
    unittest.main()
