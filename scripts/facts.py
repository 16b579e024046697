#!/usr/bin/python3
"""Table of stylised facts, simulated against observed: facts.py RESULT.h5 [--markdown] [--observed CSV].

Every fact is taken from the monthly series of the result, for the population the observed figure covers: `above` are firms with a yearly
revenue of at least 20 m yuan, `all` every legal entity. A fact whose years the run does not hold is shown as a dash. The verdict says
whether the simulated value lies in the accepted band. Exit codes: 0 table printed, 2 wrong usage, 5 the file cannot be read.
"""
import argparse
import csv
import datetime
import math
import pathlib
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

import h5py
import numpy as np

OBSERVED = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "data" / "china" / "observed_series.csv"
STEADY = (2016, 2019)  # years without the price shock of 2015 and the epidemic of 2020


def state_share_of_manufacturing(state, others, manufacturing, part=0.7):
    """The published profit of state-held firms is that of all industry; less `part` of the profit of mining and utilities it is that of manufacturing."""
    return (state - part * others) / manufacturing


# Figures that are no series of observed_series.csv, each with where it was read. `recalled` marks what was not re-read at its source.
CONSTANTS = {
    "growth_of_firms": (0.044, "censuses 4 and 5: 3.270 m firms in 2018, 4.048 m in 2023"),
    "growth_of_firms_to_2018": (0.074, "censuses 3 and 4, industrial units 2013-18"),
    "firms_above_scale": (353e3, "census 4, 2018: 33,573 high-tech firms are 9.5 % of above-scale manufacturing; industry 375,000"),
    "death_rate": (0.062, "SAIC report of 2013: 9.3 % in 2008, 6.2 % in 2012"),
    "peak_age": (3, "SAIC report of 2013: hazard 1.6, 6.3, 9.5 % in years 1-3"),
    "peak_hazard": (0.095, "SAIC report of 2013"),
    "markup": (0.174, "yearbook 2015, table 13-3: cost 85.2 per 100 of revenue in 2014"),
    "tail_exponent": (1.25, "Heinrich and Dai 2016: density exponent 2.0-2.5, read as 1.0-1.5 of the distribution function"),
    "spike_share": (0.186, "Cooper and Haltiwanger 2006, plants of the United States"),
    "return_on_assets": (0.0712, "yearbook 2015, table 13-3, above-scale industry in 2014"),
    "profit_fall_2015_state": (-0.230, "NBS, January to November 2015"),
    "profit_fall_2015_private": (0.053, "NBS, January to November 2015"),
    "state_profit_share_2015": (state_share_of_manufacturing(1.009, 0.252 + 0.497, 4.790),
                                "NBS, January to November 2015: state-held industry 1.009, mining 0.252, utilities 0.497, manufacturing 4.790 tn; "
                                "seven tenths of mining and utilities assumed to be the state's, the band is five to nine tenths"),
    "state_profit_share_2019": (state_share_of_manufacturing(1.63555, 0.52753 + 0.48163, 5.19039),
                                "NBS, 2019: state-held industry 1.63555, mining 0.52753, utilities 0.48163, manufacturing 5.19039 tn; the same assumption"),
    "bank_capital": (0.08, "Caiani et al. 2016: 6 to 10 % of loans"),
}


class Unreadable(Exception):
    """The file is no result, or lacks what a fact needs."""


