#!/usr/bin/python3
"""Sensitivity of made plan folders, whose answer is known: test_sensitivity.py TOY_PROGRAM."""

import itertools
import json
import os
import unittest

import numpy as np
from python_test import PythonTest, main

import fabrica
from fabrica.sensitivity import Axis, Points, morris, pce, read_points, sobol
from ishigami import FIRST, MEAN, MU_STAR, TOTAL, VARIANCE, ishigami
from ishigami import morris as trajectories
from ishigami import saltelli
from plan_folder import run_id, unit_axes, write_plan

AXES = [Axis("a"), Axis("b"), Axis("c")]


def points(x, y=None, design="lhs"):
    return Points(AXES, x, ishigami(x) if y is None else y, design)


def values(intervals):
    return [one.value for one in intervals]


class Methods(unittest.TestCase):
    def near(self, found, exact, within):
        for one, other in zip(found, exact):
            self.assertLess(abs(one - other), within, (found, exact))

    def test_function_has_the_known_mean_and_variance(self):
        y = ishigami(np.random.default_rng(3).random((400000, 3)))
        self.assertLess(abs(y.mean() - MEAN), 0.03)
        self.assertLess(abs(y.var() - VARIANCE), 0.15)

    def test_chaos_from_512_points_is_exact_to_two_digits(self):
        found = pce(points(np.random.default_rng(1).random((512, 3))))
        self.near(values(found.first), FIRST, 0.005)
        self.near(values(found.total), TOTAL, 0.005)
        self.assertGreater(found.q2, 0.99)

    def test_chaos_from_few_points_says_so(self):
        self.assertLess(pce(points(np.random.default_rng(1).random((40, 3)))).q2, 0.8)
        with self.assertRaisesRegex(fabrica.FabricaError, "8 are the least"):
            pce(points(np.random.default_rng(1).random((7, 3))))

    def test_chaos_of_a_polynomial_is_exact(self):
        """y = 2a + b: variances 4/12 and 1/12, so 0.8 and 0.2; a * b about the middle: all in the pair."""
        x = np.random.default_rng(1).random((60, 3))
        self.near(values(pce(points(x, 2 * x[:, 0] + x[:, 1])).first), (0.8, 0.2, 0), 1e-9)
        pair = pce(points(x, (x[:, 0] - 0.5) * (x[:, 1] - 0.5)))
        self.near(values(pair.first), (0, 0, 0), 1e-9)
        self.near(values(pair.total), (1, 1, 0), 1e-9)

    def test_sobol_intervals_hold_the_exact_indices(self):
        x = saltelli(4096)
        found = sobol(points(x, design="saltelli"))
        self.near(values(found.first), FIRST, 0.05)
        self.near(values(found.total), TOTAL, 0.05)
        for one, exact in zip([*found.first, *found.total], [*FIRST, *TOTAL]):
            self.assertLess(one.low, exact + 1e-3)
            self.assertGreater(one.high, exact - 1e-3)
            self.assertLess(one.high - one.low, 0.2)

    def test_sobol_depends_on_the_order_of_blocks(self):
        """Columns from A into B in place of B into A: the same complement, so first and total must not be mixed up."""
        x = saltelli(2048)
        y = 10 * x[:, 0] * x[:, 1] + x[:, 2]
        found = sobol(points(x, y, "saltelli"))
        self.assertGreater(found.total[0].value, found.first[0].value + 0.05)
        self.near([found.first[2].value], [found.total[2].value], 0.05)

    def test_missing_points_are_replaced_by_a_surrogate_or_refused(self):
        x = saltelli(256)
        y = ishigami(x)
        y[[5, 300, 1000]] = np.nan
        found = sobol(points(x, y, "saltelli"))
        self.assertEqual(found.method, "sobol by surrogate")
        self.near(values(found.first), FIRST, 0.02)
        noise = np.random.default_rng(1).normal(size=len(x))
        noise[7] = np.nan
        broken = Points(AXES, x, noise, "saltelli", missing=[{"point": 7, "index": 7, "id": run_id(7), "reason": "guard 'x' tripped"}])
        with self.assertRaisesRegex(fabrica.FabricaError, "guard 'x' tripped"):
            sobol(broken)

    def test_morris_over_all_trajectories_is_exact(self):
        x = []
        for low, order, signs in itertools.product(itertools.product([0, 1 / 3], repeat=3), itertools.permutations(range(3)), itertools.product([1, -1], repeat=3)):
            point = np.array([one if sign > 0 else one + 2 / 3 for one, sign in zip(low, signs)], dtype=float)
            x.append(point.copy())
            for axis in order:
                point[axis] += signs[axis] * 2 / 3
                x.append(point.copy())
        found = morris(points(np.array(x), design="morris"))
        self.near(values(found.mu_star), MU_STAR, 1e-4)
        self.near(found.mu, (MU_STAR[0], 0, 0), 1e-4)  # sin x1 only rises with x1; the others fall as often as they rise
        self.assertGreater(found.sigma[2], found.sigma[0])

    def test_morris_from_a_few_trajectories(self):
        found = morris(points(trajectories(100), design="morris"))
        for one, exact in zip(found.mu_star, MU_STAR):
            self.assertLessEqual(one.low - 1e-9, exact)
            self.assertLessEqual(exact, one.high + 1e-3)

    def test_morris_with_missing_points(self):
        x = trajectories(20)
        y = ishigami(x)
        y[4] = np.nan  # begins the second trajectory: one effect less
        missing = Points(AXES, x, y, "morris", missing=[{"point": 4, "index": 4, "id": run_id(4), "reason": "killed"}])
        with self.assertRaisesRegex(fabrica.FabricaError, "killed"):
            morris(missing)
        self.assertEqual(len(morris(missing, allow_missing=True).mu_star), 3)

    def test_another_design_is_refused(self):
        x = np.random.default_rng(1).random((40, 3))
        for method in (sobol, morris):
            with self.assertRaisesRegex(fabrica.UsageError, "pce"):
                method(points(x))
        with self.assertRaisesRegex(fabrica.FabricaError, "no Morris design"):
            morris(points(x, design="morris"))

    def test_what_does_not_vary_matters_nothing(self):
        x = saltelli(16)
        self.assertEqual(values(sobol(points(x, np.ones(80), "saltelli")).total), [0, 0, 0])

    def test_listed_and_logarithmic_axes(self):
        self.assertTrue(np.allclose(Axis("k", 1e-2, 1e2, True).coordinates([0.01, 1, 100]), [0, 0.5, 1]))
        for described, cells in (([True, False], [False, True]), ([1, 2, 5], ["5", "1"]), (["tbb", "serial"], ["serial", "tbb"])):
            self.assertEqual(list(Axis.of({"key": "k", "values": described}).coordinates(cells)), [1, 0])
        with self.assertRaisesRegex(fabrica.UsageError, "lists values"):
            pce(Points([Axis("k", values=("a", "b"))], np.zeros((40, 1)), np.arange(40.0)))


