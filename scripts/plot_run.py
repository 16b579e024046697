#!/usr/bin/python3
"""Draws a result on one page: plot_run.py RESULT.h5 [--out PNG] [--against OTHER.h5].

Shows the panels whose series the file holds; flows are sums over 12 months. --against dashes the totals of another run. NAME_observed beside
a series NAME (same dimensions or fewer, NaN where nothing was observed) becomes dots. Exit code 5 when a file cannot be read.
"""

import argparse
import re
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr

from plot_sectors import heat, sector_tables, shortened

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F", "#000000"]  # safe for colour-blind readers
MONEY = {"fen": 0.01, "yuan": 1.0, "cny": 1.0, "milliunit": 0.001}  # a unit of goods is what a yuan of the base year bought
COLUMNS = 4


class Run:
    """The monthly series of a result, in calendar years and basic units (yuan, not fen)."""

    def __init__(self, path):
        self.path = path
        try:
            self.data = xr.open_dataset(path, engine="h5netcdf", decode_times=False, mask_and_scale=False).load()
            start = re.match(r"days since (\d+)-(\d+)-(\d+)", self.data.time.units)
            year, month, day = (int(part) for part in start.groups())
        except (OSError, ValueError, AttributeError, KeyError) as error:
            reason = str(error).splitlines()[0] if isinstance(error, OSError) else "not a result with a time axis"
            raise SystemExit(fail(path, reason)) from None
        days = 360.0 if self.data.time.attrs.get("calendar") == "360_day" else 365.2425
        self.years = year + (month - 1) / 12 + (day - 1) / days + np.asarray(self.data.time) / days
        if len(self.years) < 2:
            raise SystemExit(fail(path, f"{len(self.years)} months are too few to draw"))

    def has(self, *names):
        """True when the file holds these series, each "NAME" or, over a dimension, "NAME[DIMENSION]"."""
        parts = [name.rstrip("]").partition("[") for name in names]
        return all(name in self.data and (not dimension or dimension in self.data[name].dims) for name, _, dimension in parts)

    def get(self, name):
        """The series as real numbers, money in yuan, goods in units."""
        series = self.data[name]
        return series.astype(float) * MONEY.get(series.attrs.get("units", "").lower(), 1.0)

    def total(self, name):
        series = self.get(name)
        return series.sum([d for d in series.dims if d != "time"])

    def by(self, name, dimension):
        series = self.get(name)
        return series.sum([d for d in series.dims if d not in ("time", dimension)])

    def is_money(self, name):
        return self.data[name].attrs.get("units", "").lower() in MONEY

    def names(self, dimension):
        """Readable names of the labels of a dimension."""
        title = f"{dimension}_title"
        texts = self.data[title].values if title in self.data.coords else self.data[dimension].values
        return [str(text).replace("_", " ") for text in texts]

    def whole_years(self):
        """(year, slice of its 12 months) for each calendar year that is complete."""
        whole = np.floor(self.years + 1e-6).astype(int)
        return [(y, whole == y) for y in np.unique(whole) if (whole == y).sum() == 12]


def fail(path, reason):
    print(f"plot_run.py: error: {path}: {reason}", file=sys.stderr)
    return 5


def yearly_rate(series):
    """Sum over the last 12 months, or the month times 12 in a run too short for that."""
    return series.rolling(time=12).sum() if series.sizes["time"] >= 24 else 12 * series


def scaled(values):
    """A factor and its name that bring the largest value between 1 and 1000."""
    largest = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 0.0
    for size, name in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")]:
        if largest >= size:
            return 1 / size, name
    return 1.0, ""


def weighted(run, name, weight):
    """Mean over sectors, weighted by another series where the file has it."""
    series = run.get(name)
    if "sector" not in series.dims or not run.has(f"{weight}[sector]"):
        return series.mean([d for d in series.dims if d != "time"])
    return series.weighted(run.by(weight, "sector").fillna(0)).mean("sector")