class Result:
    """The monthly series of a result by calendar month; periods that the run does not hold raise LookupError."""

    def __init__(self, path):
        try:
            self.file = h5py.File(path, "r")
            units = self.file["time"].attrs["units"]
            bounds = self.file["time_bounds"][:]
        except (OSError, KeyError) as failure:
            raise Unreadable(f"{path}: no result with a time axis ({failure})") from None
        found = re.match(r"days since (\d+)-(\d+)-(\d+)", units.decode() if isinstance(units, bytes) else units)
        year, month, day = map(int, found.groups())
        if self.file["time"].attrs.get("calendar") in ("360_day", b"360_day"):
            self.months = [(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1) for i in range(len(bounds))]
        else:
            first = datetime.date(year, month, day)
            days = [first + datetime.timedelta(days=float(b)) for b in bounds[:, 0]]
            self.months = [(d.year, d.month) for d in days]

    def get(self, name):
        if name not in self.file:
            raise LookupError(f"the result has no series {name}")
        return self.file[name][:]

    def labels(self, axis):
        return [label.decode() if isinstance(label, bytes) else label for label in self.file[axis][:]]

    def index(self, axis, label):
        return self.labels(axis).index(label)

    def rows(self, first, last):
        """Months from `first` to `last`, both (year, month) and inside; all must be there."""
        rows = [i for i, month in enumerate(self.months) if first <= month <= last]
        wanted = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
        if len(rows) != wanted:
            raise LookupError(f"the run does not hold {first[0]}-{first[1]:02} to {last[0]}-{last[1]:02}")
        return rows

    def year(self, year):
        return self.rows((year, 1), (year, 12))

    def end(self, year):
        return self.rows((year, 12), (year, 12))[0]

    def years(self, first, last):
        return self.rows((first, 1), (last, 12))

    def flow(self, name, rows):
        return self.get(name)[rows].astype(float).sum(0)

    def total(self, name, row):
        return float(self.get(name)[row].sum())

    def yearly(self, name, year):
        """A series of group /yearly in a calendar year."""
        if "yearly" not in self.file or name not in self.file["yearly"]:
            raise LookupError(f"the result has no yearly series {name}")
        ends = self.file["yearly/time_bounds"][:, 1]
        month_ends = self.file["time_bounds"][:, 1]
        at = np.flatnonzero(ends == month_ends[self.end(year)])
        if len(at) != 1:
            raise LookupError(f"the run does not hold {year}")
        return self.file["yearly"][name][at[0]]


def utilisation(run, rows, above=True):
    """Output over capacity of the whole population, from the sectors' ratios weighted by capacity."""
    ratio = run.get("capacity_utilisation_above_scale" if above else "capacity_utilisation")[rows]
    weight = run.get("capacity")[rows].astype(float).sum(2)
    known = np.isfinite(ratio)
    return float((ratio * weight)[known].sum() / weight[known].sum())


def utilisation_of_sectors(run):
    rows = run.years(*STEADY)
    ratio, weight = run.get("capacity_utilisation_above_scale")[rows], run.get("capacity")[rows].astype(float).sum(2)
    weight = np.where(np.isfinite(ratio), weight, 0)
    mean = np.nansum(ratio * weight, 0) / weight.sum(0)
    return dict(zip(run.labels("sector"), mean))


def extreme_sector(run, pick):
    means = utilisation_of_sectors(run)
    sector = pick(means, key=means.get)
    return means[sector], sector


def growth_of_firms(run, first, last):
    return (run.total("firms", run.end(last)) / run.total("firms", run.end(first))) ** (1 / (last - first)) - 1


def death_rate(run, first, last):
    rows = run.years(first, last)
    return float(run.flow("exits", rows).sum()) / float(run.get("firms")[rows].astype(float).sum()) * 12


def hazards(run):
    """Yearly hazard by completed years of age, over the whole run."""
    exits, alive = run.get("exits_by_age").astype(float).sum(0), run.get("firms_by_age").astype(float).sum(0) / 12
    return np.divide(exits, alive, out=np.full(len(alive), math.nan), where=alive > 0)


def hazard_peak(run):
    """Year of life (1 is the first) with the highest hazard among the first twelve, and that hazard."""
    h = hazards(run)[:12]
    at = int(np.nanargmax(h))
    return at + 1, float(h[at])


def endogenous_share(run):
    """Exits that answer to policy (insolvency, option value) over all."""
    exits = run.flow("exits", slice(None)).sum(0)
    return float(exits[[run.index("exit_cause", c) for c in ("insolvency", "option_value")]].sum() / exits.sum())


