"""scripts/plot_run.py draws what a file holds and says in one line why it cannot: test_plot.py WRITE_SAMPLE."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import synthetic_run
import xarray as xr

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from plot_data import Run  # noqa: E402
from plot_panels import chained  # noqa: E402

SCRIPT = str(Path(__file__).parents[2] / "scripts" / "plot_run.py")


def plot(*arguments):
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)


class Pictures(unittest.TestCase):
    writer = ""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = self.file("run.h5")

    def file(self, name):
        return str(Path(self.folder.name) / name)

    def assert_fails(self, done, *words):
        self.assertEqual(done.returncode, 5)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_all_series_make_a_page_also_against_another_run(self):
        synthetic_run.write(self.path)
        synthetic_run.write(self.file("other.h5"), 0.08)
        done = plot(self.path, "--against", self.file("other.h5"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertGreater(Path(self.file("run.png")).stat().st_size, 200_000)

    def test_observations_are_found_by_series_measure_and_dimension(self):
        synthetic_run.write(self.path)
        run = Run(self.path)
        growth, covers = run.observed.find("output", measure="growth")
        self.assertEqual((sorted(growth), covers), (list(range(2015, 2021)), "above scale"))  # 2013 and 2014 lie before the run
        self.assertEqual(sorted(run.observed.find("capacity_utilisation")[0]), [2015, 2017, 2019])
        by_owner, _ = run.observed.find("debt_ratio", "ownership")
        self.assertAlmostEqual(by_owner[2020][1], 0.58)
        self.assertEqual(run.observed.find("output"), ({}, ""))
        self.assertEqual(run.observed.find("debt_ratio"), ({}, ""))

    def test_a_growing_index_stops_at_the_first_gap(self):
        self.assertEqual(chained({2016: 0.5, 2017: -0.5, 2019: 1.0}, 2015, 100.0), {2016: 150.0, 2017: 75.0})

    def test_each_series_alone_makes_a_page_or_says_that_there_is_nothing_to_draw(self):
        synthetic_run.write(self.path)
        with xr.open_dataset(self.path, engine="h5netcdf", decode_times=False) as data:
            for name in ["output", "capacity_utilisation", "price_index", "loans", "wage_index"]:
                data[[name]].to_netcdf(self.file("one.h5"), engine="h5netcdf")
                done = plot(self.file("one.h5"), "--out", self.file("one.png"))
                self.assertEqual(done.returncode, 5 if name == "wage_index" else 0, f"{name}: {done.stderr}")

    def test_short_runs_and_missing_dimensions_are_drawn(self):
        synthetic_run.write(self.path)
        with xr.open_dataset(self.path, engine="h5netcdf", decode_times=False) as data:
            data.isel(time=slice(0, 7)).to_netcdf(self.file("short.h5"), engine="h5netcdf")
            data.sum("ownership").to_netcdf(self.file("flat.h5"), engine="h5netcdf")
        for name in ["short", "flat"]:
            done = plot(self.file(f"{name}.h5"))
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)

    def test_wrong_files_are_one_line(self):
        self.assert_fails(plot(self.file("none.h5")), "none.h5", "No such file")
        Path(self.file("text.h5")).write_text("text")
        self.assert_fails(plot(self.file("text.h5")), "text.h5")
        subprocess.run([self.writer, self.file("sample.h5"), "30"], check=True, capture_output=True)
        self.assert_fails(plot(self.file("sample.h5")), "none of the series")
        subprocess.run([self.writer, self.file("tiny.h5"), "1"], check=True, capture_output=True)
        self.assert_fails(plot(self.file("tiny.h5")), "1 months are too few")


if __name__ == "__main__":
    Pictures.writer = sys.argv.pop()
    unittest.main()
