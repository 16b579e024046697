#!/usr/bin/python3
"""Check the data folder of a nation: files, columns, provenance, codes, sums and the input-output arithmetic.

usage: scripts/check_data.py FOLDER [--quiet]

Prints one line per check on stdout and every error as file:line on stderr.
Exit status: 0 all checks hold, 2 wrong usage, 3 the data are not fit for use.
"""
import argparse
import csv
import datetime
import math
import pathlib
import sys
from collections import defaultdict

import numpy

HEADER = ("title", "unit", "year", "source", "licence")
PROVENANCE = ("read: ", "computed: ", "assumed: ")
OWNERSHIPS = ("private", "state", "foreign", "joint_venture")
SIZES = ("micro", "small", "medium", "large")
VALUE_ADDED = ("labour_compensation", "net_production_tax", "depreciation", "operating_surplus")
DEMAND = ("households", "government", "gfcf", "inventories_and_residual")
CONTROL = ("intermediate_manufacturing", "imports_total", "gross_output")
INSIDE_GFCF = "gfcf_of_which_manufacturers"
SCENARIOS = ("observed", "central", "low", "high")
SECTOR_GROUPS = ("all", "priority", "manufacturing", "state", "sme_technology")  # of policy_calendar.csv, besides codes
YEARS = range(2015, 2025)

# file: (columns of text, columns of numbers, columns of numbers that may be empty)
COLUMNS = {
    "sectors.csv": (
        "code name io_group mic2025_sector",
        "priority share_of_io_group_output gross_output_2015_tn value_added_2015_tn employment_2015_m firms_2015 firms_2018 "
        "share_state share_private share_foreign_hmt of_which_joint_venture assets_over_revenue fixed_assets_over_revenue "
        "depreciation_over_output rd_over_revenue_2018 rd_over_revenue_2015 export_share import_penetration "
        "critical_import_share utilisation_2015 utilisation_2016 energy_2015_mtce energy_tce_per_10k_yuan "
        "final_demand_price_elasticity growth_2016_2019 growth_2021_2024 maturity_1 maturity_2 maturity_3 maturity_4", ""),
    "input_output.csv": ("row column kind", "coefficient", ""),
    "final_demand.csv": ("code io_group category", "total of_which_imported domestic", ""),
    "final_demand_paths.csv": ("io_group category scenario", "year_from year_to real_growth_percent", ""),
    "outside_sectors.csv": ("code name demand_category growth_path", "overhead", ""),
    "capital_goods.csv": ("supplier", "share imported", ""),
    "regions.csv": (
        "code gb_code name macro_region",
        "gdp_2015 share_manufacturing_employment share_industrial_revenue firms_above_scale_2015 industrial_firms_2018 "
        "manufacturing_firms_2018 soe_share_of_assets average_wage_2015 wage_index legal_units_all_2018 employees_all_2018", ""),
    "ownership.csv": (
        "code name", "leverage_target loan_spread_pp wage_multiple staff_slack land_multiple bailout_base", ""),
    "size_classes.csv": ("code name", "employees_min revenue_min_m_yuan", ""),
    "size_distribution.csv": (
        "block size ownership", "firms", "employees_m revenue_tn mean_employees mean_revenue_m"),
    "hazard_by_age.csv": ("", "age_years hazard", ""),
    "import_origins.csv": ("partner sector", "share", ""),
    "emissions.csv": ("code", "co2_kg_per_kgce", ""),
    "world_market.csv": ("code", "world_market_share", ""),
    "labour.csv": ("series unit", "year value", ""),
    "utilisation_targets.csv": ("code basis", " ".join(f"utilisation_{y}" for y in YEARS), ""),
    "utilisation_quarterly.csv": ("period frequency branch model_sectors", "utilisation", ""),
    "observed_series.csv": ("series region frequency period unit", "value", ""),
    "observed_map.csv": ("variable series over measure population dimension label observed", "factor", ""),
    "facts.csv": ("fact firms simulated observed unit kind naive", "low high factor digits", ""),
    "policy_calendar.csv": ("date end_date code instrument sectors value unit description", "", ""),  # value may be a range
}
MAY_BE_MISSING = ("observed_map.csv", "facts.csv")
# the last four are judged with their kind or category
MAY_BE_NEGATIVE = {"final_demand_price_elasticity", "growth_2016_2019", "growth_2021_2024", "real_growth_percent",
                   "loan_spread_pp", "value", "coefficient", "total", "domestic", "of_which_imported", "low", "high"}


