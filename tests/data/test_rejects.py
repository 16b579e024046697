"""Broken copies of Toyland are each caught by scripts/check_data.py, with the file and line of the fault."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOYLAND = ROOT / "scenarios" / "data" / "toyland"

# what is broken, file, text to find, text to put (None: remove the file), error expected
FAULTS = [
    ("file gone", "regions.csv", None, None, "regions.csv: error: no such file"),
    ("no licence", "sectors.csv", "# licence:", "# lizenz:", "sectors.csv:1: error: the header has no '# licence:' line"),
    ("no unit", "labour.csv", "# unit:", "# units", "labour.csv:1: error: the header has no '# unit:' line"),
    ("column renamed", "ownership.csv", "leverage_target", "leverage", "ownership.csv:6: error: column leverage_target is missing"),
    ("no provenance", "input_output.csv", "0.05,assumed: toyland", "0.05,", "provenance '' does not start with"),
    ("field missing", "regions.csv", "N,1,North,", "N,North,", "regions.csv:7: error: 15 fields, expected 16"),
    ("not a number", "sectors.csv", "0.001000", "lots", "gross_output_2015_tn = 'lots' is not a number"),
    ("infinite", "hazard_by_age.csv", "0.100", "inf", "hazard_by_age.csv:8: error: hazard = 'inf' is not a number"),
    ("not UTF-8", "regions.csv", "North", b"N\xff", "regions.csv: error: not UTF-8 text"),
    ("negative jobs", "sectors.csv", "0.0010,20", "-0.0010,20", "sectors.csv:7: error: employment_2015_m = -0.0010 is negative"),
    ("negative input", "input_output.csv", "ore,ore,domestic,0.10", "ore,ore,domestic,-0.10", "coefficient = -0.1 is negative"),
    ("duplicate sector", "sectors.csv", "tools,Tools", "ore,Tools", "sectors.csv:8: error: ore is a duplicate of"),
    ("duplicate coefficient", "input_output.csv", "tools,ore,domestic", "ore,ore,domestic", "is a duplicate of"),
    ("unknown supplier", "input_output.csv", "LAND,ore", "SEA,ore", "input_output.csv:10: error: row = 'SEA' is unknown"),
    ("unknown buyer", "input_output.csv", "ore,ore,domestic", "ore,oar,domestic", "column = 'oar' is unknown"),
    ("unknown seller of machines", "capital_goods.csv", "TOWN,", "CON,", "capital_goods.csv:8: error: supplier = 'CON' is unknown"),
    ("unknown sector of a policy", "policy_calendar.csv", "purchase_subsidy,tools", "purchase_subsidy,cars", "'cars' is unknown"),
    ("unknown ownership", "ownership.csv", "joint_venture,", "cooperative,", "code joint_venture is missing"),
    ("sector without utilisation", "utilisation_targets.csv", "cloth,", "ore,", "code cloth is missing"),
    ("column sum", "input_output.csv", "tools,ore,domestic,0.20", "tools,ore,domestic,0.25", "column ore: sum is 1.05"),
    ("ownership sum", "sectors.csv", "0.50,0.50,0.00", "0.50,0.40,0.00", "sectors.csv:7: error: ore: sum of ownership shares is 0.9"),
    ("regions sum", "regions.csv", "12.00,0.60", "12.00,0.70", "sum of share_manufacturing_employment is 1.1"),
    ("capital goods sum", "capital_goods.csv", "0.750000", "0.700000", "sum of share is 0.95"),
    ("not productive", "input_output.csv", "ore,ore,domestic,0.10", "ore,ore,domestic,1.10", "the table is not productive"),
    ("demand does not give output", "sectors.csv", "0.001000", "0.001010", "ore: gross output from demand is 0.001, expected 0.00101"),
    ("total is not the sum", "final_demand.csv", "0.000220,0.000020", "0.000290,0.000020", "of_which_imported + domestic is"),
    ("unknown category", "final_demand.csv", "ore,Heavy,households", "ore,Heavy,temples", "category = 'temples' is unknown"),
    ("group differs", "final_demand.csv", "ore,Heavy,households", "ore,Light,households", "but sectors.csv says Heavy"),
    ("negative demand", "final_demand.csv", "0.000060,0.000000,0.000060", "-0.000060,0.000000,-0.000060", "households is negative"),
    ("hole in a path", "final_demand_paths.csv", "all,gdp,central,2026", "all,gdp,central,2027", "gap or overlap after 2025"),
    ("path missing", "final_demand_paths.csv", "Light,outside,low", "Light,outside,high", "Light has no low path for outside"),
    ("wrong date", "policy_calendar.csv", "2018-07-01", "2018-02-30", "policy_calendar.csv:8: error: day is out of range"),
    ("ends before it starts", "policy_calendar.csv", "2020-03-31", "2019-03-31", "end_date 2019-03-31 is before date 2020-02-01"),
    ("utilisation over 100", "utilisation_targets.csv", "ore,shared_branch,75.0", "ore,shared_branch,175.0", "outside (0, 100]"),
    ("unknown observed series", "observed_map.csv", "mfg_firms", "firmz", "observed_map.csv:7: error: observed = 'firmz' is unknown"),
    ("origins do not add up", "import_origins.csv", "all,1.00", "all,0.90", "ore: sum of the shares of partners is 0.9"),
    ("unknown origin", "import_origins.csv", "exports_island,all", "exports_moon,all", "partner = 'exports_moon' is unknown"),
    ("sector without CO2", "emissions.csv", "cloth,", "ore,", "code cloth is missing"),
    ("age skipped", "hazard_by_age.csv", "2,0.100", "4,0.100", "hazard_by_age.csv:8: error: expected age_years 2"),
]


class Rejects(unittest.TestCase):
    def break_and_check(self, folder, name, find, put):
        shutil.copytree(TOYLAND, folder)
        path = folder / name
        if find is None:
            path.unlink()
        else:
            text = path.read_bytes()
            self.assertIn(find.encode(), text, "the fault cannot be planted")
            path.write_bytes(text.replace(find.encode(), put if isinstance(put, bytes) else put.encode(), 1))
        return subprocess.run([sys.executable, ROOT / "scripts" / "check_data.py", folder], capture_output=True, text=True)

    def test_each_fault_is_caught(self):
        for what, name, find, put, expected in FAULTS:
            with self.subTest(what), tempfile.TemporaryDirectory() as scratch:
                done = self.break_and_check(pathlib.Path(scratch) / "toyland", name, find, put)
                self.assertEqual(done.returncode, 3)
                self.assertIn(expected, done.stderr)
                self.assertNotIn("Traceback", done.stderr)

    def test_a_folder_that_is_not_there(self):
        done = subprocess.run([sys.executable, ROOT / "scripts" / "check_data.py", "/nonexistent"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 3)
        self.assertIn("no such file", done.stderr)


if __name__ == "__main__":
    unittest.main()
