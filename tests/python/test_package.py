#!/usr/bin/python3
"""The package over the command line: test_package.py TOY_PROGRAM FABRICA."""

import datetime
import os
import shutil
import subprocess
import sys
import unittest

from python_test import SCRIPTS, TOY_SCENARIO, PythonTest, main

import fabrica
from fabrica import scalar
from fabrica.results import open_series
from fabrica.toml_text import tables, toml_literal, toml_value

REAL = os.path.abspath(sys.argv.pop(2))
NIGHT = TOY_SCENARIO.parent / "studies/night.toml"


class Runs(PythonTest):
    def test_a_run_gives_its_summary_and_its_series(self):
        result = fabrica.run(TOY_SCENARIO, {"run.end": datetime.date(2015, 4, 1), "paint.tool": "roller"}, seed=7, out="a.h5")
        self.assertEqual(result.summary["seed"], 7)
        self.assertTrue(result.path.is_absolute())
        with result.open() as series:
            self.assertEqual(dict(series.painted.sizes), {"time": 3, "colour": 3})
            self.assertEqual(series.painted.attrs["units"], "m2")
            self.assertEqual(str(series.time.values[-1])[:10], "2015-03-31")

    def test_text_is_passed_as_on_the_command_line(self):
        result = fabrica.run(TOY_SCENARIO, {"run.end": "2015-02-01"}, out="a.h5")
        self.assertEqual(result.summary["days"], 31)

    def test_each_exit_code_has_its_exception_with_the_message_of_the_program(self):
        fabrica.run(TOY_SCENARIO, out="there.h5")
        cases = [
            (fabrica.ScenarioError, 3, "did you mean 'speed'", {"set": {"paint.sped": 2}}),
            (fabrica.RunFailed, 1, "the paint is dry", {"set": {"toy.fail": True}}),
            (fabrica.FileError, 5, "there.h5 exists", {"out": "there.h5"}),
            (fabrica.UsageError, 2, "'--bad' is no option", {"options": ["--bad"]}),
        ]
        for kind, code, text, arguments in cases:
            with self.assertRaises(kind) as caught:
                fabrica.run(TOY_SCENARIO, **arguments)
            self.assertEqual(caught.exception.exit_code, code)
            self.assertIn(text, caught.exception.message)
            self.assertEqual(caught.exception.command[0], self.program)

    def test_an_existing_result_is_overwritten_when_forced(self):
        first = fabrica.run(TOY_SCENARIO, out="a.h5")
        self.assertEqual(fabrica.run(TOY_SCENARIO, out="a.h5", force=True).summary, first.summary)

    def test_a_program_killed_by_a_signal_is_told(self):
        with self.assertRaises(fabrica.FabricaError) as caught:
            fabrica.run("x", program=self._dying())
        self.assertEqual(caught.exception.exit_code, -9)
        self.assertIn("signal 9", caught.exception.message)

    def _dying(self):
        self.write("dying", "#!/bin/sh\nkill -9 $$\n")
        os.chmod(self.path("dying"), 0o755)
        return self.path("dying")

    def test_progress_is_passed_on(self):
        words = f"import fabrica; fabrica.run({str(TOY_SCENARIO)!r}, out='p.h5', progress=True)"
        done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(SCRIPTS)})
        self.assertIn("100 %", done.stderr)


class Finding(PythonTest):
    def test_argument_before_variable_before_path(self):
        self.assertEqual(fabrica.find_program("/bin/true"), "/bin/true")
        self.assertEqual(fabrica.find_program(), self.program)
        os.environ["FABRICA"] = "/nowhere/fabrica"
        self.addCleanup(os.environ.__setitem__, "FABRICA", self.program)
        with self.assertRaisesRegex(fabrica.ProgramNotFound, "FABRICA"):
            fabrica.find_program()

    def test_path_then_build_folder(self):
        kept = {name: os.environ.pop(name) for name in ("FABRICA", "PATH")}
        self.addCleanup(os.environ.update, kept)
        built = self.path("build/release/fabrica")
        os.makedirs(os.path.dirname(built))
        shutil.copy("/bin/true", built)
        os.makedirs("deep/er")
        os.chdir("deep/er")
        os.environ["PATH"] = "/nowhere"
        found = fabrica.find_program()
        self.assertTrue(found.endswith("build/release/fabrica"), found)
        os.environ["PATH"] = os.path.dirname(built)
        self.assertEqual(fabrica.find_program(), built)


class Effects(PythonTest):
    def test_a_table_with_intervals(self):
        table = fabrica.effect(TOY_SCENARIO, NIGHT, series=["painted[colour=red]", "waste_share"], at=2015)
        painted, waste = (row for _, row in table.iterrows())
        self.assertEqual([painted.policy, painted.unit, painted.pairs], ["night", "m2", 16])
        self.assertLess(painted.low, painted.effect)
        self.assertLess(painted.effect, painted.high)
        self.assertEqual(waste.effect, 0.0)
        self.assertEqual(table.attrs["report"]["seeds"], 16)

    def test_unknown_series(self):
        with self.assertRaisesRegex(fabrica.UsageError, "painted"):
            fabrica.effect(TOY_SCENARIO, NIGHT, series="paintd")