class Row(dict):
    """One row of a table: text and numbers by column, and where it stands."""

    def __init__(self, where, values):
        super().__init__(values)
        self.where = where


class Checker:
    def __init__(self, folder):
        self.folder = folder
        self.tables = {}
        self.results = []  # (check, number of errors, what was found)
        self.errors = 0

    def error(self, where, text):
        self.errors += 1
        print(f"{where}: error: {text}", file=sys.stderr)

    def check(self, name, method, *arguments):
        """Run one check; `method` returns a short text on what was found."""
        before = self.errors
        try:
            found = method(*arguments)
        except KeyError as missing:  # a table or code that an earlier check has already reported
            self.error(self.folder, f"{name}: {missing} is missing")
            found = "not checked"
        self.results.append((name, self.errors - before, found or ""))

    def read(self, name):
        path = self.folder / name
        if not path.is_file():
            return self.error(path, "no such file")
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as problem:
            return self.error(path, f"not UTF-8 text ({problem})")
        first = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
        self.check_comments(path, lines[:first])
        rows = csv.reader(lines[first:])
        columns = next(rows, [])
        text, numbers, optional = (part.split() for part in COLUMNS[name])
        for column in text + numbers + optional + ["provenance"]:
            if column not in columns:
                return self.error(f"{path}:{first + 1}", f"column {column} is missing")
        self.tables[name] = [
            self.row(f"{path}:{first + 1 + i}", columns, fields, numbers, optional)
            for i, fields in enumerate(rows, start=1)]

    def check_comments(self, path, comments):
        for key in HEADER:
            if not any(line[1:].strip().startswith(key + ":") for line in comments):
                self.error(f"{path}:1", f"the header has no '# {key}:' line")

    def row(self, where, columns, fields, numbers, optional):
        if len(fields) != len(columns):
            self.error(where, f"{len(fields)} fields, expected {len(columns)}")
            fields += [""] * len(columns)
        row = Row(where, zip(columns, fields))
        if not row["provenance"].startswith(PROVENANCE):
            self.error(where, f"provenance '{row['provenance'][:30]}' does not start with read:, computed: or assumed:")
        for column in numbers + optional:
            row[column] = self.number(where, column, row[column], column in optional)
        return row

    def number(self, where, column, text, optional):
        if optional and not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.error(where, f"{column} = '{text}' is not a number")
            return 0.0
        if value < 0 and column not in MAY_BE_NEGATIVE:
            self.error(where, f"{column} = {text} is negative")
        return value

    def codes(self, name, column="code"):
        return [row[column] for row in self.tables[name]]

    def unique(self, name, *keys):
        seen = {}
        for row in self.tables.get(name, ()):
            key = tuple(row[k] for k in keys)
            if key in seen:
                self.error(row.where, f"{' '.join(map(str, key))} is a duplicate of {seen[key]}")
            seen[key] = row.where

    def known(self, row, column, codes):
        if row[column] not in codes:
            self.error(row.where, f"{column} = '{row[column]}' is unknown")

    def complete(self, name, codes, column="code"):
        """Every code has a row and no other code has one."""
        for row in self.tables[name]:
            self.known(row, column, codes)
        for code in set(codes) - set(self.codes(name, column)):
            self.error(self.folder / name, f"{column} {code} is missing")

    def sums_to(self, where, what, value, target, tolerance):
        if not abs(value - target) <= tolerance:
            self.error(where, f"{what} is {value:.6g}, expected {target:.6g} (tolerance {tolerance:g})")
        return abs(value - target)

    def check_files(self):
        for name in COLUMNS:
            if name not in MAY_BE_MISSING or (self.folder / name).is_file():
                self.read(name)
        return f"{len(self.tables)} files, {sum(map(len, self.tables.values()))} rows"

    def check_codes(self):
        sectors, outside = self.codes("sectors.csv"), self.codes("outside_sectors.csv")
        for name, *keys in (("sectors.csv", "code"), ("regions.csv", "code"), ("outside_sectors.csv", "code"),
                            ("ownership.csv", "code"), ("size_classes.csv", "code"), ("capital_goods.csv", "supplier"),
                            ("utilisation_targets.csv", "code"), ("emissions.csv", "code"),
                            ("world_market.csv", "code"), ("import_origins.csv", "partner", "sector"), ("input_output.csv", "row", "column", "kind"),
                            ("final_demand.csv", "code", "category"), ("labour.csv", "series", "year"),
                            ("observed_series.csv", "series", "region", "period"), ("facts.csv", "fact"), ("policy_calendar.csv", "code", "date"),
                            ("utilisation_quarterly.csv", "period", "branch")):
            self.unique(name, *keys)
        self.complete("ownership.csv", OWNERSHIPS)
        self.complete("size_classes.csv", SIZES)
        for name in ("utilisation_targets.csv", "emissions.csv", "world_market.csv"):
            self.complete(name, sectors)
        self.complete("input_output.csv", sectors, "column")
        self.complete("final_demand.csv", sectors)
        for row in self.tables["capital_goods.csv"]:
            self.known(row, "supplier", sectors + outside)
        for row in self.tables["utilisation_quarterly.csv"]:
            self.known_list(row, "model_sectors", sectors)
        for row in self.tables["policy_calendar.csv"]:
            self.known_list(row, "sectors", [*sectors, *outside, *SECTOR_GROUPS])
        for row in self.tables["size_distribution.csv"]:
            if row["block"] == "cell":
                self.known(row, "size", SIZES)
                self.known(row, "ownership", ("private", "state", "foreign_hmt"))
        for row in self.tables.get("observed_map.csv", ()):  # which series a result has is known to the program, which checks the rest
            self.known(row, "observed", {*self.codes("observed_series.csv", "series"), "utilisation_targets"})
        return f"{len(sectors)} sectors, {len(outside)} outside, {len(self.tables['regions.csv'])} regions"

    def known_list(self, row, column, codes):
        for code in filter(None, row[column].split(";")):
            if code not in codes:
                self.error(row.where, f"{column}: '{code}' is unknown")

    def check_shares(self):
        group_share = defaultdict(float)
        for row in self.tables["sectors.csv"]:
            code = row["code"]
            self.sums_to(row.where, f"{code}: sum of ownership shares",
                         row["share_state"] + row["share_private"] + row["share_foreign_hmt"], 1, 1e-6)
            self.sums_to(row.where, f"{code}: sum of maturity shares", sum(row[f"maturity_{k}"] for k in range(1, 5)), 1, 2e-4)
            group_share[row["io_group"]] += row["share_of_io_group_output"]
            if row["of_which_joint_venture"] > row["share_foreign_hmt"]:
                self.error(row.where, f"{code}: of_which_joint_venture exceeds share_foreign_hmt")
        for group, share in group_share.items():
            self.sums_to(self.folder / "sectors.csv", f"{group}: sum of share_of_io_group_output", share, 1, 1e-5)
        for name, column, tolerance in (("regions.csv", "share_manufacturing_employment", 2e-4),
                                        ("regions.csv", "share_industrial_revenue", 2e-4), ("capital_goods.csv", "share", 1e-5)):
            self.sums_to(self.folder / name, f"sum of {column}", sum(row[column] for row in self.tables[name]), 1, tolerance)
        for row in self.tables["capital_goods.csv"]:
            if row["imported"] > row["share"]:
                self.error(row.where, "imported exceeds share")
        self.check_origins()
        return "ownership, maturity, groups, regions, capital goods, origins of imports"

    def check_origins(self):
        """Parts of a sector's imports by partner: its own rows, else those of `all`."""
        partners = {row["category"] for row in self.tables["final_demand.csv"] if row["category"].startswith("exports_")}
        sectors = self.codes("sectors.csv")
        share = {}
        for row in self.tables["import_origins.csv"]:
            self.known(row, "partner", partners), self.known(row, "sector", {*sectors, "all"})
            share[row["partner"], row["sector"]] = row["share"]
        for code in sectors:
            total = sum(share.get((p, code), share.get((p, "all"), 0)) for p in partners)
            self.sums_to(self.folder / "import_origins.csv", f"{code}: sum of the shares of partners", total, 1, 1e-3)

    def check_columns_of_io(self):
        total, worst = defaultdict(float), 0.0
        supplier = {"domestic": self.codes("sectors.csv") + self.codes("outside_sectors.csv"), "value_added": VALUE_ADDED}
        supplier["import"] = supplier["domestic"]
        for row in self.tables["input_output.csv"]:
            self.known(row, "row", supplier.get(row["kind"], ()))
            total[row["column"]] += row["coefficient"]
            if row["coefficient"] < 0 and row["kind"] != "value_added":  # surplus and net tax may be negative
                self.error(row.where, f"coefficient = {row['coefficient']:g} is negative")
        for code, value in total.items():
            worst = max(worst, self.sums_to(self.folder / "input_output.csv", f"column {code}: sum", value, 1, 1e-5))
        return f"worst column off by {worst:.1e}"

    def domestic_block(self):
        index = {code: i for i, code in enumerate(dict.fromkeys(self.codes("sectors.csv")))}
        block = numpy.zeros((len(index), len(index)))
        for row in self.tables["input_output.csv"]:
            if row["kind"] == "domestic" and row["row"] in index and row["column"] in index:
                block[index[row["row"]], index[row["column"]]] = row["coefficient"]
        return block

    def check_productive(self):
        radius = max(abs(numpy.linalg.eigvals(self.domestic_block())))
        if not radius < 1:
            self.error(self.folder / "input_output.csv", f"the table is not productive: spectral radius {radius:.4f} >= 1")
        return f"spectral radius {radius:.3f}"

    def exogenous(self, category):
        """Is this category demand from outside the domestic block?"""
        outside = [row["demand_category"] for row in self.tables["outside_sectors.csv"]]
        return category in DEMAND or category in outside or category.startswith("exports_")

    def check_demand(self):
        groups = {row["code"]: row["io_group"] for row in self.tables["sectors.csv"]}
        categories = defaultdict(set)
        for row in self.tables["final_demand.csv"]:
            category = row["category"]
            categories[row["code"]].add(category)
            if not (self.exogenous(category) or category in CONTROL or category == INSIDE_GFCF):
                self.error(row.where, f"category = '{category}' is unknown")
            if row["io_group"] != groups.get(row["code"], row["io_group"]):
                self.error(row.where, f"io_group = '{row['io_group']}', but sectors.csv says {groups[row['code']]}")
            self.sums_to(row.where, "of_which_imported + domestic", row["of_which_imported"] + row["domestic"], row["total"], 2e-5)
            if category != "inventories_and_residual" and min(row["total"], row["of_which_imported"], row["domestic"]) < 0:
                self.error(row.where, f"{category} is negative")
        every = set().union(*categories.values())
        for needed in {INSIDE_GFCF, *DEMAND, *CONTROL, *(r["demand_category"] for r in self.tables["outside_sectors.csv"])} - every:
            self.error(self.folder / "final_demand.csv", f"category {needed} is missing")
        for code, have in categories.items():
            for gap in every - have:
                self.error(self.folder / "final_demand.csv", f"{code} has no row for {gap}")
        return f"{len(every)} categories"

    def check_leontief(self):
        """Solving (I - A) x = y gives the gross output of sectors.csv."""
        demand = defaultdict(float)
        for row in self.tables["final_demand.csv"]:
            if self.exogenous(row["category"]):
                demand[row["code"]] += row["domestic"]
        sectors, block = self.tables["sectors.csv"], self.domestic_block()
        output = numpy.linalg.solve(numpy.eye(len(block)) - block, [demand[row["code"]] for row in sectors])
        worst = 0.0
        for row, solved in zip(sectors, output):
            given = row["gross_output_2015_tn"]
            gap = self.sums_to(row.where, f"{row['code']}: gross output from demand", solved, given, 1e-3 * given)
            worst = max(worst, gap / given) if given else worst
        return f"worst sector off by {100 * worst:.3f} %"

    def check_paths(self):
        spans = defaultdict(list)
        groups = {*self.codes("sectors.csv", "io_group"), "all"}
        for row in self.tables["final_demand_paths.csv"]:
            self.known(row, "io_group", groups)
            self.known(row, "scenario", SCENARIOS)
            if row["year_to"] < row["year_from"]:
                self.error(row.where, "year_to is before year_from")
            spans[row["io_group"], row["category"], row["scenario"]].append(row)
        for key, rows in spans.items():
            rows.sort(key=lambda row: row["year_from"])
            for earlier, later in zip(rows, rows[1:]):
                if later["year_from"] != earlier["year_to"] + 1:
                    self.error(later.where, f"{' '.join(key)}: gap or overlap after {earlier['year_to']:.0f}")
        exports = {c for c in self.codes("final_demand.csv", "category") if c.startswith("exports_")}
        needed = {"households", "gfcf", *exports, *self.codes("outside_sectors.csv", "growth_path")}
        for group in groups - {"all"}:
            for category in needed:
                for scenario in SCENARIOS:
                    if (group, category, scenario) not in spans:
                        self.error(self.folder / "final_demand_paths.csv", f"{group} has no {scenario} path for {category}")
        return f"{len(spans)} paths"

    def check_ranges(self):
        for i, row in enumerate(self.tables["hazard_by_age.csv"], start=1):
            if row["age_years"] != i or row["hazard"] > 1:
                self.error(row.where, f"expected age_years {i} and a hazard of at most 1")
        for name in ("utilisation_targets.csv", "utilisation_quarterly.csv"):
            for row in self.tables[name]:
                for column in (c for c in row if c.startswith("utilisation")):
                    if not 0 < row[column] <= 100:
                        self.error(row.where, f"{column} = {row[column]:g} is outside (0, 100]")
        for row in self.tables["policy_calendar.csv"]:
            self.check_dates(row)
        for name, column in (("size_classes.csv", "employees_min"), ("size_classes.csv", "revenue_min_m_yuan")):
            bounds = [row[column] for row in self.tables[name]]
            if bounds != sorted(bounds):
                self.error(self.folder / name, f"{column} does not rise from class to class")
        return "ages, utilisation, dates, size bounds"

    def check_dates(self, row):
        try:
            start = datetime.date.fromisoformat(row["date"])
            end = datetime.date.fromisoformat(row["end_date"] or row["date"])
        except ValueError as problem:
            return self.error(row.where, str(problem))
        if end < start:
            self.error(row.where, f"end_date {end} is before date {start}")

    def run(self):
        self.check("files, headers, provenance", self.check_files)
        if set(COLUMNS) - set(self.tables) - set(MAY_BE_MISSING):
            return
        self.check("codes", self.check_codes)
        self.check("shares sum to 1", self.check_shares)
        self.check("input-output columns sum to 1", self.check_columns_of_io)
        self.check("table is productive", self.check_productive)
        self.check("final demand", self.check_demand)
        if not self.errors:
            self.check("output follows from demand", self.check_leontief)
        self.check("growth paths", self.check_paths)
        self.check("ranges and dates", self.check_ranges)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="data folder of a nation, such as scenarios/data/china")
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    arguments = parser.parse_args()
    checker = Checker(arguments.folder)
    checker.run()
    if not arguments.quiet:
        for name, errors, found in checker.results:
            print(f"{'ok' if not errors else 'FAILED':7}{name:32}{found}")
        print(f"{arguments.folder}: " + ("all checks hold" if not checker.errors else f"{checker.errors} errors"))
    return 3 if checker.errors else 0


if __name__ == "__main__":
    sys.exit(main())