def markup(run, rows):
    """Weighted by revenue, as the cost ratio of the yearbook is."""
    ratio, weight = run.get("markup")[rows], run.get("revenue")[rows].astype(float).sum(2)
    known = np.isfinite(ratio)
    return float((ratio * weight)[known].sum() / weight[known].sum())


def leverage(run, owner, rows):
    ratio = run.get("debt_ratio_above_scale")[rows]
    if owner is not None:
        return float(np.nanmean(ratio[:, run.index("ownership", owner)]))
    assets = run.get("assets_above_scale")[rows].astype(float).sum(1)
    known = np.isfinite(ratio)
    return float((ratio * assets)[known].sum() / assets[known].sum())


def return_on_assets(run, owner, first, last):
    rows, years = run.years(first, last), last - first + 1
    columns = slice(None) if owner is None else run.index("ownership", owner)
    profit = run.get("profit_above_scale")[rows].astype(float)[:, :, columns].sum() / years
    return float(profit / (run.get("assets_above_scale")[rows].astype(float)[:, :, columns].sum() / len(rows)))


def margin(run, first, last):
    rows = run.years(first, last)
    return float(run.flow("profit_above_scale", rows).sum() / run.flow("revenue_above_scale", rows).sum())


def profit_of(run, owner, year):
    return float(run.flow("profit_above_scale", run.year(year))[:, run.index("ownership", owner)].sum())


def state_profit_share(run, year):
    return profit_of(run, "state", year) / float(run.flow("profit_above_scale", run.year(year)).sum())


def spike_share(run):
    return float(run.flow("investment_spikes", slice(None)) / run.flow("capital_reviews", slice(None)))


def zombies(run, first, last):
    rows = run.years(first, last)
    return float(run.get("zombies")[rows].astype(float).sum() / run.get("firms")[rows].astype(float).sum())


def stock_days(run, rows):
    """Over above-scale sales, as the observed figure is."""
    days, weight = run.get("stock_days")[rows], run.get("revenue_above_scale")[rows].astype(float).sum(2)
    known = np.isfinite(days)
    return float((days * weight)[known].sum() / weight[known].sum())


def mean_employees(run, year):
    row = run.end(year)
    return run.total("employment", row) / run.total("firms", row)


def job_growth(run, first, last):
    return (run.total("employment", run.end(last)) / run.total("employment", run.end(first))) ** (1 / (last - first)) - 1


def producer_price(run, year, year_before=None):
    """Change of the mean price index over the year before (its December where the run begins with the year), by revenue."""
    rows = run.year(year)
    weight = run.flow("revenue", rows).sum(1)
    price = run.get("price_index")
    now = np.nanmean(price[rows], 0)
    before = np.nanmean(price[run.year(year - 1)], 0) if year_before is None else price[rows[0]]
    known = np.isfinite(now / before)
    return float(((now / before)[known] * weight[known]).sum() / weight[known].sum() - 1)


def research_share(run, year):
    """R&D over revenue of all firms."""
    rows = run.year(year)
    spent = run.flow("research", rows).sum()
    if spent == 0:
        raise LookupError("the run is without technology")
    return float(spent / run.flow("revenue", rows).sum())


def mature_share(run, year):
    """Part of above-scale firms at maturity level 2 or above."""
    levels = run.get("firms_above_scale_by_level")[run.end(year)].astype(float)
    if levels.sum() == 0:
        raise LookupError("the run is without technology")
    return float(levels[1:].sum() / levels.sum())


def unmet(run):
    missed, served = run.flow("unmet_demand", slice(None)).sum(), run.flow("final_demand", slice(None)).sum()
    return float(missed / (missed + served))


@dataclass
class Fact:
    name: str
    population: str            # above, all, or a dash
    simulated: Callable        # of a Result; a number, or (number, remark)
    observed: object           # number, or name of a series with its years, or None
    band: tuple                # accepted, both ends inside
    form: str                  # how a number is printed
    source: str = ""


