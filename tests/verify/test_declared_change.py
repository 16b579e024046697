#!/usr/bin/python3
"""scripts/declared_change finds a shift of a tenth of a standard deviation, gives no false alarm, and lets pass what was declared.

usage: test_declared_change.py PROGRAM   (the toy application)
"""
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
import unittest

import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

SCRIPT = os.path.normpath(os.path.join(HERE, "../../scripts/declared_change"))
PROGRAM = ""


def load_script():
    loader = importlib.machinery.SourceFileLoader("declared_change", SCRIPT)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("declared_change", loader))
    loader.exec_module(module)
    return module


class Statistics(unittest.TestCase):
    tool = load_script()

    def test_p_of_eight_pairs_that_all_agree_is_that_of_two_signs_in_256(self):
        p = self.tool.sign_flip_p(np.ones((8, 1)), 200000, np.random.default_rng(3))
        self.assertAlmostEqual(p[0], 2 / 256, delta=4 * np.sqrt(2 / 256 / 200000))

    def test_p_agrees_with_every_permutation_there_is(self):
        differences = np.array([0.3, -0.1, 0.8, 0.2, 1.1, -0.4, 0.5, 0.05, 0.9, -0.2])
        signs = np.array([[1 if code >> i & 1 else -1 for i in range(10)] for code in range(1024)])
        exact = (np.abs(signs @ differences) >= abs(differences.sum()) - 1e-12).mean()
        p = self.tool.sign_flip_p(differences[:, None], 200000, np.random.default_rng(4))
        self.assertAlmostEqual(p[0], exact, delta=4 * np.sqrt(exact / 200000))

    def test_holm_by_hand(self):
        np.testing.assert_allclose(self.tool.holm(np.array([0.01, 0.04, 0.03, 0.005])), [0.03, 0.06, 0.06, 0.02])

    def test_no_false_alarm_where_nothing_changed(self):
        before = np.random.default_rng(5).normal(size=(64, 25))
        _, size, moved = self.tool.judge(before, before.copy())
        self.assertFalse(moved.any() or size.any())

    def test_no_false_alarm_where_pairs_part_by_luck_alone(self):
        for seed in range(4):  # four changes that only draw other numbers: 25 indicators each
            rng = np.random.default_rng(seed)
            before = rng.normal(size=(64, 25))
            after = 0.98 * before + np.sqrt(1 - 0.98**2) * rng.normal(size=(64, 25))
            self.assertFalse(self.tool.judge(before, after)[2].any())

    def test_a_tenth_of_a_standard_deviation_is_found_among_25(self):
        found = 0
        for seed in range(10):
            rng = np.random.default_rng(100 + seed)
            before = rng.normal(size=(64, 25))
            after = before + 0.1 * rng.normal(size=(64, 25))  # paired runs part by a tenth of their spread
            after[:, 12] += 0.1
            moved = self.tool.judge(before, after)[2]
            self.assertEqual(int(moved.sum()), int(moved[12]))
            found += int(moved[12])
        self.assertGreaterEqual(found, 9)

    def test_what_is_certain_but_small_is_let_pass(self):
        before = np.random.default_rng(6).normal(size=(64, 3))
        after = before + np.array([0.0, 0.02, 0.2])
        self.assertEqual(self.tool.judge(before, after)[2].tolist(), [False, False, True])


class Programs(ScratchTest):
    def changed(self, name, *changes):
        """A program that is PROGRAM with other constants."""
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nexec "{PROGRAM}" "$@" {" ".join("--set " + c for c in changes)}\n')
        os.chmod(path, 0o755)
        return path

    def judge(self, new, *options):
        return subprocess.run([SCRIPT, PROGRAM, new, "--scenario", "toy:white", "--jobs", "2", *options], cwd=self.folder, capture_output=True,
                              text=True, timeout=300, check=False)

    def test_an_unchanged_program_moves_nothing(self):
        result = self.judge(self.changed("same"), "--seeds", "32")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("3 indicators, 32 pairs of 1 scenario(s): 0 moved, 0 of them undeclared", result.stdout)

    def test_a_tenth_of_a_standard_deviation_is_found_unless_it_is_declared(self):
        # The month's share is 0.05 (1 + 0.01 z): over twelve months its mean has an s.d. of 0.05 * 0.01 / sqrt(12) = 0.000144.
        new = self.changed("new", "paint.waste_share=0.0500144")
        result = self.judge(new)
        self.assertEqual(result.returncode, 4, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"white: waste_share moved by \+0\.(09|1[0-2])\d* s\.d\. \(p = .*\), UNDECLARED")
        self.assertIn("1 moved, 1 of them undeclared", result.stdout)
        self.assertEqual(self.judge(new, "--declared", "waste_share").returncode, 0)
        self.assertEqual(self.judge(new, "--declared", "painted").returncode, 4)

    def test_errors_name_what_failed(self):
        result = self.judge(self.changed("broken", "toy.fail=true"), "--seeds", "16")
        self.assertEqual(result.returncode, 1)
        self.assertIn("the paint is dry", result.stderr)
        self.assertEqual(self.judge(os.path.join(self.folder, "nowhere"), "--seeds", "16").returncode, 1)
        self.assertEqual(self.judge(PROGRAM, "--seeds", "4").returncode, 2)
        result = self.judge(PROGRAM, "--seeds", "16", "--declared", "pianted")
        self.assertEqual(result.returncode, 2)
        self.assertIn("no series pianted", result.stderr)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
