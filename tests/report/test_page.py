#!/usr/bin/python3
"""The page in headless Chromium: test_page.py FABRICA.

What pages of all kinds show equals the numbers of their files (read by h5py), they write nothing to the console, and ask nothing of the network.
How they look on a desk and a phone is tested with playwright-core: scripts/report/test."""
import json
import os
import shutil
import sys
import tempfile
import unittest

import h5py
import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chromium import Chromium, executable  # noqa: E402
from make_pages import make_pages  # noqa: E402

FABRICA = ""

TEXTS = """(selector) => [...document.querySelectorAll(selector)].map((row) => [...row.children].map((cell) => ({text: cell.innerText.trim(), title: cell.querySelector('[title]')?.title ?? cell.title})))"""


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="report-page-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.pages = make_pages(FABRICA, cls.folder)
        cls.browser = Chromium()
        cls.addClassCleanup(cls.browser.close)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    def rows(self, selector):
        return self.browser.evaluate(f"({TEXTS})({selector!r})")

    def row(self, selector, title):
        found = [row for row in self.rows(selector) if len(row) > 1 and row[0]["text"].split("\n")[0] == title]
        self.assertEqual(len(found), 1, f"{title} in {selector}")
        return found[0]

    def totals(self, name, series):
        """Years of a series of a result, over all cells."""
        with h5py.File(self.path(name)) as file:
            values = file[series][()]
            months = values.reshape(len(values), -1).sum(axis=1)
            is_flow = file[series].attrs["cell_methods"] == "time: sum"
        return months.reshape(-1, 12).sum(axis=1) if is_flow else months[11::12]

    def choose(self, label, value):
        self.browser.evaluate(f"""(() => {{
            const label = [...document.querySelectorAll('.field label')].find((one) => one.textContent === {label!r});
            const field = document.getElementById(label.htmlFor);
            field.value = [...field.options].find((one) => one.textContent === {value!r}).value;
            field.dispatchEvent(new Event('change'));
        }})()""")

    def test_every_page_is_quiet_and_alone(self):
        for name, page in self.pages.items():
            with self.subTest(page=name):
                self.browser.open(page, 1280)
                self.browser.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
                self.browser.evaluate("new Promise((done) => setTimeout(done, 300))")
                self.assertEqual(self.browser.console, [])
                self.assertEqual([url for url in self.browser.requests if not url.startswith("data:")], [f"file://{page}"])

    def test_the_summary_shows_the_file_s_numbers(self):
        self.browser.open(self.pages["run"], 1280)
        for title, series, unit in (("Output at prices of 2015", "output", " milliunit"), ("Revenue", "revenue", " fen"), ("Firms", "firms", ""), ("Employment", "employment", "")):
            years = self.totals("grants1.h5", series)
            _, last, change = self.row("#summary tbody tr", title)
            self.assertEqual(last["title"], f"exactly {years[-1]}{unit}")
            percent = 100 * (years[-1] / years[0] - 1)
            self.assertAlmostEqual(float(change["text"].replace("\u2212", "-").removesuffix(" %").replace(",", "")), percent, delta=0.051, msg=title)
        years = self.totals("grants1.h5", "revenue") / 100
        shown = self.row("#summary tbody tr", "Revenue")[1]["text"]
        scale = next((by, word) for by, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")) if years[-1] >= by)
        self.assertRegex(shown, rf"^[0-9.,]+ {scale[1]} CNY$")
        self.assertAlmostEqual(float(shown.split()[0].replace(",", "")), years[-1] / scale[0], delta=0.51 * 10 ** -len(shown.split()[0].partition(".")[2]))

    def test_the_table_of_each_chart_holds_every_year(self):
        self.browser.open(self.pages["run"], 1280)
        years = self.totals("grants1.h5", "exports")
        rows = self.browser.evaluate("""[...document.querySelectorAll('#time .charts > div')].filter((one) => one.querySelector('strong').textContent === 'Exports')
            .flatMap((one) => [...one.querySelectorAll('td [title]')].map((cell) => cell.title))""")
        self.assertEqual(rows, [f"exactly {year} fen" for year in years])

    def test_sectors_and_sizes(self):
        self.browser.open(self.pages["run"], 1280)
        self.choose("Indicator", "Firms")
        for by, cells in (("sector", lambda file: file["firms"][-1].sum(axis=1)), ("ownership", lambda file: file["firms"][-1].sum(axis=0)),
                          ("size of firm", lambda file: file["firms_by_size"][-1])):
            self.choose("by", by)
            with h5py.File(self.path("grants1.h5")) as file:
                expected = cells(file)
            shown = [row[2]["title"] for row in self.rows("#parts table.bars tbody tr") if len(row) > 2 and row[2]["title"]]
            self.assertEqual(sorted(shown), sorted(f"exactly {n}" for n in expected), by)

    def test_public_money(self):
        self.browser.open(self.pages["run"], 1280)
        with h5py.File(self.path("grants1.h5")) as file:
            labels = [label.decode() for label in file["policy"][()]]
            paid = file["disbursed"][()].sum(axis=0)
            by_recipient = file["disbursed_by_recipient"][()].sum(axis=0)
        self.assertGreater(paid[labels.index("grants")], 0)
        still = self.browser.evaluate("document.querySelector('#money > .note').textContent")
        for label, total in zip(labels, paid):
            if total == 0:
                self.assertIn(label.capitalize(), still)
                continue
            shown = self.row("#money > table tbody tr", label.capitalize())[-1]
            self.assertEqual(float(shown["title"].split()[0].replace(",", "")), total / 100)
        self.browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        head = self.browser.evaluate("[...document.querySelectorAll('#money details thead th')].map((one) => one.textContent)")
        with h5py.File(self.path("grants1.h5")) as file:
            recipients = [label.decode().replace("_", " ").capitalize() for label in file["recipient"][()]]
        self.browser.evaluate("for (const one of document.querySelectorAll('#money details')) one.open = true")
        cells = self.row("#money details tbody tr", "Grants")
        for name, cell in list(zip(head, cells))[1:]:
            self.assertEqual(float(cell["title"].split()[0].replace(",", "")), by_recipient[labels.index("grants"), recipients.index(name)] / 100, name)

    def test_published_facts_beside_the_run(self):
        self.browser.open(self.pages["run"], 1280)
        with h5py.File(self.path("grants1.h5")) as file:
            firms, use = file["firms"][11].sum(), file["capacity_utilisation"][:12]
            weight = file["capacity"][:12].sum(axis=2).astype(float)
        row = self.row("#facts > table tbody tr", "Firms, end of 2015")
        self.assertEqual((row[2]["title"], row[3]["title"], row[5]["text"]), (f"exactly {firms}", "exactly 60", "in band"))
        known = np.isfinite(use)
        mean = (use[known] * weight[known]).sum() / weight[known].sum()
        row = self.row("#facts > table tbody tr", "Capacity utilisation 2015")
        self.assertAlmostEqual(float(row[2]["title"].split()[1]), mean, places=12)
        self.assertEqual(row[2]["text"], f"{100 * mean:.1f} %")
        self.assertEqual(self.row("#facts > table tbody tr", "Capacity utilisation 2015, least of the sectors")[5]["text"], "too high")
        self.assertIn("the run does not hold 2030-12", self.browser.evaluate("document.querySelector('#facts').textContent"))

    def test_published_facts_beside_an_ensemble_have_the_range_of_its_base(self):
        """The ensemble's runs of the first scenario, whose firms of December 2015 the single results hold too."""
        self.browser.open(self.pages["ensemble"], 1280)
        firms = []
        for seed in (1, 2, 3):
            with h5py.File(self.path(f"base{seed}.h5")) as file:
                firms.append(file["firms"][11].sum())
        row = self.row("#facts > table tbody tr", "Firms, end of 2015")
        self.assertEqual(row[2]["title"], f"exactly {np.median(firms):g}")
        low, high = np.quantile(firms, (0.1, 0.9))
        self.assertEqual(row[2]["text"].split("\n")[1], f"{low:.0f} to {high:.0f}")

    def test_differences_between_scenarios(self):
        self.browser.open(self.pages["runs"], 1280)
        pairs = np.array([[self.totals(f"{name}{seed}.h5", "investment")[-1] for seed in (1, 2, 3)] for name in ("base", "grants")], dtype=float)
        effect = (pairs[1] - pairs[0]).mean() / pairs[0].mean()
        shown = self.row("#summary tbody tr", "Investment")[-1]["text"].split("\n")
        self.assertAlmostEqual(float(shown[0].replace("\u2212", "-").removesuffix(" %")), 100 * effect, delta=0.051)
        self.assertRegex(shown[1], r"^[+\u2212]?[0-9.]+ to [+\u2212]?[0-9.]+ %$")
        keys = self.browser.evaluate("[...document.querySelectorAll('#scenario > table.keys tbody th code')].map((one) => one.textContent)")
        self.assertIn("policy.grants.kind", keys)

    def test_many_policies_stand_in_one_table(self):
        self.browser.open(self.pages["many"], 1280)
        head = self.browser.evaluate("[...document.querySelectorAll('#summary thead th')].map((one) => one.textContent.replaceAll('\\u200b', ''))")
        self.assertEqual(head[3:], ["grants", *(f"investment_credit_guarantee_{i}" for i in range(4))])
        self.assertIn("of the others the difference from toyland", self.browser.evaluate("document.querySelector('#summary caption').textContent"))
        pairs = np.array([[self.totals(f"{name}{seed}.h5", "investment")[-1] for seed in (1, 2)] for name in ("base", "credit0")], dtype=float)
        shown = self.row("#summary tbody tr", "Investment")[4]["text"].split("\n")[0]
        self.assertAlmostEqual(float(shown.replace("\u2212", "-").removesuffix(" %")), 100 * (pairs[1] - pairs[0]).mean() / pairs[0].mean(), delta=0.051)

    def test_the_effect_is_that_of_the_file(self):
        self.browser.open(self.pages["effect"], 1280)
        with open(self.path("effect.json"), encoding="utf-8") as file:
            effects = json.load(file)["effects"]
        rows = [row for row in self.rows("#effect > table tbody tr") if len(row) == 6]
        self.assertEqual(len(rows), len(effects))
        for row, effect in zip(rows, effects):
            self.assertEqual(float(row[3]["title"].split()[1]), effect["effect"])
            self.assertEqual(row[5]["text"], str(effect["pairs"]))
        investment = effects[0]
        shown = float(rows[0][3]["text"].replace("\u2212", "-").removesuffix(" %"))
        self.assertAlmostEqual(shown, 100 * investment["effect"] / investment["base"], delta=0.051)


if __name__ == "__main__":
    FABRICA = os.path.abspath(sys.argv[1])
    if executable() is None:
        sys.exit("Chromium is not installed: scripts/install_packages browser")
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