def share(x):
    return f"{100 * x:.1f} %"


def facts(series):
    """All facts, in the order of the table. `series(name, years)` is the mean of an observed series."""
    constant = lambda name: CONSTANTS[name]  # noqa: E731
    use = lambda year, factor=0.01: series("utilisation_manufacturing", year, factor)  # noqa: E731
    all_facts = []

    def add(name, population, simulated, observed, band, form=share):
        value, source = observed if observed else (None, "")
        all_facts.append(Fact(name, population, simulated, value, band, form, source))

    add("Capacity utilisation 2016-19", "above", lambda r: utilisation(r, r.years(*STEADY)), use("2016 2017 2018 2019"), (0.73, 0.79))
    add("  least of the sectors", "above", lambda r: extreme_sector(r, min), (0.62, "utilisation_targets.csv: vehicles with new energy"), (0.55, 0.73))
    add("  largest of the sectors", "above", lambda r: extreme_sector(r, max), (0.815, "utilisation_targets.csv: integrated circuits"), (0.75, 0.88))
    add("Capacity utilisation 2020 Q1", "above", lambda r: utilisation(r, r.rows((2020, 1), (2020, 3))), use("2020Q1"), (0.64, 0.70))
    add("Capacity utilisation 2020 Q4", "above", lambda r: utilisation(r, r.rows((2020, 10), (2020, 12))), use("2020Q4"), (0.74, 0.81))
    million = lambda x: f"{x / 1e6:.3f} m"  # noqa: E731
    add("Firms, start of 2015", "all", lambda r: r.total("firms", r.rows((2015, 1), (2015, 1))[0]), series("mfg_firms", "2015", 1e6), (2.5e6, 2.8e6), million)
    add("Firms, start of 2018", "all", lambda r: r.total("firms", r.end(2017)), None, (2.9e6, 3.3e6), million)
    add("Firms, end of 2018", "all", lambda r: r.total("firms", r.end(2018)), series("mfg_firms", "2018", 1e6), (3.1e6, 3.45e6), million)
    add("Firms, end of 2023", "all", lambda r: r.total("firms", r.end(2023)), series("mfg_firms", "2023", 1e6), (3.7e6, 4.4e6), million)
    add("Above-scale firms, end of 2015", "above", lambda r: r.total("firms_above_scale", r.end(2015)), constant("firms_above_scale"), (3.0e5, 4.2e5), million)
    add("Growth of firms 2015-18, a year", "all", lambda r: growth_of_firms(r, 2015, 2018), constant("growth_of_firms_to_2018"), (0.04, 0.09))
    add("Growth of firms 2018-23, a year", "all", lambda r: growth_of_firms(r, 2018, 2023), constant("growth_of_firms"), (0.03, 0.07))
    add("Death rate 2016-19, a year", "all", lambda r: death_rate(r, *STEADY), constant("death_rate"), (0.055, 0.095))
    add("Death rate 2020-24, a year", "all", lambda r: death_rate(r, 2020, 2024), constant("death_rate"), (0.055, 0.095))
    add("Year of life with the highest hazard", "all", lambda r: hazard_peak(r)[0], constant("peak_age"), (2, 5), lambda x: f"{x:.0f}")
    add("  hazard in it", "all", lambda r: hazard_peak(r)[1], constant("peak_hazard"), (0.075, 0.13))
    add("Endogenous share of exits", "all", endogenous_share, None, (0.15, 0.7))
    add("Markup over unit cost 2016-19", "all", lambda r: markup(r, r.years(*STEADY)), constant("markup"), (0.14, 0.21), lambda x: f"{x:.3f}")
    add("Leverage 2016-19", "above", lambda r: leverage(r, None, r.years(*STEADY)), series("leverage", "2016 2017 2018 2019", 0.01), (0.53, 0.60))
    gap = combine(series("leverage_state", "2015 2016 2017", 0.01), series("leverage_private", "2015 2016 2017", 0.01), lambda a, b: a - b)
    add("Leverage, state less private, 2015-17", "above", lambda r: leverage(r, "state", r.years(2015, 2017)) - leverage(r, "private", r.years(2015, 2017)),
        gap, (0.07, 0.12), lambda x: f"{100 * x:+.1f} points")
    number = lambda x: f"{x:.2f}"  # noqa: E731
    for title, name in (("Tail exponent of sales", "sales_tail_exponent"), ("  largest hundredth", "sales_tail_exponent_largest")):
        for year in (2018, 2024):
            add(f"{title}, {year}", "all", lambda r, n=name, y=year: float(r.yearly(n, y)), constant("tail_exponent"), (0.9, 1.5), number)
    add("Share of investment spikes", "all", spike_share, constant("spike_share"), (0.12, 0.25))
    add("Return on assets 2016-19", "above", lambda r: return_on_assets(r, None, *STEADY), constant("return_on_assets"), (0.045, 0.085))
    add("  state firms", "above", lambda r: return_on_assets(r, "state", *STEADY), None, (0.02, 0.06))
    add("  private firms", "above", lambda r: return_on_assets(r, "private", *STEADY), None, (0.05, 0.12))
    add("  foreign firms", "above", lambda r: return_on_assets(r, "foreign", *STEADY), None, (0.05, 0.12))
    add("Profit over revenue, 2015", "above", lambda r: margin(r, 2015, 2015), series("profit_margin", "2015", 0.01), (0.04, 0.07))
    add("Profit over revenue, 2021-24", "above", lambda r: margin(r, 2021, 2024), series("profit_margin", "2021 2022 2024", 0.01), (0.045, 0.075))
    add("State share of profit, 2015", "above", lambda r: state_profit_share(r, 2015), constant("state_profit_share_2015"), (0.07, 0.13))
    add("State share of profit, 2019", "above", lambda r: state_profit_share(r, 2019), constant("state_profit_share_2019"), (0.14, 0.22))
    add("Zombies 2016-19", "all", lambda r: zombies(r, *STEADY), series("zombie_share", "2013", 1), (0.05, 0.12))
    days = lambda x: f"{x:.1f} days"  # noqa: E731
    add("Finished stock 2015-18", "above", lambda r: stock_days(r, r.years(2015, 2018)), series("finished_stock_days", "2015 2018", 1), (13, 18), days)
    people = lambda x: f"{x:.1f}"  # noqa: E731
    for year in (2018, 2023):
        per_firm = combine(series("mfg_employment_census", str(year), 1), series("mfg_firms", str(year), 1), lambda a, b: a / b)
        add(f"Employees per firm, {year}", "all", lambda r, y=year: mean_employees(r, y), per_firm, ((29, 35), (23, 29))[year == 2023], people)
    jobs = lambda a, b, n: combine(series("mfg_employment", a, 1), series("mfg_employment", b, 1), lambda x, y: (y / x) ** (1 / n) - 1)  # noqa: E731
    add("Growth of jobs 2015-18, a year", "all", lambda r: job_growth(r, 2015, 2018), jobs("2015", "2018", 3), (-0.08, -0.01))
    add("Growth of jobs 2018-23, a year", "all", lambda r: job_growth(r, 2018, 2023), jobs("2018", "2023", 5), (-0.02, 0.02))
    small = lambda year: lambda r: float(r.get("sme_sales_share")[r.year(year)].mean())  # noqa: E731
    add("Sales share of small and medium firms, 2015", "above", small(2015), series("sme_share_industrial_sales", "2015", 1), (0.55, 0.70))
    change = series("sme_share_industrial_sales_change", "2018", 0.01)
    add("  change 2015-18", "above", lambda r: small(2018)(r) - small(2015)(r), change, (-0.09, -0.03), lambda x: f"{100 * x:+.1f} points")
    add("Producer price, 2015 on its January", "all", lambda r: producer_price(r, 2015, "January"), None, (-0.06, -0.01), lambda x: f"{100 * x:+.1f} %")
    add("Producer price, 2016 on 2015", "all", lambda r: producer_price(r, 2016), series("ppi", "2016", 0.01), (-0.04, 0.01), lambda x: f"{100 * x:+.1f} %")
    add("R&D over revenue, 2018", "all", lambda r: research_share(r, 2018), series("rd_over_revenue_above_scale_mfg", "2018", 0.01), (0.012, 0.0148))
    mature = lambda year: combine(series("maturity_share_level_1", year, 1), (0, ""), lambda a, _: 1 - a)  # noqa: E731
    for year, band in ((2020, (0.10, 0.27)), (2022, (0.15, 0.39)), (2024, (0.20, 0.44))):
        add(f"Firms at maturity level 2 or above, {year}", "above", lambda r, y=year: mature_share(r, y), mature(str(year)), band)
    add("Bank capital over loans 2016-19", "-", lambda r: float(r.get("bank_capital_ratio")[r.years(*STEADY)].mean()), constant("bank_capital"), (0.06, 0.10))
    add("Final demand not met", "-", unmet, None, (0, 0.02))
    return all_facts


