#!/usr/bin/python3
"""`verify --determinism` passes a program whose results do not depend on how they are computed, and finds out one whose do.

usage: test_verify.py PROGRAM UNORDERED   (the toy application, and the same with a sum that depends on the order of adding)
"""
import json
import os
import signal
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

PROGRAM, UNORDERED = "", ""
MANY = ("--set", "paint.painters=20000", "--set", "run.end=2015-04-01")


class Verify(ScratchTest):
    def verify(self, program, *arguments):
        return subprocess.run([program, "verify", *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120, check=False,
                              env={**os.environ, "TMPDIR": self.folder})

    def test_every_combination_gives_the_same_bits(self):
        result = self.verify(PROGRAM, "--determinism", "toy:white", *MANY, "--threads", "1,3", "--blocks", "64,1000")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), 1 + 2 * 2 * 2 + 2 + 1)  # head; tbb and threads x threads x blocks; serial x blocks; verdict
        self.assertEqual(lines[-1], "All 10 runs gave the same bits.")
        self.assertEqual(len({line.split()[4] for line in lines[1:-1]}), 1)
        self.assertIn("run 10 of 10: serial, 1 thread, blocks of 1000", result.stderr)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_sum_that_depends_on_the_order_is_found_out_and_named(self):
        result = self.verify(UNORDERED, "--determinism", "toy:white", *MANY, "--threads", "1,3", "--blocks", "64,1000")
        self.assertEqual(result.returncode, 4, result.stdout + result.stderr)
        self.assertIn("  NO\n", result.stdout)
        self.assertRegex(result.stdout.splitlines()[-1],
                         r"^Not the same: tbb, 1 thread, blocks of 64; and tbb, 1 thread, blocks of 1000: first difference "
                         r"/painted \[colour=red\] at 2015-01-31: [0-9.]+ against [0-9.]+$")
        self.assertEqual(os.listdir(self.folder), [])

    def test_threads_alone_are_found_out_too(self):
        result = self.verify(UNORDERED, "--determinism", "toy:white", *MANY, "--threads", "1,3", "--blocks", "64", "--backends", "threads", "--json")
        self.assertEqual(result.returncode, 4, result.stderr)
        report = json.loads(result.stdout)
        self.assertFalse(report["same"])
        self.assertEqual([(r["threads"], r["same"]) for r in report["runs"]], [(1, True), (3, False)])
        self.assertEqual((report["difference"]["variable"], report["difference"]["time"]), ("/painted", "2015-01-31"))
        self.assertNotEqual(report["difference"]["a"], report["difference"]["b"])

    def test_the_unordered_sum_passes_where_nothing_varies(self):
        result = self.verify(UNORDERED, "--determinism", "toy:white", *MANY, "--threads", "1", "--blocks", "64")
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_overrides_and_seed_are_those_of_run(self):
        one, other = (json.loads(self.verify(PROGRAM, "--determinism", "toy:white", "--seed", seed, "--threads", "1", "--blocks", "0", "--json").stdout)
                      for seed in ("1", "2"))
        self.assertNotEqual(one["runs"][0]["digest"], other["runs"][0]["digest"])  # the result holds its scenario
        self.assertEqual(self.verify(PROGRAM, "--determinism", "toy:white", "--set", "paint.speed=-1").returncode, 3)

    def test_results_are_kept_where_asked(self):
        result = self.verify(PROGRAM, "--determinism", "toy:white", "--threads", "2", "--blocks", "9", "--keep", "a/b")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "a/b"))), ["serial_1_9.h5", "tbb_2_9.h5", "threads_2_9.h5"])

    def test_wrong_use_is_code_2(self):
        for arguments in (["toy:white"], ["--determinism"], ["--determinism", "toy:white", "--threads", "1,x"],
                          ["--determinism", "toy:white", "--threads", "0"], ["--determinism", "toy:white", "--threads", ""],
                          ["--determinism", "toy:white", "--blocks", "1,,2"], ["--determinism", "toy:white", "--blocks", "99999999999"],
                          ["--determinism", "toy:white", "--backends", "tbb,gpu"]):
            result = self.verify(PROGRAM, *arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertIn("error", result.stderr)

    def test_a_folder_that_cannot_be_made_is_code_5(self):
        with open(os.path.join(self.folder, "file"), "w", encoding="utf-8"):
            pass
        result = self.verify(PROGRAM, "--determinism", "toy:white", "--keep", "file")
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("the folder file cannot be made", result.stderr)
        self.assertNotIn("run 1 of", result.stderr)

    def test_ends_that_are_no_verdict_have_their_own_codes(self):
        self.assertEqual(self.verify(PROGRAM, "--determinism", "toy:white", "--set", "toy.stop=true").returncode, 1)
        self.assertEqual(self.verify(PROGRAM, "--determinism", "toy:white", "--set", "paint.painters=1000000000").returncode, 3)
        process = subprocess.Popen([PROGRAM, "verify", "--determinism", "toy:white", "--set", "toy.sleep_ms=50"], cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": self.folder})
        process.stderr.readline()  # the first run begins
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 143)
        process.stderr.close()
        self.assertEqual(os.listdir(self.folder), [])


if __name__ == "__main__":
    UNORDERED = os.path.abspath(sys.argv.pop(2))
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
