#!/usr/bin/python3
"""`verify FOLDER` holds scenarios against their references, and says what moved, since when, by how much and in which module.

usage: test_references.py PROGRAM   (the toy application)
"""
import json
import os
import re
import signal
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

PROGRAM = ""


class References(ScratchTest):
    def setUp(self):
        super().setUp()
        self.write("cases/plain.toml", 'extends = "toy:white"\n[run]\nname = "plain"\ntitle = "Plain"\n')
        self.write("cases/fast.toml", 'extends = "toy:white"\n[run]\nname = "fast"\n[paint]\nspeed = 3.0\n')
        self.write("cases/notes.md", "no scenario")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return file.read()

    def verify(self, *arguments, folder="cases"):
        return subprocess.run([PROGRAM, "verify", folder, "--references", "kept", *arguments], cwd=self.folder, capture_output=True, text=True,
                              timeout=120, check=False, env={**os.environ, "TMPDIR": self.folder})

    def make(self, reason="first record"):
        result = self.verify("--update", "--reason", reason)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def test_what_is_untouched_passes_on_any_number_of_threads(self):
        self.make()
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "kept"))), ["CHANGES.md", "fast.json", "plain.json"])
        for threads in ("1", "2", "4", "1,2,4"):
            result = self.verify("--threads", threads)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("# All 6 runs of cases agree with their references", result.stdout)
        self.assertIn("| plain, 4 threads | same | 0 | - | - |", result.stdout)
        self.assertEqual(sorted(os.listdir(self.folder)), ["cases", "kept"])  # nothing else is left behind

    def test_a_reference_has_the_digest_of_each_series(self):
        self.make()
        reference = json.loads(self.read("kept/plain.json"))
        self.assertEqual((reference["title"], reference["periods"], reference["first"], reference["last"]), ("Plain", 12, "2015-01-31", "2015-12-31"))
        painted = reference["series"]["painted"]
        self.assertEqual((painted["module"], painted["unit"], painted["cells"], painted["missing"], painted["amount"]), ("paint", "m2", 3, 0, False))
        self.assertEqual((len(painted["column"]), len(painted["periods"])), (16, 4 * 12))
        out = os.path.join(self.folder, "x.h5")
        subprocess.run([PROGRAM, "run", "cases/plain.toml", "-q", "-o", out], cwd=self.folder, check=True, capture_output=True)
        import h5py  # noqa: PLC0415
        with h5py.File(out) as file:
            values = file["painted"][...]
        self.assertEqual((painted["min"], painted["max"]), (values.min(), values.max()))
        self.assertAlmostEqual(painted["sum"], values.sum(), delta=1e-9 * values.sum())
        self.assertAlmostEqual(painted["first"], values[0].sum(), delta=1e-9 * values.sum())
        self.assertAlmostEqual(painted["last"], values[-1].sum(), delta=1e-9 * values.sum())

    def test_what_moved_is_named_with_its_module_date_and_size(self):
        self.make()
        self.write("cases/plain.toml", self.read("cases/plain.toml") + '[[shock]]\nid = "rain"\non = 2015-05-01\nuntil = 2015-06-01\nsize = -0.25\n')
        result = self.verify("--report", "moved.md")
        self.assertEqual(result.returncode, 4)
        self.assertIn("# Of 2 runs of cases: 1 moved", result.stdout)
        self.assertIn("| plain | moved | 1 | `painted` | 2015-05-31 |", result.stdout)
        self.assertIn("The scenario or its data are not what they were", result.stdout)
        self.assertIn("paint (1 series, from 2015-05-31)", result.stdout)
        self.assertIn("--update --reason", result.stderr)
        self.assertEqual(self.read("moved.md"), result.stdout)
        report = json.loads(self.verify("--json").stdout)
        self.assertFalse(report["same"])
        run = next(r for r in report["runs"] if r["scenario"] == "plain")
        self.assertEqual((run["verdict"], run["inputs_changed"], len(run["series"])), ("moved", True, 1))
        series = run["series"][0]
        self.assertEqual((series["name"], series["module"], series["what"], series["first"]), ("painted", "paint", "moved", "2015-05-31"))
        self.assertGreater(series["change_of_sum"], 0)
        self.assertEqual(series["change_of_last"], 0)

    def test_overrides_move_results_and_are_told(self):
        self.make()
        result = self.verify("--set", "paint.waste_share=0.0500001")
        self.assertEqual(result.returncode, 4)
        self.assertIn("Run with --set paint.waste_share=0.0500001.", result.stdout)
        self.assertIn("| `waste_share` | paint | moved | 2015-01-31 |", result.stdout)
        self.assertNotIn("`painted`", result.stdout)
        self.assertNotIn("The scenario or its data", result.stdout)

    def test_a_tolerance_lets_small_differences_pass_by_class(self):
        self.make()
        close = ("--set", "paint.waste_share=0.0500001")  # a part of 2e-6
        self.assertEqual(self.verify(*close, "--tolerance", "1e-5").returncode, 0)
        self.assertEqual(self.verify(*close, "--tolerance", "1e-7").returncode, 4)
        self.assertEqual(self.verify(*close, "--tolerance", "shares=1e-5").returncode, 0)
        self.assertEqual(self.verify(*close, "--tolerance", "amounts=1e-5").returncode, 4)

    def test_new_and_gone_scenarios_and_series_are_named(self):
        self.make()
        os.rename(os.path.join(self.folder, "cases/fast.toml"), os.path.join(self.folder, "cases/swift.toml"))
        self.write("cases/plain.toml", self.read("cases/plain.toml") + '[rule.levy]\nkind = "tax"\n')
        result = self.verify()
        self.assertEqual(result.returncode, 4)
        self.assertIn("# Of 3 runs of cases: 1 moved, 1 new, 1 gone", result.stdout)
        self.assertIn("## swift\n\nThere is no reference of this name.", result.stdout)
        self.assertIn("## fast\n\nThere is a reference, and no scenario of this name.", result.stdout)
        self.assertIn("| `spent` | rules | reshaped |", result.stdout)  # two rules now
        self.make("a levy, and another name")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "kept"))), ["CHANGES.md", "plain.json", "swift.json"])
        text = self.read("kept/plain.json")
        self.write("kept/plain.json", text.replace('"painted"', '"drawn"'))
        result = self.verify()
        self.assertEqual(result.returncode, 4)
        self.assertIn("| `painted` | paint | new |", result.stdout)
        self.assertIn("| `drawn` | paint | gone |", result.stdout)

    def test_an_update_demands_a_reason_and_keeps_it(self):
        for options in (["--update"], ["--update", "--reason", " "], ["--reason", "why"], ["--update", "--reason", "x", "--set", "paint.speed=9"],
                        ["--update", "--reason", "x", "--threads", "1,2"], ["--update", "--reason", "x", "--tolerance", "1e-3"]):
            result = self.verify(*options)
            self.assertEqual((result.returncode, result.stdout), (2, ""), options)
            self.assertIn("help:", result.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "kept")))
        self.make("first record")
        self.write("cases/plain.toml", self.read("cases/plain.toml").replace("[run]", "[paint]\nspeed = 4.0\n[run]"))
        self.assertIn("  plain\n", self.make("painters are faster " + 40 * "word ").stdout)
        changes = self.read("kept/CHANGES.md")
        self.assertRegex(changes, r"^# Changes of the reference results\n\nNewest first\..*\n\n- \*\*plain\*\* painters are faster")
        self.assertIn("\n\n- **fast, plain** first record\n", changes)
        self.assertLess(max(map(len, changes.splitlines())), 151)
        self.assertEqual(self.verify().returncode, 0)
        self.assertIn("All references are what they were.", self.make("nothing").stdout)
        self.assertNotIn("nothing", self.read("kept/CHANGES.md"))

    def test_damaged_references_are_named_all_at_once(self):
        self.make()
        whole = self.read("kept/plain.json")
        self.write("kept/fast.json", '{"format": 1}')
        for damaged in (whole[:300], "", whole.replace('"periods": 12', '"periods": 11'), whole.replace('"format": 1', '"format": 9'), "[1, 2]"):
            self.write("kept/plain.json", damaged)
            result = self.verify()
            self.assertEqual((result.returncode, result.stdout), (5, ""), damaged[:40])
            for name in ("kept/fast.json", "kept/plain.json"):
                self.assertIn(name + ": cannot read the reference", result.stderr)
            self.assertIn("--update --reason", result.stderr)

    def test_wrong_scenarios_are_all_told_and_nothing_is_run(self):
        self.make()
        self.write("cases/bad.toml", "[paint]\nspeeed = 1\n")
        self.write("cases/worse.toml", "[paint]\nspeed = -1\n")
        result = self.verify()
        self.assertEqual((result.returncode, result.stdout), (3, ""))
        self.assertIn("bad.toml:2:1", result.stderr)
        self.assertIn("worse.toml:2", result.stderr)

    def test_a_run_that_fails_stops_no_other_and_no_reference_is_written(self):
        self.write("cases/broken.toml", 'extends = "toy:white"\n[toy]\nfail = true\n')
        result = self.verify()
        self.assertEqual(result.returncode, 1)
        self.assertIn("The run failed: the paint is dry", result.stdout)
        self.assertIn("2 new, 1 failed", result.stdout)
        result = self.verify("--update", "--reason", "x")
        self.assertEqual(result.returncode, 1)
        self.assertIn("broken failed: the paint is dry", result.stderr)
        self.assertEqual(os.listdir(os.path.join(self.folder, "kept")) if os.path.exists(os.path.join(self.folder, "kept")) else [], [])

    def test_places_that_are_not_there_or_cannot_be_written(self):
        result = self.verify(folder="casses")
        self.assertEqual((result.returncode, result.stdout), (3, ""))
        self.assertIn("there is no folder 'casses'", result.stderr)
        os.mkdir(os.path.join(self.folder, "empty"))
        result = self.verify(folder="empty")
        self.assertEqual((result.returncode, result.stdout), (3, ""))
        self.assertIn("there is no scenario in the folder empty", result.stderr)
        result = self.verify("--report", "no/such/folder.md")
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("there is no folder no/such", result.stderr)
        self.write("kept", "a file")
        result = self.verify("--update", "--reason", "x")
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("--references", result.stderr)
        self.assertEqual(self.read("kept"), "a file")

    def test_wrong_use_is_code_2(self):
        self.make()
        for options in (["--threads", "0"], ["--threads", "x"], ["--tolerance", "-1"], ["--tolerance", "prices=1e-3"], ["--tolerance", "2"],
                        ["--blocks", "7"], ["--keep", "x"], ["--determinism", "--update", "--reason", "x"]):
            result = self.verify(*options)
            self.assertEqual((result.returncode, result.stdout), (2, ""), options)
            self.assertIn("error", result.stderr)

    def test_an_interruption_has_its_own_code(self):
        process = subprocess.Popen([PROGRAM, "verify", "cases", "--references", "kept", "--set", "toy.sleep_ms=50"], cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": self.folder})
        for _ in range(200):  # until the first run writes
            time.sleep(0.05)
            if any(name.startswith("fabrica-") for name in os.listdir(self.folder)):
                break
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 143)
        self.assertEqual(sorted(os.listdir(self.folder)), ["cases"])