class Panel:
    """One small plot: title, legend between title and axes so that it covers nothing."""

    def __init__(self, axes, run, other):
        self.axes, self.run, self.other = axes, run, other
        self.from_zero = False

    def title(self, text, unit=""):
        self.axes.set_title(text, loc="left", fontsize=9.5, fontweight="bold", pad=19)
        self.axes.set_ylabel(unit, fontsize=7.5)

    def finish(self):
        a = self.axes
        a.set_xlim(self.run.years[0] - 0.05, self.run.years[-1] + 0.05)
        a.xaxis.set_major_locator(plt.MaxNLocator(6, integer=True))
        if a.get_yscale() == "linear":
            self.finish_values()
        a.tick_params(labelsize=7.5, length=2.5)
        a.grid(axis="y", color="#e4e4e4", linewidth=0.6)
        a.set_axisbelow(True)
        a.spines[["top", "right"]].set_visible(False)
        handles, labels = a.get_legend_handles_labels()
        if handles:
            a.legend(handles, labels, loc="lower left", bbox_to_anchor=(-0.02, 0.985), ncol=min(5, len(labels)), fontsize=6.8, frameon=False,
                     handlelength=1.1, columnspacing=0.9, handletextpad=0.4, borderpad=0.2)

    def finish_values(self):
        """A linear axis without offsets, and not a magnifying glass for rounding errors."""
        a = self.axes
        low, high = a.get_ylim()
        if high - low < 1e-6 * max(abs(low), abs(high)):
            a.set_ylim(low - 0.05 * abs(low), high + 0.05 * abs(high))
        if self.from_zero:
            a.set_ylim(0, max(a.get_ylim()[1], 1e-9))
        a.yaxis.set_major_locator(plt.MaxNLocator(6))
        a.ticklabel_format(axis="y", useOffset=False, style="plain")

    def line(self, values, label=None, colour=COLOURS[0], **style):
        self.axes.plot(self.run.years, values, color=colour, label=label, linewidth=1.4, **style)

    def dashed(self, values, label="other run"):
        self.axes.plot(self.other.years, values, color="#333333", linewidth=1.0, linestyle=(0, (4, 2)), label=label)

    def compared(self, function, *names):
        """Calls function(other run) for the dashed line, when there is another run with these series."""
        if self.other is not None and self.other.has(*names):
            self.dashed(function(self.other))

    def dots(self, name, dimension=None, factor=1.0):
        """Observed values as dots; means over the other dimensions."""
        if not self.run.has(f"{name}_observed"):
            return
        seen = self.run.get(f"{name}_observed")
        seen = seen.mean([d for d in seen.dims if d != "time"], skipna=True) * factor
        self.axes.plot(self.run.years, seen, "o", color="black", markersize=2.6, label="observed", zorder=5)

    def stacked(self, values, dimension, factor):
        shares = np.array([values.isel({dimension: i}) * factor for i in range(values.sizes[dimension])])
        known = np.isfinite(shares).any(axis=0)
        self.axes.stackplot(self.run.years[known], np.nan_to_num(shares[:, known]), labels=self.run.names(dimension), colors=COLOURS, alpha=0.85,
                            linewidth=0)
        self.from_zero = True

    def lines(self, values, dimension, factor=1.0):
        for i, name in enumerate(self.run.names(dimension)):
            self.line(values.isel({dimension: i}) * factor, name, COLOURS[i % len(COLOURS)])

    def band(self, series, factor=1.0):
        low, high = (series.quantile(q, "sector") * factor for q in (0.1, 0.9))
        self.axes.fill_between(self.run.years, low, high, color=COLOURS[0], alpha=0.16, linewidth=0, label="8 in 10 sectors")


def stock_by(title, name, dimension, what=""):
    """A panel that stacks a stock by a dimension."""

    def draw(p):
        values = p.run.by(name, dimension)
        factor, size = scaled(values.sum(dimension).values)
        p.stacked(values, dimension, factor)
        p.compared(lambda r: r.total(name) * factor, name)
        p.title(title, f"{size} {'yuan' if p.run.is_money(name) else what}".strip())

    return draw


def flow_by(title, name, dimension, what=""):
    """A panel that stacks a flow, as a sum over 12 months, by a dimension."""

    def draw(p):
        values = yearly_rate(p.run.by(name, dimension))
        factor, size = scaled(values.sum(dimension).values)
        p.stacked(values, dimension, factor)
        p.compared(lambda r: yearly_rate(r.total(name)) * factor, name)
        p.title(title, f"{size} {'yuan' if p.run.is_money(name) else what} a year".strip())

    return draw


def flows(title, labels, what=""):
    """A panel of totals, as sums over 12 months, of the series the file has."""

    def draw(p):
        names = [name for name in labels if p.run.has(name)]
        factor, size = scaled(np.array([yearly_rate(p.run.total(n)) for n in names]))
        for i, name in enumerate(names):
            p.line(yearly_rate(p.run.total(name)) * factor, labels[name], COLOURS[i])
        p.title(title, f"{size} {'yuan' if p.run.is_money(names[0]) else what} a year".strip())

    return draw


