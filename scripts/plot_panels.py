"""The small plots of the page that plot_run.py draws, each with the series it needs."""

import numpy as np

from plot_data import scaled, weighted, yearly_rate
from plot_panel import COLOURS


def stock_by(title, name, dimension, what=""):
    """A panel that stacks a stock by a dimension."""

    def draw(p):
        values = p.run.by(name, dimension)
        factor, size = scaled(values.sum(dimension).values)
        p.stacked(values, dimension, factor)
        p.compared(lambda r: r.total(name) * factor, name)
        p.dots(*p.run.observed.find(name), at_end=True, factor=factor)
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


def chained(growth, start, level):
    """An index that is `level` in the year `start` and then grows at yearly rates, as far as they are known without a gap."""
    index = {}
    while start + 1 in growth:
        start, level = start + 1, level * (1 + growth[start + 1])
        index[start] = level
    return index


def output_index(p):
    def index(run):
        rate = yearly_rate(run.total("output"))
        return 100 * rate / rate.dropna("time")[0]

    line = index(p.run)
    p.line(line, "this run" if p.other else None)
    p.compared(index, "output")
    growth, covers = p.run.observed.find("output", measure="growth")
    for year, months in p.run.whole_years()[:1]:
        p.dots(chained(growth, year, float(line[months][-1])), covers, at_end=True)
    p.title("Output, real", "first 12 months = 100")


def utilisation(p):
    series = p.run.get("capacity_utilisation")
    if p.run.has("capacity_utilisation[sector]"):
        p.band(series, 100)
    p.line(100 * weighted(p.run, "capacity_utilisation", "capacity"), "weighted mean")
    if p.run.has("capacity_utilisation_above_scale"):
        p.line(100 * weighted(p.run, "capacity_utilisation_above_scale", "capacity"), "above scale", COLOURS[1])
    p.compared(lambda r: 100 * weighted(r, "capacity_utilisation", "capacity"), "capacity_utilisation")
    for name in ("capacity_utilisation", "capacity_utilisation_above_scale"):
        p.dots(*p.run.observed.find(name), factor=100)
    p.title("Capacity utilisation", "%")


def firms_by_size(p):
    p.lines(p.run.by("firms_by_size", "size_class"), "size_class")
    if p.run.has("firms_above_scale"):
        p.line(p.run.total("firms_above_scale"), "above scale", "black", linestyle=":")
    p.dots(*p.run.observed.find("firms_above_scale"), at_end=True)
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
    growth, covers = p.run.observed.find("price_index", measure="growth")
    for year, months in p.run.whole_years()[:1]:
        p.dots(chained(growth, year, float(index(p.run)[months].mean())), covers)
    p.title("Prices and wages", "first month = 100")


def debt_ratio(p):
    """Of above-scale firms where that is what was observed."""
    seen = p.run.observed
    above = p.run.has("debt_ratio_above_scale[ownership]") and any(seen.find("debt_ratio_above_scale", d)[0] for d in (None, "ownership"))
    name = "debt_ratio_above_scale" if above else "debt_ratio"
    p.lines(p.run.get(name), "ownership", 100)
    p.dots_by(*seen.find(name, "ownership"), "ownership", at_end=True, factor=100)
    p.dots(*seen.find(name), at_end=True, factor=100)
    p.title("Debt ratio by ownership" + (", above scale" if above else ""), "% of assets")


def margins(p):
    ratio = yearly_rate(p.run.by("profit", "ownership")) / yearly_rate(p.run.by("revenue", "ownership"))
    p.lines(ratio, "ownership", 100)
    if p.run.has("profit_above_scale", "revenue_above_scale"):
        above = yearly_rate(p.run.total("profit_above_scale")) / yearly_rate(p.run.total("revenue_above_scale"))
        p.line(100 * above, "above scale", "black", linestyle=":")
    p.dots(*p.run.observed.find("profit_above_scale", over="revenue_above_scale"), at_end=True, factor=100)
    p.axes.axhline(0, color="black", linewidth=0.6)
    p.title("Profit in revenue by ownership", "%")


def profits_above_scale(p):
    values = yearly_rate(p.run.by("profit_above_scale", "ownership"))
    total = values.sum("ownership", skipna=False)
    factor, size = scaled(total.values)
    p.lines(values, "ownership", factor)
    p.line(total * factor, "all", "black", linestyle=":")
    seen = p.run.observed
    p.dots_by(*seen.find("profit_above_scale", "ownership"), "ownership", at_end=True, factor=factor)
    p.dots(*seen.find("profit_above_scale"), at_end=True, factor=factor)
    p.title("Profit of above-scale firms", f"{size} yuan a year")


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
    p.dots(*p.run.observed.find("zombies", over="firms"), at_end=True, factor=100)
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
    p.dots(*p.run.observed.find("sme_sales_share"), factor=100)
    p.title("Share of small and medium firms in sales", "%")


def stock_days(p):
    p.line(weighted(p.run, "stock_days", "revenue"), "this run" if p.other else None)
    p.compared(lambda r: weighted(r, "stock_days", "revenue"), "stock_days")
    p.dots(*p.run.observed.find("stock_days"))
    p.title("Finished stock, above scale", "days")


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
    (["profit_above_scale[ownership]"], profits_above_scale),
    (["investment[ownership]"], flow_by("Investment by ownership", "investment", "ownership")),
    (["markup"], markups),
    (["loans[ownership]"], stock_by("Loans by ownership", "loans", "ownership")),
    (["debt_ratio[ownership]"], debt_ratio),
    (["zombies[ownership]", "firms[ownership]"], zombies),
    (["exports"], flows("Trade", {"exports": "exports", "imports": "imports"})),
    (["inventories"], stocks),
    (["unmet_demand", "final_demand"], unmet),
    (["stock_days"], stock_days),
    (["sme_sales_share"], small_firms),
]
