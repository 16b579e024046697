#!/usr/bin/python3
"""What becomes of the record when a run of the real program cannot go on: failures of the disk, memory, signals, guards.

usage: test_real_stops.py PROGRAM [TEST...]
"""
import os
import resource
import signal
import subprocess
import time

import h5py
import numpy as np

import real_program
from real_program import RealProgram

NOBODY = 65534


class Limits(RealProgram):
    def test_a_folder_that_cannot_be_written_is_found_before_the_run(self):
        os.chmod(self.folder, 0o755)
        locked = self.path("locked")
        os.mkdir(locked, 0o555)
        as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        result = self.fabrica("run", "fabrica:toyland", "-o", "locked/toy.h5", **as_nobody)
        self.assertEqual((result.returncode, result.stdout), (5, ""), result.stderr)
        self.assertIn("the folder locked cannot be written: Permission denied", result.stderr)
        self.assertNotIn("%", result.stderr)
        self.assertEqual(os.listdir(locked), [])
        result = self.fabrica("run", "fabrica:toyland", "-o", "nowhere/toy.h5")
        self.assertEqual(result.returncode, 5)
        self.assertIn("there is no folder nowhere", result.stderr)

    def test_a_second_writer_of_the_same_result_is_refused_and_the_first_is_not_disturbed(self):
        long_run = ("run", "fabrica:toyland", "--set", "run.end=2060-01-01", "--set", "guards.unmet_demand_share=1", "-o", "toy.h5")
        with subprocess.Popen([self.program, *long_run], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as first:
            next(line for line in first.stderr if "10 %" in line)
            second = self.fabrica(*long_run)
            first.communicate(timeout=300)
        self.assertEqual(first.returncode, 0)
        self.assertEqual((second.returncode, second.stdout), (5, ""), second.stderr)
        self.assertIn("another run is writing it", second.stderr)
        self.assertEqual(sorted(os.listdir(self.folder)), ["toy.h5", "toy.run.json"])

    def sizes(self):
        """Bytes of the record of one and of three years of Toyland with all firms."""
        all_firms = ("--panel", "all")
        self.toyland("one.h5", *all_firms, "--set", "run.end=2016-01-01")
        self.toyland("three.h5", *all_firms)
        return [os.path.getsize(self.path(name)) for name in ("one.h5", "three.h5")]

    def assert_a_full_disk_is_told(self, result, folder):
        self.assertEqual(result.returncode, 5, f"{result.returncode}\n{result.stdout}\n{result.stderr}")
        self.assertIn("error", result.stderr)
        self.assertNotIn("Results are in", result.stdout)
        names = os.listdir(folder)
        self.assertNotIn("toy.h5", names)
        self.assertIn("toy.h5.partial", names)
        with h5py.File(os.path.join(folder, "toy.h5.partial")) as file:
            months = len(file["time"])
            self.assertIn(months, (12, 24), "whole years only")
            self.assertTrue((file["output"][:].sum((1, 2)) > 0).all())

    def test_a_file_that_may_not_grow_is_code_5_and_keeps_the_finished_years(self):
        one, three = self.sizes()
        limit = (2 * one + three) // 3
        result = self.fabrica("run", "fabrica:toyland", "--panel", "all", "-o", "toy.h5", "-q",
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self.assert_a_full_disk_is_told(result, self.folder)

    def test_a_full_disk_is_code_5_and_keeps_the_finished_years(self):
        if os.geteuid() != 0:
            self.skipTest("mounting a small disk takes root")
        one, three = self.sizes()
        disk = self.path("disk")
        os.mkdir(disk)
        # Room for the old and the new record while one replaces the other.
        size = (2 * one + three + one) // 2
        mount = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size // 1024}k", "tmpfs", disk], capture_output=True, text=True, check=False)
        if mount.returncode != 0:
            self.skipTest(f"no small disk: {mount.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        result = self.fabrica("run", "fabrica:toyland", "--panel", "all", "-o", "disk/toy.h5", "-q")
        self.assert_a_full_disk_is_told(result, disk)

    def test_a_run_too_large_is_refused_before_it_takes_the_memory(self):
        for arguments in (("fabrica:toyland", "--max-memory", "1MB"), ("fabrica:china", "--set", "run.scale=1.0", "--max-memory", "2G")):
            before = time.monotonic()
            result = self.fabrica("run", *arguments)
            self.assertEqual((result.returncode, result.stdout), (3, ""), arguments)
            self.assertRegex(result.stderr, r"the run would take [\d.]+ [MG]B of memory, and may take [12] [MG]B")
            self.assertIn("run.scale", result.stderr)
            self.assertLess(time.monotonic() - before, 20)
            self.assertEqual(os.listdir(self.folder), [])
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, 1e6, "kilobytes of the largest child")


class Stops(RealProgram):
    def interrupt(self, number):
        """Sends a signal at 40 % of a long run of Toyland: code and folder."""
        process = subprocess.Popen([self.program, "run", "fabrica:toyland", "--set", "run.end=2100-01-01", "--set", "guards.unmet_demand_share=1", "-o", "toy.h5"],
                                   cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            if " 40 %" in line:
                process.send_signal(number)
                break
        stdout, stderr = process.communicate(timeout=120)
        return process.returncode, stdout + stderr

    def test_a_signal_leaves_what_was_recorded(self):
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            with self.subTest(number.name):
                returned, said = self.interrupt(number)
                self.assertEqual(returned, code, said)
                self.assertIn("toy.h5.partial", said)
                self.assertFalse(os.path.exists(self.path("toy.h5")))
                with h5py.File(self.path("toy.h5.partial")) as file:
                    self.assertEqual(file.attrs["status"], "interrupted")
                    months = len(file["time"])
                    self.assertGreater(months, 120)
                    self.assertLess(months, 1000)
                    self.assertTrue(np.isfinite(file["capacity_utilisation"][:]).any(1).all())

    def test_a_killed_run_leaves_a_record_that_opens(self):
        process = subprocess.Popen([self.program, "run", "fabrica:toyland", "--set", "run.end=2100-01-01", "--set", "guards.unmet_demand_share=1", "-o", "toy.h5"],
                                   cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            if " 40 %" in line:
                process.kill()
                break
        process.communicate(timeout=60)
        with h5py.File(self.path("toy.h5.partial")) as file:
            self.assertEqual(len(file["time"]) % 12, 0)
            self.assertGreater(len(file["time"]), 120)

    def assert_stops(self, words, *arguments):
        result = self.fabrica("run", *arguments, "-o", "toy.h5", "-q")
        self.assertEqual(result.returncode, 1, f"{result.stdout}\n{result.stderr}")
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertFalse(os.path.exists(self.path("toy.h5")))
        self.assertTrue(os.path.exists(self.path("toy.h5.partial")))
        return result

    def test_an_economy_that_breaks_stops_with_the_name_of_the_guard(self):
        shock = '[[shock]]\nid = "break"\nkind = "{}"\nfrom = 2015-04-01\nto = 2016-04-01\nsize = {}\n'
        for kind, size in (("final_demand", 3.0), ("supply", -0.9)):
            with self.subTest(kind):
                self.write("broken.toml", 'extends = "fabrica:toyland"\n' + shock.format(kind, size))
                self.assert_stops(("guard: ", "of final demand was not met in the quarter ending 2015-"), "broken.toml")
                with h5py.File(self.path("toy.h5.partial")) as file:
                    self.assertEqual(file.attrs["status"], "failed")
                    self.assertIn("guard", file.attrs["status_reason"])

    def test_a_planted_leak_stops_the_run_with_identity_and_date(self):
        self.assert_stops(("the books do not close", "all cash", "2012-02-10", "window 40"), "fabrica:toyland", "--set", "guards.planted_leak_day=40")

    def test_a_stopped_run_names_no_file_that_is_not_there(self):
        result = self.assert_stops(("the books do not close",), "fabrica:toyland", "--set", "guards.planted_leak_day=40")
        self.assertNotIn("Results are in toy.h5.", result.stdout)


if __name__ == "__main__":
    real_program.main()
