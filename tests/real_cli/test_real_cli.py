#!/usr/bin/python3
"""Runs the real program end to end as a process: files, exit codes, verbs, traces, determinism.

usage: test_real_cli.py PROGRAM [TEST...]
"""
import json
import os
import shutil
import subprocess
import sys

import h5py
import numpy as np
import xarray as xr

import real_program
from real_program import RealProgram

SMALL_CHINA = ("fabrica:china", "--set", "run.scale=0.001", "--set", "run.end=2016-01-01")
PANEL = ("panel_events", "panel_states")


class Run(RealProgram):
    def test_a_run_leaves_a_result_and_facts_about_the_machine(self):
        summary = self.toyland("toy.h5")
        self.assertEqual(sorted(os.listdir(self.folder)), ["toy.h5", "toy.run.json"])
        self.assertEqual((summary["status"], summary["result"]), ("finished", "toy.h5"))
        self.assertRegex(summary["state_hash"], "^[0-9a-f]{16}$")
        for key in ("agents", "firms", "capacity_utilisation", "events", "seconds", "firm_months_per_second"):
            self.assertGreater(summary[key], 0, key)
        with open(self.path("toy.run.json"), encoding="utf-8") as file:
            machine = json.load(file)
        for key in ("threads", "host", "compiler", "peak_memory_mb", "state_hash", "source"):
            self.assertIn(key, machine)
        self.assertEqual(machine["state_hash"], summary["state_hash"])

    def test_the_summary_is_readable_and_its_last_line_says_where_the_results_are(self):
        result = self.fabrica("run", "fabrica:toyland", "-o", "toy.h5")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("finished", result.stdout)
        self.assertRegex(result.stdout.splitlines()[-1], r"Results are in toy\.h5\. Next: fabrica compare toy\.h5")
        self.assertIn("100 %", result.stderr)

    def test_observed_values_lie_beside_the_simulated_ones_in_their_units(self):
        self.toyland("toy.h5")
        with xr.open_dataset(self.path("toy.h5"), group="observed", engine="h5netcdf") as seen, xr.open_dataset(self.path("toy.h5")) as run:
            years = [int(str(t)[:4]) for t in seen.time.values]
            self.assertEqual(years, list(range(2015, 2025)))
            np.testing.assert_array_equal(seen.firms.dropna("time"), [60, 60, 60])  # 0.00006 million
            np.testing.assert_array_equal(np.isnan(seen.firms), [year not in (2015, 2018, 2024) for year in years])
            use = seen.capacity_utilisation_by_sector
            self.assertEqual(use.dims, ("time", "sector"))
            np.testing.assert_array_equal(use[0], [np.nan, np.nan, 0.75])  # ore and tools are no branch of the survey
            self.assertEqual(list(run.sector.values), ["ore", "tools", "cloth"])
            owner = list(run.ownership.values).index("state")
            self.assertEqual(float(seen.debt_ratio_by_ownership[0, owner]), 0.5)
            for variable in seen.data_vars.values():
                if variable.name != "time_bounds":
                    self.assertIn(variable.attrs["result_series"], run)
                    self.assertIn("toyland", variable.attrs["source"])

    def test_a_nation_need_not_say_what_was_observed(self):
        shutil.copytree(os.path.join(os.path.dirname(__file__), "../../scenarios/data/toyland"), self.path("data/quiet"))
        os.remove(self.path("data/quiet/observed_map.csv"))
        self.write("quiet.toml", '[run]\nname = "quiet"\nend = 2015-03-01\n[nation]\nfolder = "data/quiet"\n[credit]\nbank_count = 2\n')
        result = self.fabrica("run", "quiet.toml", "-o", "quiet.h5")
        self.assertEqual(result.returncode, 0, result.stderr)
        with h5py.File(self.path("quiet.h5")) as file:
            self.assertNotIn("observed", file)

    def test_other_software_opens_the_result(self):
        self.toyland("toy.h5")
        header = subprocess.run(["ncdump", "-h", self.path("toy.h5")], capture_output=True, text=True, check=False)
        self.assertEqual(header.returncode, 0, header.stderr)
        for words in ("// (36 currently)", "output(time, sector, ownership)", 'Conventions = "CF-1.8"'):
            self.assertIn(words, header.stdout)
        with h5py.File(self.path("toy.h5")) as file:
            self.assertEqual(file["output"].shape, (36, 3, 4))
            self.assertEqual(int(file["firms"][0].sum()), int(file["agents"][0]))  # scale 1: every firm stands for itself
            self.assertIn("[run]", file.attrs["scenario_toml"])
        for engine in ("netcdf4", "h5netcdf"):
            with xr.open_dataset(self.path("toy.h5"), engine=engine) as data:
                self.assertEqual(str(data.time.values[0])[:10], "2015-01-31")
                self.assertEqual(list(data.sector.values), ["ore", "tools", "cloth"])

    def test_a_dry_run_works_from_any_folder_and_writes_nothing(self):
        result = self.fabrica("run", "fabrica:china", "--dry-run", "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        estimate = json.loads(result.stdout)
        for key in ("memory_bytes", "output_bytes", "firms_at_start", "firm_months"):
            self.assertGreater(estimate[key], 0, key)
        self.assertEqual(os.listdir(self.folder), [])

    def test_nothing_is_overwritten_without_force(self):
        self.toyland("toy.h5")
        before = os.stat(self.path("toy.h5"))
        result = self.fabrica("run", "fabrica:toyland", "-o", "toy.h5")
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("--force", result.stderr)
        self.assertEqual(os.stat(self.path("toy.h5")).st_mtime_ns, before.st_mtime_ns)
        self.toyland("toy.h5", "--force")


class Timing(RealProgram):
    def traced(self, *more):
        """Runs Toyland with a trace. @return the summary, and its spans by thread"""
        summary = self.toyland("toy.h5", "--trace", "trace.json", "--threads", "2", "--block-size", "16", "--force", *more)
        with open(self.path("trace.json"), encoding="utf-8") as file:
            events = json.load(file)["traceEvents"]
        self.assertEqual([e["args"]["name"] for e in events if e["ph"] == "M"], ["thread 0", "thread 1"])
        threads = {}
        for event in events:
            if event["ph"] == "X":
                threads.setdefault(event["tid"], []).append(event)
        return summary, threads

    def assert_nested(self, spans):
        """Sorted by begin and, longest first, by length, each span ends within the one it began in."""
        ends = []
        for span in sorted(spans, key=lambda s: (s["ts"], -s["dur"])):
            while ends and ends[-1] <= span["ts"] + 5e-4:
                ends.pop()
            if ends:
                self.assertLessEqual(span["ts"] + span["dur"], ends[-1] + 5e-4)
            ends.append(span["ts"] + span["dur"])

    def test_a_trace_tells_what_each_thread_did_and_changes_nothing(self):
        plain = self.toyland("plain.h5")
        summary, threads = self.traced("--trace-windows", "40")
        self.assertEqual(summary["state_hash"], plain["state_hash"])
        self.assertEqual(self.fabrica("compare", "plain.h5", "toy.h5").returncode, 0)
        spans = [span for lane in threads.values() for span in lane]
        self.assertEqual(len({s["args"]["date"] for s in spans}), 40)
        self.assertEqual(min(s["args"]["date"] for s in spans), "2015-01-01")
        for name, number in (("window", 40), ("barrier", 40), ("recording", 1)):  # the only month that ends is January
            self.assertEqual(sum(s["name"] == name for s in spans), number, name)
        self.assertTrue({"block", "order", "monthly_plan"} <= {s["name"] for s in spans})
        for lane in threads.values():
            self.assert_nested(lane)

    def test_a_trace_begins_where_asked(self):
        _, threads = self.traced("--trace-from", "2016-03-30", "--trace-windows", "3")
        dates = {span["args"]["date"] for lane in threads.values() for span in lane}
        self.assertEqual(sorted(dates), ["2016-03-30", "2016-03-31", "2016-04-01"])

    def test_a_trace_that_cannot_be_taken_is_refused_before_the_run(self):
        for code, arguments in ((2, ("--trace-from", "2018-01-01")), (2, ("--trace-from", "2014-12-31")), (2, ("--trace-from", "2016-02-30")),
                                (2, ("--trace-from", "soon")), (2, ("--trace-windows", "0")), (2, ("--trace", "./toy.h5")), (5, ("--trace", "nowhere/t.json"))):
            result = self.fabrica("run", "fabrica:toyland", "-o", "toy.h5", "--trace", "t.json", *arguments)
            if arguments[0] == "--trace":
                result = self.fabrica("run", "fabrica:toyland", "-o", "toy.h5", *arguments)
            self.assertEqual((result.returncode, result.stdout), (code, ""), arguments)
            self.assertIn("error", result.stderr)
        self.write("t.json", "precious")
        self.assertEqual(self.fabrica("run", "fabrica:toyland", "-o", "toy.h5", "--trace", "t.json").returncode, 5)
        self.assertEqual(os.listdir(self.folder), ["t.json"])

    def test_a_profile_is_a_table_whose_shares_sum_to_one(self):
        result = self.fabrica("run", "fabrica:toyland", "-o", "toy.h5", "--profile", "--threads", "2")
        self.assertEqual(result.returncode, 0, result.stderr)
        for words in ("kind  ", "per firm-month", "ns/event", "share of time", "\nmonthly_plan ", "\nall events ", "\nwaiting ",
                      "\ninstitutions at barriers ", "\nrecording "):
            self.assertIn(words, result.stdout)
        summary = self.toyland("again.h5", "--profile")
        shares = {key[6:]: value for key, value in summary.items() if key.startswith("share.")}
        self.assertAlmostEqual(sum(v for k, v in shares.items() if k != "all_events"), 1, 6)
        events = {key[7:]: value for key, value in summary.items() if key.startswith("events.")}
        self.assertEqual(sum(v for k, v in events.items() if k != "all_events"), summary["events"])
        self.assertEqual(events["all_events"], summary["events"])
        self.assertGreater(summary["ns_per_event.monthly_plan"], 0)
        self.assertAlmostEqual(summary["per_month.monthly_plan"], 1, 1)
        with open(self.path("again.run.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["share.waiting"], shares["waiting"])


class Determinism(RealProgram):
    def datasets(self, name, groups=True):
        """Every dataset by its path, as bytes."""
        found = {}

        def visit(path, item):
            if isinstance(item, h5py.Dataset) and (groups or not path.startswith(PANEL)):
                values = item[...]
                found[path] = (values.shape, values.tobytes() if values.dtype != object else tuple(values.ravel()))

        with h5py.File(self.path(name)) as file:
            file.visititems(visit)
        self.assertGreater(len(found), 50)
        return found

    def test_threads_blocks_back_ends_and_the_panel_change_nothing(self):
        first = self.toyland("first.h5", "--threads", "1")
        variants = {"again": ("--threads", "1"), "threads": ("--threads", "2"), "small": ("--block-size", "64"), "large": ("--block-size", "1024"),
                    "other": ("--threads", "2", "--block-size", "7", "--backend", "threads"), "serial": ("--backend", "serial"), "panel": ("--panel", "all"),
                    "sample": ("--panel", "10")}
        expected = self.datasets("first.h5")
        for name, options in variants.items():
            with self.subTest(name):
                summary = self.toyland(name + ".h5", *options)
                self.assertEqual(summary["state_hash"], first["state_hash"])
                self.assertEqual(self.datasets(name + ".h5", groups=False), expected)

    def test_panels_are_the_same_on_any_number_of_threads(self):
        for name, options in (("one", ("--threads", "1")), ("two", ("--threads", "2", "--block-size", "16"))):
            self.toyland(name + ".h5", "--panel", "all", *options)
        self.assertEqual(self.datasets("one.h5"), self.datasets("two.h5"))

    def test_china_is_the_same_on_any_number_of_threads(self):
        hashes = []
        for name, options in (("one", ("--threads", "1")), ("two", ("--threads", "2", "--block-size", "64"))):
            result = self.fabrica("run", *SMALL_CHINA, "-o", name + ".h5", "--json", *options)
            self.assertEqual(result.returncode, 0, result.stderr)
            hashes.append(json.loads(result.stdout)["state_hash"])
        self.assertEqual(hashes[0], hashes[1])
        self.assertEqual(self.datasets("one.h5"), self.datasets("two.h5"))

    def test_verify_proves_it_on_this_machine(self):
        result = self.fabrica("verify", "--determinism", "fabrica:toyland", "--threads", "1,2", "--blocks", "7,64", "--backends", "threads,serial", "--json")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        report = json.loads(result.stdout)
        self.assertEqual({r["state_hash"] for r in report["runs"]}, {self.toyland("toy.h5")["state_hash"]})
        self.assertEqual((report["same"], len(report["runs"])), (True, 6))

    def test_another_seed_differs(self):
        one, two = self.toyland("one.h5"), self.toyland("two.h5", "--seed", "2")
        self.assertNotEqual(one["state_hash"], two["state_hash"])
        self.assertEqual(self.fabrica("compare", "one.h5", "two.h5").returncode, 4)


class Verbs(RealProgram):
    def test_check(self):
        for scenario in ("fabrica:china", "fabrica:toyland", "fabrica:studies/soe_hard_budget"):
            result = self.fabrica("check", scenario)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("is valid", result.stdout)
        resolved = self.fabrica("check", "fabrica:studies/soe_hard_budget", "--resolved")
        self.assertRegex(resolved.stdout, r"hard_budget = true +# .*soe_hard_budget\.toml:\d+:\d+")

    def test_explain(self):
        result = self.fabrica("explain", "credit.loan_to_value")
        self.assertEqual(result.returncode, 0)
        self.assertIn("[0, 1.5]", result.stdout)
        self.assertEqual(self.fabrica("explain", "credit.loan_to_valu").returncode, 2)

    def test_list(self):
        self.assertIn("fabrica:china", self.fabrica("list", "scenarios").stdout)
        series = {entry["name"] for entry in json.loads(self.fabrica("list", "series", "--json").stdout)["series"]}
        self.assertTrue({"output", "firms", "capacity_utilisation", "real_firms"} <= series)
        self.assertIn("exit.hazard_scale", self.fabrica("list", "parameters").stdout)

    def test_new_makes_a_scenario_that_is_valid(self):
        self.assertEqual(self.fabrica("new", "mine.toml").returncode, 0)
        self.assertEqual(self.fabrica("check", "mine.toml").returncode, 0)

    def test_a_result_equals_itself(self):
        self.toyland("toy.h5")
        self.assertEqual(self.fabrica("compare", "toy.h5", "toy.h5").returncode, 0)

    def test_a_study_differs_from_its_baseline_in_a_table(self):
        distress = ("--set", "exit.insolvency_quarters=1", "--set", "population.spin_up_years=0")  # so that one year has bail-outs
        for name, scenario in (("base", "fabrica:china"), ("study", "fabrica:studies/soe_hard_budget")):
            result = self.fabrica("run", scenario, *SMALL_CHINA[1:], *distress, "-o", name + ".h5", "-q")
            self.assertEqual(result.returncode, 0, result.stderr)
        result = self.fabrica("compare", "base.h5", "study.h5")
        self.assertEqual(result.returncode, 4, result.stderr)
        self.assertIn("bail_outs", result.stdout)
        self.assertIn("B - A", result.stdout)

    def test_an_invalid_scenario_is_code_3_and_leaves_nothing(self):
        result = self.fabrica("run", "fabrica:toyland", "--set", "credit.bank_counts=3")
        self.assertEqual((result.returncode, result.stdout, os.listdir(self.folder)), (3, "", []))
        self.assertIn("did you mean 'bank_count'", result.stderr)


if __name__ == "__main__":
    if not shutil.which("ncdump"):
        sys.exit("ncdump is missing")
    real_program.main()
