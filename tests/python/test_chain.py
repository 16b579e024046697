#!/usr/bin/python3
"""From a sweep file to indices, through plan, runs, ensemble and analysis, on the Ishigami function: test_chain.py TOY_PROGRAM."""

import json

from python_test import PythonTest, main

import fabrica
from fabrica.errors import RunFailed
from ishigami import FIRST, MU_STAR, TOTAL

SWEEP = """\
[sweep]
base = "toy:white"
design = "{design}"
points = {points}
outputs = ["ishigami"]
[sweep.set]
"run.end" = 2015-02-01
""" + "".join(f'[[sweep.axis]]\nkey = "ishigami.x{i}"\nfrom = -3.141592653589793\nto = 3.141592653589793\n' for i in (1, 2, 3))


class Chain(PythonTest):
    def sensitivity(self, design, points, *more):
        self.write(f"{design}.toml", SWEEP.format(design=design, points=points))
        plan = fabrica.sweep(f"{design}.toml")
        self.assertEqual(str(plan.path), f"results/{design}")
        done = self.command("sensitivity", plan.path, "--series", "ishigami", "--at", "2015-01", "--json", *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual([axis["key"] for axis in report["axes"]], ["ishigami.x1", "ishigami.x2", "ishigami.x3"])
        self.assertEqual(report["points_used"], len(plan.manifest))
        return report

    def near(self, report, name, exact, within):
        for axis, value in zip(report["axes"], exact):
            self.assertLess(abs(axis[name]["value"] - value), within, report["axes"])

    def test_polynomial_chaos_from_a_sobol_sequence(self):
        report = self.sensitivity("sobol", 512)
        self.assertEqual(report["method"], "pce")
        self.near(report, "first", FIRST, 0.02)
        self.near(report, "total", TOTAL, 0.02)

    def test_sobol_indices_from_saltellis_design(self):
        report = self.sensitivity("saltelli", 128)
        self.assertEqual([report["method"], report["points"]], ["sobol", 640])
        for axis, first, total in zip(report["axes"], FIRST, TOTAL):
            for name, exact in (("first", first), ("total", total)):
                self.assertLessEqual(axis[name]["low"], exact)
                self.assertGreaterEqual(axis[name]["high"], exact)
        chaos = json.loads(self.command("sensitivity", "results/saltelli", "--series", "ishigami", "--at", "2015-01", "--method", "pce", "--json").stdout)
        self.near(chaos, "first", FIRST, 0.02)

    def test_elementary_effects(self):
        report = self.sensitivity("morris", 40)
        for axis, exact in zip(report["axes"], MU_STAR):
            self.assertLessEqual(axis["mu_star"]["low"] - 1e-9, exact)
            self.assertGreaterEqual(axis["mu_star"]["high"] + 1e-9, exact)


class Sweeps(PythonTest):
    def test_a_plan_in_python(self):
        self.write("s.toml", SWEEP.format(design="sobol", points=4))
        plan = fabrica.sweep("s.toml", "P", plan_only=True)
        self.assertEqual([plan.status()["finished"], len(plan.manifest)], [0, 4])
        with self.assertRaisesRegex(RunFailed, "no good result"):
            plan.gather()
        plan = fabrica.sweep("s.toml", "P", jobs=2)
        self.assertEqual(plan.status()["finished"], 4)
        with plan.open() as ensemble:
            self.assertEqual(ensemble.sizes["run"], 4)
            self.assertEqual(list(ensemble["param_ishigami_x1"].values), list(plan.manifest["ishigami.x1"]))
            self.assertEqual(ensemble.ishigami.attrs["units"], "1")
        self.write("s.toml", SWEEP.format(design="sobol", points=4).replace('["ishigami"]', '["ishigami", "painted"]'))
        with fabrica.sweep("s.toml", "P").open() as ensemble:  # the plan asks for more: gathered again
            self.assertIn("painted", ensemble)

    def test_an_ensemble_with_holes_is_gathered_again_when_they_are_filled(self):
        self.write("s.toml", SWEEP.format(design="sobol", points=4).replace("points = 4", "points = 4\nreplicates = 2")
                   .replace("[sweep.set]", '[sweep.set]\n"toy.fail_seed" = 2'))
        with self.assertRaises(RunFailed):
            fabrica.sweep("s.toml", "P")
        plan = fabrica.Plan("P")
        self.assertEqual(len({one["id"] for one in plan.failures}), 4)
        self.assertIn("the paint is dry", plan.failures[0]["reason"])
        with plan.open(allow_missing=True) as ensemble:
            self.assertEqual(list(ensemble.present.values), [1, 0] * 4)
        stored = plan.path / plan.description["store"]
        lacking = plan.manifest["id"][1]
        (stored / f"{lacking}.h5").write_bytes((stored / f"{plan.manifest['id'][0]}.h5").read_bytes())
        with plan.open(allow_missing=True) as ensemble:  # looked at again: and what lies there is no result of that run
            self.assertEqual(list(ensemble.present.values), [1, 0] * 4)

    def test_what_is_wrong_in_a_sweep_file_is_said_with_its_place(self):
        self.write("s.toml", SWEEP.format(design="sobol", points=4).replace("ishigami.x2", "ishigami.y2"))
        with self.assertRaisesRegex(fabrica.ScenarioError, r"s\.toml:\d+:\d+: error"):
            fabrica.sweep("s.toml")
        with self.assertRaisesRegex(fabrica.FileError, "no plan"):
            fabrica.Plan("nowhere")


if __name__ == "__main__":
    main("xarray", "h5netcdf", "pandas", "openturns", "matplotlib")