class Diff(ScratchTest):
    def diff(self, *arguments):
        return subprocess.run([PROGRAM, "diff", *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)

    def simulate(self, out, *more):
        subprocess.run([PROGRAM, "run", "toy:white", "-q", "-o", out, *more], cwd=self.folder, check=True, capture_output=True)

    def setUp(self):
        super().setUp()
        self.simulate("a.h5")

    def test_the_same_data_with_other_threads_and_another_name(self):
        self.simulate("b.h5", "--threads", "3")
        result = self.diff("a.h5", "b.h5")
        self.assertEqual((result.returncode, result.stdout), (0, "The data are the same.\n"))
        self.assertEqual(json.loads(self.diff("a.h5", "b.h5", "--json").stdout), {"same": True})
        self.simulate("c.h5", "--set", "paint.drift=1", )  # changes nothing that is recorded
        self.assertEqual(self.diff("a.h5", "c.h5").returncode, 0)
        self.assertEqual(self.diff("a.h5", "c.h5", "--attributes").returncode, 4)

    def test_the_first_difference_has_variable_cell_and_time(self):
        self.simulate("b.h5", "--set", "shock.rain.size=-0.25")
        result = self.diff("a.h5", "b.h5")
        self.assertEqual(result.returncode, 4)
        self.assertRegex(result.stdout, r"^first difference: /painted \[colour=red\] at 2015-05-31: [0-9.]+ against [0-9.]+\n$")
        report = json.loads(self.diff("a.h5", "b.h5", "--json").stdout)
        self.assertEqual((report["same"], report["difference"]["variable"], report["difference"]["time"]), (False, "/painted", "2015-05-31"))

    def test_what_cannot_be_read_is_code_5(self):
        with open(os.path.join(self.folder, "a.h5"), "rb") as file:
            whole = file.read()
        self.assertEqual(self.diff("a.h5", "none.h5").returncode, 5)
        with open(os.path.join(self.folder, "cut.h5"), "wb") as file:
            file.write(whole[: len(whole) // 2])
        self.assertEqual(self.diff("cut.h5", "a.h5").returncode, 5)
        with open(os.path.join(self.folder, "text.h5"), "w", encoding="utf-8") as file:
            file.write("no result")
        self.assertEqual(self.diff("a.h5", "text.h5").returncode, 5)
        self.assertEqual(self.diff("a.h5").returncode, 2)

    def test_a_damaged_file_is_not_taken_for_another_run(self):
        import h5py  # noqa: PLC0415
        with open(os.path.join(self.folder, "a.h5"), "rb") as file:
            whole = file.read()
        with open(os.path.join(self.folder, "bad.h5"), "wb") as file:
            file.write(whole)
        with h5py.File(os.path.join(self.folder, "bad.h5"), "r+") as file:
            file["painted"][3, 1] += 1
        result = self.diff("a.h5", "bad.h5")
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertTrue(re.search("bad.h5.*damaged", result.stderr), result.stderr)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
