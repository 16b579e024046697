#!/usr/bin/python3
"""Every mutant of the list has its place in the source, and only the one that is chosen is changed."""
import re
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from mutate import mutated, read_mutants  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent


class Mutate(unittest.TestCase):
    def test_there_are_thirty_or_more_over_ten_parts_of_the_model_or_more(self):
        mutants = read_mutants()
        self.assertGreaterEqual(len(mutants), 30)
        self.assertGreaterEqual(len({m["file"].split("/")[1] for m in mutants}), 8)
        self.assertTrue(all(m["file"].startswith("models/") and m["file"].endswith(".cpp") and m["is"] != m["be"] for m in mutants))

    def test_each_has_its_place(self):
        mutants = read_mutants()
        for name in {m["file"] for m in mutants}:
            mine = [m for m in mutants if m["file"] == name]
            text = mutated((ROOT / name).read_text(encoding="utf-8"), mine)
            for m in mine:
                self.assertIn(f"(mutant_in_use == {m['number']} ? ({m['be']}) : ({m['is']}))", text)

    def test_the_report_is_of_these_mutants_and_enough_are_found(self):
        report = (ROOT / "tests" / "mutation" / "REPORT.md").read_text(encoding="utf-8")
        rows = [line.strip("|").split(" | ") for line in re.findall(r"^\| \d+ .*$", report, re.M)]
        told = [[cell.replace("\\|", "|").strip() for cell in row[:4]] for row in rows]
        self.assertEqual(told, [[str(m["number"]), m["mechanism"], f"`{m['is']}`", f"`{m['be']}`"] for m in read_mutants()])
        verify, units = (sum("**missed**" not in row[column] for row in rows) for column in (4, 5))
        self.assertIn(f"verify: {verify} of {len(rows)} found, units: {units} of {len(rows)} found", report)
        self.assertEqual(verify, len(rows))
        self.assertGreaterEqual(units, 0.9 * len(rows))

    def test_a_place_that_is_gone_or_not_the_only_one_is_named(self):
        mutant = {"number": 7, "mechanism": "sums", "file": "a.cpp", "is": "a + b", "be": "a - b"}
        self.assertIn("mutant_in_use == 7 ? (a - b) : (a + b)", mutated("x = a + b;", [mutant]))
        for text, times in (("x = a - b;", 0), ("x = a + b; y = a + b;", 2)):
            with self.assertRaisesRegex(ValueError, f"mutant 7 .sums.: 'a [+] b' occurs {times} times in a.cpp"):
                mutated(text, [mutant])


if __name__ == "__main__":
    unittest.main()
