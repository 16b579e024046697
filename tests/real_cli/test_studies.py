#!/usr/bin/python3
"""Every study is valid and says what it is about, and a run of those that begin early does something.

usage: test_studies.py PROGRAM [TEST...]
"""
import glob
import json
import os
import re
import tomllib

import real_program
from real_program import RealProgram

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SCENARIOS = os.path.join(ROOT, "scenarios")
HEADER = ("Question", "Mechanism", "Expected sign", "Sources", "How sure")
IDLE = "never did anything"
# Months until a programme does something, where three are too few: a guarantee pays when a firm closes with debt, steel mills close in the course
# of a year.
LATE = {"studies/sme_credit_guarantee": 15, "studies/phases_2049": 12}
SMALL = ("--set", "run.scale=0.001", "--set", "population.spin_up_years=0")
# Keys of a programme that need no source: names and dates, and an intensity that switches it off.
NOT_NUMBERS = {"kind", "from", "until", "announced", "sectors", "regions", "ownerships", "size_classes", "categories", "payers", "answers", "intensity"}


def studies():
    """Names of all studies, and of the scenario of observed policies."""
    names = sorted(os.path.basename(path)[:-5] for path in glob.glob(os.path.join(SCENARIOS, "studies", "*.toml")))
    return ["studies/" + name for name in names] + ["china_policies"]


def path_of(name):
    return os.path.join(SCENARIOS, name + ".toml")


def text_of(name):
    with open(path_of(name), encoding="utf-8") as file:
        return file.read()


def own(name):
    """What the file itself says."""
    return tomllib.loads(text_of(name))


def begins(programme):
    return str(programme.get("from", "9999"))


class Files(RealProgram):
    def test_each_begins_with_its_question_mechanism_sign_sources_and_doubts(self):
        for name in studies():
            with self.subTest(name):
                labels = [label for label in re.findall(r"^# ([A-Z][a-z ]+):", text_of(name), re.MULTILINE) if label in HEADER]
                self.assertEqual(labels, list(HEADER))
                self.assertTrue(text_of(name).startswith("# Question: "))

    def test_each_is_named_as_its_file_and_has_a_title_of_its_own(self):
        titles = [own(name)["run"]["title"] for name in studies()]
        self.assertEqual(len(set(titles)), len(titles))
        for name in studies():
            self.assertEqual(own(name)["run"]["name"], os.path.basename(name))

    def test_each_number_of_a_programme_says_where_it_comes_from(self):
        for name in studies():
            for programme, keys in own(name).get("policy", {}).items():
                with self.subTest(f"{name}: {programme}"):
                    sources = keys.pop("sources", {})
                    allocation = {"allocation." + key for key in keys.pop("allocation", {}) if key != "rule"}
                    keys.pop("target", None)
                    self.assertEqual(({*keys} - NOT_NUMBERS | allocation) - {*sources}, set())
                    for said in sources.values():
                        self.assertRegex(said, r"^(read|computed|assumed|what if)")

    def test_each_is_valid(self):
        for name in studies():
            with self.subTest(name):
                result = self.fabrica("check", path_of(name))
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn("is valid", result.stdout)

    def test_the_catalogue_of_instruments_is_covered(self):
        used = {programme.get("kind") for name in studies() for programme in own(name).get("policy", {}).values()}
        with open(os.path.join(ROOT, "models", "policy", "catalogue.inc"), encoding="utf-8") as file:
            kinds = set(re.findall(r"^INSTRUMENT\((\w+),", file.read(), re.MULTILINE))
        self.assertGreater(len(kinds), 20)
        self.assertEqual(kinds - used, set())


def kinds_of(name):
    """Kinds of the programmes that a scenario has, with those of what it extends."""
    text = own(name)
    kinds = {programme["kind"] for programme in text.get("policy", {}).values() if "kind" in programme}
    if "extends" in text:
        kinds |= kinds_of(os.path.normpath(os.path.join(os.path.dirname(name), text["extends"]))[:-len(".toml")])
    return kinds


