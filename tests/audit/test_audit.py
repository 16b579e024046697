#!/usr/bin/python3
"""Audits whole runs from their panels, and shows that one wrong fen is found: test_audit.py PROGRAM [toyland|china].

toyland: the whole run, and copies of its dump with one number changed. china: half a year at scale 0.001.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

SCRIPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts")
sys.dont_write_bytecode = True
sys.path.insert(0, SCRIPTS)
import audit as auditor  # noqa: E402

PROGRAM = ""


def audit(path):
    return subprocess.run(["/usr/bin/python3", "-B", os.path.join(SCRIPTS, "audit.py"), path], capture_output=True, text=True, check=False)


class Audit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)

    @classmethod
    def dump(cls, name, scenario, *more):
        path = os.path.join(cls.scratch.name, name + ".h5")
        command = [PROGRAM, "run", scenario, "--panel", "all", "--threads", "2", "-q", "-o", path, *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr}")
        return path

    def assert_sound(self, path):
        result = audit(path)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"\n\d+ checks, 0 failed")
        self.assertGreaterEqual(len(result.stdout.splitlines()), 60)


class Toyland(Audit):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.dump("toyland", "fabrica:toyland")

    def test_every_identity_holds(self):
        self.assert_sound(self.path)

    def test_every_identity_holds_in_other_circumstances(self):
        half = ("--set", "run.end=2015-07-01")
        variants = {"no_spin_up": ("population.spin_up_years=0",), "short_months": ('run.calendar="360_day"',), "no_rotation": ("switches.rotation=false",),
                    "rationed": ('suppliers.rationing="priority"', "suppliers.backlog_tries=1", "production.delivery_spread_days=15"),
                    "many_resales": ("investment.resale_threshold=0", "investment.threshold_max=0.02"),
                    "many_deaths": ("exit.hazard_scale=4", "entry.rate=0.4", "guards.unmet_demand_share=1")}
        for name, sets in variants.items():
            with self.subTest(name):
                more = [word for one in sets for word in ("--set", one)]
                self.assert_sound(self.dump(name, "fabrica:toyland", *half, *more))

    def corrupted(self, dataset, pick=lambda values, file: np.flatnonzero(values)):
        """A copy in which one number of a dataset has grown by 1."""
        copy = os.path.join(self.scratch.name, "copy.h5")
        shutil.copyfile(self.path, copy)
        with h5py.File(copy, "r+") as file:
            values = file[dataset][:]
            candidates = pick(values.ravel(), file)
            at = np.unravel_index(candidates[len(candidates) // 2], values.shape)
            file[dataset][at] = values[at] + 1
        return copy

    def assert_found(self, *arguments):
        checks = auditor.Audit(auditor.Dump(self.corrupted(*arguments)))()
        self.assertGreater(checks.failed, 0, f"{arguments[0]}\n{checks.table()}")

    def test_the_exit_code_and_the_table_tell(self):
        result = audit(self.corrupted("panel_states/cash"))
        self.assertEqual(result.returncode, 4, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"change of cash = its events +\d+ +2  firm \d+, month ending on day \d+: -?\d+ against -?\d+")

    def test_a_fen_too_much_in_a_state_is_found(self):
        for field in ("cash", "debt", "receivables", "payables", "market_receivables", "market_payables", "stock", "stock_cost", "backlog",
                      "absorbed", "fixed_assets", "other_assets", "under_construction", "equity_at_month", "slot0_cost", "slot0_on_order",
                      "ownership", "sector", "region", "size_class"):
            with self.subTest(field):
                self.assert_found("panel_states/" + field)

    def test_a_fen_too_much_in_an_event_is_found(self):
        def of(kind):
            def pick(_, file):
                meanings = file["panel_events/kind"].attrs["flag_meanings"]
                names = (meanings.decode() if isinstance(meanings, bytes) else meanings).split()
                days = file["panel_events/day"][:]
                # Two months in: before that, what was sent before the record begins is not known.
                return np.flatnonzero((file["panel_events/kind"][:] == names.index(kind)) & (days > 75))
            return pick
        for kind in ("loan_answer", "delivery", "bills_paid", "payment", "month_end", "market_sale", "shipment", "market_purchase",
                     "bundle_purchase", "overhead", "market_collection", "market_payment", "wages", "interest", "production_tax", "profit_tax",
                     "dividend", "repayment", "capital_goods"):
            with self.subTest(kind):
                self.assert_found("panel_events/money", of(kind))
        for kind in ("order_cancelled", "delivery", "order", "made", "market_sale", "shipment", "order_sent"):
            with self.subTest(kind + " goods"):
                self.assert_found("panel_events/goods", of(kind))
        for kind in ("shipment", "delivery", "order_sent", "payment", "monthly_plan"):
            with self.subTest(kind + " day"):
                self.assert_found("panel_events/kind", of(kind))

    def test_a_fen_too_much_in_a_series_is_found(self):
        for series in ("output", "capacity", "finished_stock", "backlog", "cash", "loans", "assets", "liabilities", "revenue", "profit", "wages",
                       "interest", "investment", "employment", "firms", "agents", "entries", "firms_above_scale", "assets_above_scale",
                       "firms_by_size", "output_by_region", "capacity_by_level"):
            with self.subTest(series):
                self.assert_found(series)

    def test_what_cannot_be_audited_is_code_5(self):
        self.assertEqual(audit(os.path.join(self.scratch.name, "missing.h5")).returncode, 5)
        sample = os.path.join(self.scratch.name, "sample.h5")
        subprocess.run([PROGRAM, "run", "fabrica:toyland", "--set", "run.end=2015-07-01", "--panel", "5", "-q", "-o", sample], check=True, capture_output=True)
        result = audit(sample)
        self.assertEqual(result.returncode, 5)
        self.assertIn("--panel all", result.stderr)


class China(Audit):
    def test_every_identity_holds_for_half_a_year(self):
        self.assert_sound(self.dump("china", "fabrica:china", "--set", "run.scale=0.001", "--set", "run.end=2015-07-01"))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    which = {"toyland": Toyland, "china": China}[sys.argv.pop(1)]
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(which)
    sys.exit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())