def output_index(p):
    def index(run):
        rate = yearly_rate(run.total("output"))
        return 100 * rate / rate.dropna("time")[0]

    p.line(index(p.run), "this run" if p.other else None)
    p.compared(index, "output")
    p.dots("output")
    p.title("Output, real", "first 12 months = 100")


def utilisation(p):
    series = p.run.get("capacity_utilisation")
    if p.run.has("capacity_utilisation[sector]"):
        p.band(series, 100)
    p.line(100 * weighted(p.run, "capacity_utilisation", "capacity"), "weighted mean")
    p.compared(lambda r: 100 * weighted(r, "capacity_utilisation", "capacity"), "capacity_utilisation")
    p.dots("capacity_utilisation", factor=100)
    p.title("Capacity utilisation", "%")


def firms_by_size(p):
    p.lines(p.run.by("firms_by_size", "size_class"), "size_class")
    p.axes.set_yscale("log")
    p.title("Firms by size class", "firms, log scale")


def turnover(p):
    """Entries upwards, exits by cause downwards, both per year in % of firms or in numbers."""
    years = p.run.whole_years()
    entries = p.run.total("entries")
    exits = p.run.by("exits", "exit_cause")
    factor, size = scaled(12 * np.array([entries.values]))
    x = [y + 0.5 for y, _ in years]
    p.axes.bar(x, [float(entries[m].sum()) * factor for _, m in years], 0.7, color=COLOURS[2], label="entries")
    floor = np.zeros(len(years))
    for i, cause in enumerate(p.run.names("exit_cause")):
        height = np.array([float(exits.isel(exit_cause=i)[m].sum()) * factor for _, m in years])
        p.axes.bar(x, -height, 0.7, bottom=floor, color=COLOURS[(i + 3) % len(COLOURS)], label=cause)
        floor -= height
    p.axes.axhline(0, color="black", linewidth=0.6)
    p.title("Entries (up) and exits by cause (down)", f"{size} firms a year".strip())


def prices(p):
    def index(run):
        return 100 * weighted(run, "price_index", "output") / float(weighted(run, "price_index", "output")[0])

    series = p.run.get("price_index")
    if "sector" in series.dims:
        p.band(100 * series / series.isel(time=0))
    p.line(index(p.run), "goods")
    if p.run.has("wage_index"):
        wages = p.run.total("wage_index")
        p.line(100 * wages / float(wages[0]), "wages", COLOURS[1])
    p.compared(index, "price_index")
    p.title("Prices and wages", "first month = 100")


def debt_ratio(p):
    p.lines(p.run.get("debt_ratio"), "ownership", 100)
    p.title("Debt ratio by ownership", "% of assets")


def margins(p):
    ratio = yearly_rate(p.run.by("profit", "ownership")) / yearly_rate(p.run.by("revenue", "ownership"))
    p.lines(ratio, "ownership", 100)
    p.axes.axhline(0, color="black", linewidth=0.6)
    p.title("Profit in revenue by ownership", "%")


def markups(p):
    series = p.run.get("markup")
    if "sector" in series.dims:
        p.band(series)
    p.line(weighted(p.run, "markup", "output"), "weighted mean")
    p.compared(lambda r: weighted(r, "markup", "output"), "markup")
    p.title("Markup over unit cost", "")


def zombies(p):
    share = p.run.by("zombies", "ownership") / p.run.by("firms", "ownership").where(lambda n: n > 0)
    p.lines(share, "ownership", 100)
    p.title("Zombie firms by ownership", "% of firms")


def stocks(p):
    """Inventories and backlog, each against its own first month: their units need not agree."""
    for i, name in enumerate(n for n in ("inventories", "backlog") if p.run.has(n)):
        total = p.run.total(name)
        first = float(total[:12].mean()) or np.nan
        p.line(100 * total / first, name, COLOURS[i])
    p.title("Inventories and order backlog", "first 12 months = 100")


def unmet(p):
    p.line(100 * yearly_rate(p.run.total("unmet_demand")) / yearly_rate(p.run.total("final_demand")))
    p.title("Final demand not met", "%")