class Index(RealProgram):
    """models/README.md names what is there."""

    PLACES = [os.path.join(ROOT, *parts) for parts in ((), ("models",), ("models", "policy", "instruments"), ("scenarios",), ("tests", "models"))]
    # Columns and words of the source that are neither keys nor series.
    WORDS = {"implementation", "programmes", "toyland", "fabrica effect", "rules/", "properties/", "models/", "scenarios/", "scenarios/studies/", "tests/models/",
             "models/policy/instruments/", "regions", "mining_prices_2015"}

    def setUp(self):
        super().setUp()
        with open(os.path.join(ROOT, "models", "README.md"), encoding="utf-8") as file:
            self.text = file.read()
        self.rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in self.text.split("\n") if re.match(r"^\| \d+ ", line)]
        self.scenarios = {os.path.basename(name) for name in studies()} | {"china", "toyland", "mining_prices_2015"}
        self.series = {row["name"] for row in json.loads(self.fabrica("list", "series", "--json").stdout)["series"]}

    def is_file(self, name):
        return any(os.path.exists(os.path.join(place, name)) for place in self.PLACES)

    def test_each_of_the_72_items_has_one_row(self):
        self.assertEqual(sorted(int(row[0].split()[0]) for row in self.rows), list(range(1, 73)))

    def test_every_name_is_one_of_a_file_a_scenario_a_series_or_a_key(self):
        keys = set(re.findall(r"^\| `(\w+)` \|", self.fabrica("explain", "--markdown").stdout, re.M))
        kinds = {os.path.basename(path)[:-4] for path in glob.glob(os.path.join(ROOT, "models", "policy", "instruments", "*.cpp"))}
        for name in re.findall(r"`([^`\n]+)`", self.text):
            with self.subTest(name):
                known = name in self.WORDS | self.scenarios | self.series | kinds or name.split(".")[-1] in keys
                self.assertTrue(known or self.is_file(name), "no such file, scenario, series, key or kind")

    def test_columns_hold_what_they_say(self):
        for row in self.rows:
            with self.subTest(row[0]):
                self.assertEqual(len(row), 5)
                self.assertTrue(all(row[1:]) or "**not yet**" in row[1], "a row is whole, or says that it is not yet there")
                self.assertEqual(set(re.findall(r"`(\w+)`", row[2])) - self.scenarios, set())
                self.assertEqual(set(re.findall(r"`(\w+)`", row[3])) - self.series, set())
                if "**not yet**" not in row[1]:
                    self.assertRegex(row[1], r"`[\w/]+\.[ch]pp`|the instruments of items")
                    self.assertRegex(row[4], r"_test\.cpp`|test_\w+\.py`|programmes")

    def test_tests_are_built_and_not_empty(self):
        for name in set(re.findall(r"`((?:rules|properties)/\w+_test\.cpp)`", self.text)):
            with self.subTest(name):
                folder, file = os.path.split(os.path.join(ROOT, "tests", "models", name))
                with open(os.path.join(folder, "CMakeLists.txt"), encoding="utf-8") as lists, open(os.path.join(folder, file), encoding="utf-8") as test:
                    self.assertIn(" " + file, lists.read())
                    self.assertIn("TEST_CASE(", test.read())

    def test_a_scenario_of_each_row_has_a_programme_of_the_instruments_named(self):
        places = {os.path.basename(name): name for name in studies()} | {"china": "china", "toyland": "toyland"}
        for row in self.rows:
            named = {file for file in re.findall(r"`(?:policy/instruments/)?(\w+)\.cpp`", row[1]) if os.path.exists(
                os.path.join(ROOT, "models", "policy", "instruments", file + ".cpp"))}
            used = set().union(*(kinds_of(places[name]) for name in re.findall(r"`(\w+)`", row[2]) if name in places))
            with self.subTest(row[0]):
                self.assertEqual(named - used, set())


class Runs(RealProgram):
    def run_months(self, name, *more):
        result = self.fabrica("run", path_of(name), *SMALL, *more, "-o", "out.h5", "--force")
        self.assertEqual(result.returncode, 0, f"{name}: {result.stderr}")
        return result.stdout + result.stderr

    def test_three_months_of_early_programmes_do_something(self):
        """The run starts with the first programme, so that three months tell; of yearly reviews a fourth fall into them."""
        for name in studies():
            programmes = own(name).get("policy", {})
            new = [(key, p) for key, p in programmes.items() if "kind" in p and p.get("intensity", 1) > 0]
            if not new or name == "china_policies":
                continue
            with self.subTest(name):
                first = min(begins(p) for _, p in new)
                start = first[:7] + "-01"
                months = int(start[:4]) * 12 + int(start[5:7]) - 1 + LATE.get(name, 3)
                end = f"{months // 12}-{months % 12 + 1:02}-01"
                said = self.run_months(name, "--set", f"run.start={start}", "--set", f"run.end={end}")
                self.assertNotIn(IDLE, said)

    def test_the_detector_of_idle_programmes_speaks(self):
        """The test above could pass for want of the note: a programme for nobody is reported."""
        said = self.run_months("studies/sme_investment_subsidy", "--set", "run.start=2016-01-01", "--set", "run.end=2016-03-01", "--set",
                               "policy.sme_equipment.min_age_years=900")
        self.assertIn(f"sme_equipment was in force and {IDLE}", said)


if __name__ == "__main__":
    real_program.main()
