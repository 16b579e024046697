"""Opens a result with the software other people use and compares every number: test_readers.py WRITE_SAMPLE.

The values are those of tests/sim/record/sample.hpp, computed here once more.
"""

import hashlib
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py
import netCDF4
import numpy as np
import xarray as xr

MONTHS = 30
M, C, S = np.ogrid[:MONTHS, :3, :2]
ITEMS = 1000 * M + 10 * C + S
WORTH = 2**53 + 1 + 7 * M[:, :, 0] + C[:, :, 0]
USE = (0.5 + 0.01 * M[:, :, 0] + 0.1 * C[:, :, 0]).astype(np.float32)
LEVEL = np.sqrt(1.0 + np.arange(MONTHS))
AGENT = [2**63 | (row // 2) if row % 2 == 0 else 7 for row in range(2 * MONTHS)]


def tool(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Readers(unittest.TestCase):
    writer = ""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = str(Path(cls.folder.name) / "sample.h5")
        tool(cls.writer, cls.path, str(MONTHS))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_ncdump_sees_dimensions_units_and_groups(self):
        header = tool("ncdump", "-h", self.path)
        for line in ["time = UNLIMITED ; // (30 currently)", "int64 items(time, colour, shape)", 'time:calendar = "360_day"',
                     'time:units = "days since 2015-01-01 00:00:00"', 'worth:cell_methods = "time: sum"', "string colour(colour)",
                     "use:_FillValue = NaNf", "double use_seen(time, colour)", 'use_seen:source = "2013: a survey; 2015: another"', "group: yearly {", "group: panel_events {", "group: observed {", 'what:flag_meanings = "born grown gone"',
                     ':Conventions = "CF-1.8"', ':status = "complete"']:
            self.assertIn(line, header)
        self.assertNotIn("items:_FillValue", header)

    def test_the_writer_uses_the_serial_library(self):
        libraries = tool("ldd", self.writer)
        self.assertIn("libhdf5_serial", libraries)
        self.assertNotIn("mpi", libraries)

    def test_h5dump_reads_all_of_it_and_sees_the_filters(self):
        text = tool("h5dump", "-p", "-d", "/items", self.path)
        for word in ["PREPROCESSING SHUFFLE", "COMPRESSION DEFLATE { LEVEL 1 }", "CHECKSUM FLETCHER32", "CHUNKED ( 30, 3, 2 )", "H5T_STD_I64LE"]:
            self.assertIn(word, text)
        self.assertIn("PANEL_EVENTS", tool("h5dump", self.path).upper())

    def test_h5py_reads_the_same_numbers(self):
        with h5py.File(self.path) as file:
            self.assertEqual(list(file["colour"].asstr()), ["red", "green", "blue"])
            np.testing.assert_array_equal(file["items"], ITEMS)
            np.testing.assert_array_equal(file["worth"], WORTH)
            np.testing.assert_array_equal(file["use"], USE)
            np.testing.assert_array_equal(file["level"], LEVEL)
            np.testing.assert_array_equal(file["panel_events/agent"], np.array(AGENT, dtype=np.uint64))
            self.assertEqual([d[0].name for d in file["items"].dims], ["/time", "/colour", "/shape"])
            np.testing.assert_array_equal(file["observed/time_bounds"], [[-720, -360], [0, 360]])
            self.assertEqual([d[0].name for d in file["observed/use_seen"].dims], ["/observed/time", "/colour"])
            self.assertEqual(file.attrs["seed"], 42)
            self.assertEqual(len(file.attrs["scenario_toml"]), 100_000)

    def test_every_dimension_of_every_dataset_has_a_scale(self):
        def check(name, thing):
            if isinstance(thing, h5py.Dataset) and "CLASS" not in thing.attrs:
                self.assertTrue(all(len(dim) == 1 for dim in thing.dims), name)

        with h5py.File(self.path) as file:
            file.visititems(check)

    def test_the_digests_are_those_of_the_values(self):
        with h5py.File(self.path) as file:
            for name in ["items", "worth", "use", "level", "time", "yearly/tally", "panel_events/what", "observed/use_seen", "observed/time_bounds"]:
                self.assertEqual(file[name].attrs["sha256"], hashlib.sha256(file[name][()].tobytes()).hexdigest(), name)

    def test_xarray_reads_the_same_numbers_with_both_engines(self):
        for engine in ["netcdf4", "h5netcdf"]:
            with self.subTest(engine=engine), xr.open_dataset(self.path, engine=engine) as data:
                self.assertEqual(data["items"].dims, ("time", "colour", "shape"))
                self.assertEqual(data.worth.dtype, np.int64)
                np.testing.assert_array_equal(data["items"], ITEMS)
                np.testing.assert_array_equal(data.worth, WORTH)
                np.testing.assert_array_equal(data.use, USE)
                self.assertEqual(list(data.colour_title.values), ["Red", "Grün", "蓝"])
                self.assertEqual(str(data.time.values[1])[:10], "2015-02-30")
                np.testing.assert_array_equal(data.sel(colour="blue", shape="round")["items"], 1000 * np.arange(MONTHS) + 20)
            with xr.open_dataset(self.path, engine=engine, group="yearly") as yearly:
                np.testing.assert_array_equal(yearly.tally, [[11, -11], [23, -23]])
            with xr.open_dataset(self.path, engine=engine, group="panel_events") as panel:
                np.testing.assert_array_equal(panel.amount.values[::2], 0.5 * np.arange(MONTHS))

    def test_xarray_lays_observed_values_beside_simulated_ones(self):
        for engine in ["netcdf4", "h5netcdf"]:
            with self.subTest(engine=engine), xr.open_dataset(self.path, engine=engine, group="observed") as seen:
                self.assertEqual([str(t)[:10] for t in seen.time.values], ["2013-12-30", "2015-12-30"])
                self.assertEqual(seen.use_seen.dims, ("time", "colour"))
                np.testing.assert_array_equal(seen.use_seen, [[0.5, np.nan, 0.7], [0.55, 0.65, np.nan]])
                np.testing.assert_array_equal(seen.level_seen, [np.nan, 1.5])
                self.assertEqual((seen.use_seen.attrs["units"], seen.use_seen.attrs["result_series"]), ("1", "use"))
                with xr.open_dataset(self.path, engine=engine) as data:
                    simulated = data[seen.use_seen.attrs["result_series"]]
                    self.assertEqual(simulated.sizes["colour"], seen.use_seen.sizes["colour"])

    def test_netcdf4_sees_the_same_tree(self):
        with netCDF4.Dataset(self.path) as data:
            self.assertEqual(list(data.dimensions), ["colour", "shape", "bounds", "time"])
            self.assertEqual(list(data.groups), ["yearly", "panel_events", "observed"])
            self.assertEqual(data["observed/use_seen"].dimensions, ("time", "colour"))
            self.assertEqual(len(data["observed"].dimensions["time"]), 2)
            self.assertTrue(data.dimensions["time"].isunlimited())
            self.assertEqual(data["panel_events/day"].dimensions, ("row",))


if __name__ == "__main__":
    Readers.writer = sys.argv.pop()
    unittest.main()