def combine(a, b, f):
    return None if a is None or b is None else (f(a[0], b[0]), a[1])


def observed_reader(path):
    """Reads observed_series.csv. @return (name, periods, factor) -> (mean over the periods that are there, source) or None"""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    values = {(row["series"], row["period"]): (float(row["value"]), row["provenance"]) for row in rows}

    def series(name, periods, factor):
        found = []
        for period in periods.split():
            quarters = [values[key] for key in ((name, f"{period}Q{q}") for q in range(1, 5)) if key in values]
            if (name, period) in values:
                found.append(values[name, period])
            elif len(quarters) == 4:
                found.append((sum(q[0] for q in quarters) / 4, quarters[0][1]))
        if not found:
            return None
        return factor * sum(f[0] for f in found) / len(found), f"observed_series.csv {name}: {found[0][1]}"

    return series


def evaluate(run, all_facts):
    """Rows of the table: name, population, simulated, observed, band, verdict, remark, source."""
    rows = []
    for fact in all_facts:
        remark = ""
        try:
            value = fact.simulated(run)
            if isinstance(value, tuple):
                value, remark = value
        except (LookupError, ValueError) as missing:
            value, remark = math.nan, str(missing)
        low, high = fact.band
        verdict = "-" if not math.isfinite(value) else "ok" if low <= value <= high else "low" if value < low else "high"
        rows.append((fact.name, fact.population, fact.form(value) if math.isfinite(value) else "-",
                     fact.form(fact.observed) if fact.observed is not None else "-", f"{fact.form(low)} to {fact.form(high)}", verdict, remark, fact.source))
    return rows


HEAD = ("fact", "firms", "simulated", "observed", "accepted", "verdict", "remark", "source of the observed figure")


def as_text(rows):
    table = [HEAD[:7]] + [row[:7] for row in rows]
    widths = [max(len(row[i]) for row in table) for i in range(7)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in table)


def as_markdown(rows):
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    lines += ["| " + " | ".join(cell.strip().replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result")
    parser.add_argument("--markdown", action="store_true", help="a Markdown table with the sources")
    parser.add_argument("--observed", default=OBSERVED, help="observed_series.csv of the nation")
    options = parser.parse_args()
    try:
        rows = evaluate(Result(options.result), facts(observed_reader(options.observed)))
    except (Unreadable, OSError) as failure:
        print(f"facts.py: error: {failure}", file=sys.stderr)
        return 5
    print(as_markdown(rows) if options.markdown else as_text(rows))
    known = [row[5] for row in rows if row[5] != "-"]
    print(f"\n{known.count('ok')} of {len(known)} facts lie in their band; {len(rows) - len(known)} are not held by this run.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