class Command(PythonTest):
    def plan(self, name="P", seeds=1, missing=(), size=256, design="saltelli", noise=0.0):
        x = saltelli(size) if design == "saltelli" else trajectories(size)
        y = ishigami(x)[:, None] + noise * np.random.default_rng(2).normal(size=(len(x), seeds))
        for index, _ in missing:
            y[index // seeds, index % seeds] = np.nan
        write_plan(self.path(name), design, unit_axes(["p.a", "p.b", "p.c"]), x, y, missing)

    def report(self, *words, code=0):
        done = self.command("sensitivity", *words, "--json")
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def test_methods_by_design_and_by_name(self):
        self.plan()
        report = self.report("P", "--series", "y", "--at", "2019-12")
        self.assertEqual([report["method"], report["points"], report["unit"]], ["sobol", 1280, "m2"])
        chaos = self.report("P", "--series", "y", "--at", "2019-12", "--method", "pce")
        for axis, first, total in zip(chaos["axes"], FIRST, TOTAL):
            self.assertLess(abs(axis["first"]["value"] - first), 0.02)
            self.assertLess(abs(axis["total"]["value"] - total), 0.02)
        self.plan("M", size=30, design="morris")
        self.assertIn("mu_star", self.report("M", "--series", "y", "--at", "2019-12")["axes"][0])

    def test_the_year_is_the_mean_of_its_months(self):
        self.plan(size=64)
        month = self.report("P", "--series", "y", "--at", "2019-12")
        year = self.report("P", "--series", "y", "--at", "2019")
        self.assertAlmostEqual(year["mean"], 23 / 12 * month["mean"])  # eleven months hold twice December's number

    def test_seeds_are_averaged_and_their_luck_is_told(self):
        self.plan(seeds=4, noise=2.0)
        share = self.report("P", "--series", "y", "--at", "2019-12")["seed_share"]
        self.assertLess(abs(share - 1 / (VARIANCE + 1)), 0.02)  # 2^2 / 4 seeds = 1

    def test_a_missing_run_is_named(self):
        self.plan(seeds=2, missing=[(7, "the paint is dry")])
        report = self.report("P", "--series", "y", "--at", "2019-12")
        self.assertEqual(report["missing"], [{"point": 3, "index": 7, "id": run_id(7), "reason": "the paint is dry"}])
        self.assertEqual([report["method"], report["points_used"]], ["sobol by surrogate", 1279])
        said = self.report("P", "--series", "y", "--at", "2019-12", "--least-q2", "1.1", code=1)
        self.assertIn("run 7 (point 3", said)

    def test_text_and_picture(self):
        self.plan(size=64)
        done = self.command("sensitivity", "P", "--series", "y", "--at", "2019-12", "--method", "pce")
        self.assertEqual(done.returncode, 0, done.stderr)
        order = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("p.")]
        self.assertEqual(order, ["p.a", "p.b", "p.c"])
        with open(self.path("P/sensitivity-y-2019-12.png"), "rb") as picture:
            self.assertEqual(picture.read(8), b"\x89PNG\r\n\x1a\n")
        self.command("sensitivity", "P", "--series", "y", "--at", "2019-12", "--picture", "x.svg")
        self.assertTrue(os.path.getsize(self.path("x.svg")) > 1000)

    def test_what_is_not_there(self):
        self.plan(size=8)
        for words, code, said in ((("Q", "--series", "y", "--at", "2019"), 5, "no plan"), (("P", "--series", "z", "--at", "2019"), 2, "There are: y"),
                                  (("P", "--series", "y", "--at", "2020"), 2, "2019-01 to 2019-12"), (("P", "--series", "y", "--at", "x"), 2, "no year"),
                                  (("P", "--series", "y", "--at", "2019-12", "--method", "morris"), 2, "morris"),
                                  (("P", "--series", "y", "--at", "2019-12", "--picture", "/no/x.png"), 5, "/no/x.png")):
            self.assertIn(said, self.report(*words, code=code))

    def test_points_are_those_of_the_plan(self):
        self.plan(size=8)
        found = read_points(self.path("P"), "y", "2019-12")
        self.assertTrue(np.array_equal(found.x, saltelli(8)))
        self.assertTrue(np.array_equal(found.y, ishigami(saltelli(8))))


if __name__ == "__main__":
    main("xarray", "h5netcdf", "pandas", "openturns", "matplotlib")