class Results(PythonTest):
    def test_exact_integers_stay_integers_and_the_books_close(self):
        result = fabrica.run("fabrica:toyland", out="t.h5", program=REAL)
        with result.open() as series:
            for name in ("output", "revenue", "loans", "firms", "transactions"):
                self.assertEqual(str(series[name].dtype), "int64", name)
            self.assertEqual(series.revenue.attrs["units"], "fen")
            self.assertTrue((series.transactions.sum("holder") == 0).all())
            self.same_alone("t.h5", series)
        with result.open("yearly") as yearly:
            self.assertGreater(len(yearly.data_vars), 0)

    def same_alone(self, path, whole):
        """Each series read by itself is the one of the whole result."""
        names = [name for name, one in whole.data_vars.items() if "time" in one.dims and name != "time_bounds"]
        alone = open_series(path, names)
        for name in names:
            expected = whole[name].drop_vars([one for one in whole[name].coords if one.endswith("_title")])
            self.assertTrue(expected.identical(alone[name]), name)
            self.assertEqual(expected.dtype, alone[name].dtype, name)
        self.assertIn(names[0], open_series(path, [names[0], "nowhere"]))

    def test_what_is_no_result(self):
        self.write("text.h5", "not HDF5")
        with self.assertRaisesRegex(fabrica.FileError, "no such file"):
            fabrica.open("none.h5")
        with self.assertRaisesRegex(fabrica.FileError, "cannot be read"):
            fabrica.open("text.h5")
        with self.assertRaisesRegex(fabrica.FileError, "cannot be read"):
            open_series("text.h5", ["painted"])
        fabrica.run(TOY_SCENARIO, out="a.h5")
        with self.assertRaisesRegex(fabrica.FileError, "a.h5"):
            fabrica.open("a.h5", "yearly")

    def test_numbers_are_those_of_effect(self):
        table = fabrica.effect(TOY_SCENARIO, NIGHT, series="painted,painted[colour=green],waste_share", at="2015-03", store="runs", out="effect.json")
        self.assertTrue(os.path.isfile("effect.json"))
        values = {row["series"]: row["values"][0]["base"] for row in table.attrs["report"]["effects"]}
        with fabrica.run(TOY_SCENARIO, seed=1, out="a.h5").open() as series:
            for name, value in values.items():
                self.assertEqual(scalar.mean_at(series, name, "2015-03").item(), value)

    def test_series_that_are_not_there(self):
        with fabrica.run(TOY_SCENARIO, out="a.h5").open() as series:
            for text, said in (("paint", "painted"), ("painted[color=red]", "colour"), ("painted[colour=pink]", "green"), ("painted[", "NAME")):
                with self.assertRaisesRegex(fabrica.UsageError, said):
                    scalar.select(series, text)
            for at in ("15", "2015-13", "2016"):
                with self.assertRaises(fabrica.UsageError):
                    scalar.mean_at(series, "painted", at)

    def test_other_calendar(self):
        with fabrica.run(TOY_SCENARIO, {"run.calendar": "360_day"}, out="a.h5").open() as series:
            self.assertGreater(scalar.mean_at(series, "painted", 2015).item(), 0)
            self.same_alone("a.h5", series)


class Toml(unittest.TestCase):
    def test_values(self):
        cases = [(True, "true"), (3, "3"), (0.1, "0.1"), (1e-7, "1e-07"), ("roller", "roller"), (datetime.date(2016, 1, 1), "2016-01-01"),
                 ([0.5, "a"], '[0.5, "a"]'), ({"from": datetime.date(2016, 1, 1), "a b": 1}, '{from = 2016-01-01, "a b" = 1}')]
        for value, text in cases:
            self.assertEqual(toml_value(value), text)
        self.assertEqual(toml_literal('a"b\n'), '"a\\"b\\n"')
        for value in (float("nan"), float("inf")):
            self.assertRaises(ValueError, toml_value, value)
        self.assertRaises(TypeError, toml_value, object())

    def test_dotted_keys_become_tables(self):
        self.assertEqual(tables({"a.b.c": 1, "top": "x", "a.b.d": 2.5}), 'top = "x"\n\n[a.b]\nc = 1\nd = 2.5\n')


class Installation(PythonTest):
    def test_offline_in_an_environment_with_the_systems_packages(self):
        shutil.copytree(SCRIPTS, self.path("scripts"))
        subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", "v"], check=True)
        pip = subprocess.run(["v/bin/pip", "install", "--no-build-isolation", "--no-index", "scripts/"], capture_output=True, text=True, check=False)
        self.assertEqual(pip.returncode, 0, pip.stderr)
        words = f"import fabrica; print(fabrica.__file__); fabrica.run({str(TOY_SCENARIO)!r}, out='v.h5').open().close()"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(["v/bin/python3", "-c", words], capture_output=True, text=True, check=False, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("site-packages", done.stdout)
        helped = subprocess.run(["v/bin/python3", "-m", "fabrica", "sensitivity", "--help"], capture_output=True, text=True, check=False, env=environment)
        self.assertIn("--series", helped.stdout)


if __name__ == "__main__":
    main("xarray", "h5netcdf", "pandas")