def small_firms(p):
    p.line(100 * p.run.total("sme_sales_share"), "this run" if p.other else None)
    p.compared(lambda r: 100 * r.total("sme_sales_share"), "sme_sales_share")
    p.dots("sme_sales_share", factor=100)
    p.title("Share of small and medium firms in sales", "%")


# What is drawn, in this order: the series a panel needs (see Run.has), and the panel.
PANELS = [
    (["output"], output_index),
    (["output[ownership]"], flow_by("Output by ownership, real", "output", "ownership", "yuan of 2015")),
    (["capacity_utilisation"], utilisation),
    (["price_index"], prices),
    (["firms[ownership]"], stock_by("Firms by ownership", "firms", "ownership", "firms")),
    (["firms_by_size[size_class]"], firms_by_size),
    (["entries", "exits[exit_cause]"], turnover),
    (["employment[ownership]"], stock_by("Employment by ownership", "employment", "ownership", "persons")),
    (["value_added"], flows("Value added", {"value_added": "value added"})),
    (["revenue[ownership]", "profit[ownership]"], margins),
    (["investment[ownership]"], flow_by("Investment by ownership", "investment", "ownership")),
    (["markup"], markups),
    (["loans[ownership]"], stock_by("Loans by ownership", "loans", "ownership")),
    (["debt_ratio[ownership]"], debt_ratio),
    (["zombies[ownership]", "firms[ownership]"], zombies),
    (["exports"], flows("Trade", {"exports": "exports", "imports": "imports"})),
    (["inventories"], stocks),
    (["unmet_demand", "final_demand"], unmet),
    (["sme_sales_share"], small_firms),
]


def draw(run, other):
    """The page as a figure; raises SystemExit when there is nothing to draw."""
    panels = [function for names, function in PANELS if run.has(*names)]
    tables = sector_tables(run)
    if not panels and not tables:
        raise SystemExit(fail(run.path, "it holds none of the series that are drawn"))
    rows = -(-len(panels) // COLUMNS)
    names = shortened(run.names("sector")) if tables else []
    heights = [2.45] * rows + ([0.6 + 0.17 * len(names)] if tables else [])
    figure = plt.figure(figsize=(15.5, sum(heights) + 1.4))
    top = 1 - 1.3 / figure.get_figheight()
    grid = figure.add_gridspec(len(heights), 12, height_ratios=heights, left=0.05, right=0.985, top=top, bottom=0.35 / figure.get_figheight(),
                               hspace=0.46, wspace=2.2)
    for i, function in enumerate(panels):
        column = 3 * (i % COLUMNS)
        panel = Panel(figure.add_subplot(grid[i // COLUMNS, column : column + 3]), run, other)
        function(panel)
        panel.finish()
    for i, (table, years, colours, limits, title) in enumerate(tables):
        axes = figure.add_subplot(grid[rows, 2:7] if i == 0 else grid[rows, 7:12])
        heat(axes, table, years, names if i == 0 else [""] * len(names), colours, limits, title)
    heading(figure, run, other)
    return figure


def heading(figure, run, other):
    attributes = run.data.attrs
    height = figure.get_figheight()
    figure.text(0.05, 1 - 0.3 / height, str(attributes.get("title", Path(run.path).stem)), fontsize=15, fontweight="bold", va="center")
    parts = [str(attributes.get("source", "")), f"seed {attributes['seed']}" if "seed" in attributes else "", Path(run.path).name]
    if other is not None:
        parts.append(f"dashed: {other.data.attrs.get('title', '')} ({Path(other.path).name})")
    if attributes.get("status", "complete") != "complete":
        parts.append(f"run {attributes['status']}")
    figure.text(0.05, 1 - 0.58 / height, "   ·   ".join(part for part in parts if part), fontsize=8.5, color="#555555", va="center")


def main():
    parser = argparse.ArgumentParser(description="Draw a result on one page.")
    parser.add_argument("result", help="result file, or X.h5.partial of a run that was stopped")
    parser.add_argument("--out", help="picture to write (png, pdf, svg); default: beside the result")
    parser.add_argument("--against", help="another result, whose totals are dashed")
    arguments = parser.parse_args()
    figure = draw(Run(arguments.result), Run(arguments.against) if arguments.against else None)
    out = arguments.out or str(Path(arguments.result).with_suffix(".png"))
    try:
        figure.savefig(out, dpi=150)
    except (OSError, ValueError) as error:
        return fail(out, str(error).splitlines()[0])
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
