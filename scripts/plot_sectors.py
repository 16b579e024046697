"""The foot of the page that plot_run.py draws: tables by sector and year, and utilisation by sector beside what was observed."""

import numpy as np


def heat(axes, table, years, names, colours, limits, title):
    """A table of sectors by years, coloured and with its numbers."""
    axes.imshow(table, aspect="auto", cmap=colours, vmin=limits[0], vmax=limits[1])
    axes.set_xticks(range(len(years)), years, fontsize=7.5)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(title, loc="left", fontsize=9.5, fontweight="bold", pad=6)
    middle, half = sum(limits) / 2, (limits[1] - limits[0]) / 2
    for (row, column), value in np.ndenumerate(table):
        if np.isfinite(value):
            dark = abs(value - middle) > 0.6 * half
            text = format(value + 0.0 if abs(value) >= 0.5 else 0.0, ".0f")
            axes.text(column, row, text, ha="center", va="center", fontsize=6.2, color="white" if dark else "#222222")


def sector_tables(run):
    """(table, years, colours, limits, title) for what the file has by sector."""
    years = run.whole_years()
    tables = []
    if run.has("output[sector]") and len(years) > 1:
        output = run.by("output", "sector")
        sums = np.array([output[m].sum("time").values for _, m in years])
        growth = 100 * (sums[1:] / np.where(sums[:-1] > 0, sums[:-1], np.nan) - 1)
        tables.append((growth.T, [y for y, _ in years[1:]], "RdBu", (-15, 15), "Growth of real output by sector, % a year"))
    if run.has("capacity_utilisation[sector]") and years:
        use = run.get("capacity_utilisation")
        means = np.array([use[m].mean("time").values for _, m in years])
        tables.append((100 * means.T, [y for y, _ in years], "PuOr", (45, 105), "Capacity utilisation by sector, %"))
    return tables


def shortened(names, width=44):
    return [name if len(name) <= width else name[: width - 1].rstrip(" ,") + "…" for name in names]


def utilisation_beside_observed(run):
    """(simulated, observed) as arrays of sectors by year in per cent, for the years that have both; None without observations."""
    for name in ("capacity_utilisation_above_scale", "capacity_utilisation"):
        seen, covers = run.observed.find(name, "sector")
        months = dict(run.whole_years())
        years = [year for year in seen if year in months]
        if years and run.has(f"{name}[sector]"):
            simulated = np.array([np.nanmean(run.get(name)[months[year]], axis=0) for year in years])
            return 100 * simulated.T, 100 * np.array([seen[year] for year in years]).T, covers
    return None


def strip(axes, simulated, observed, covers):
    """A row for each sector: simulated years as a bar from the least to the largest, observed ones as dots."""
    rows = np.arange(len(simulated))
    axes.hlines(rows, simulated.min(1), simulated.max(1), color="#0072B2", linewidth=5, alpha=0.45, label="simulated")
    for year in range(observed.shape[1]):
        axes.plot(observed[:, year], rows, "o", color="black", markersize=2.4, alpha=0.7, label="observed" if year == 0 else None)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(rows, [""] * len(rows))
    axes.tick_params(length=0, labelsize=7.5)
    axes.grid(color="#e4e4e4", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.set_title("Utilisation" + (f", {covers}" if covers != "all" else "") + ", %", loc="left", fontsize=9.5, fontweight="bold", pad=6)
    axes.legend(loc="lower left", fontsize=6.8, framealpha=0.8)


def draw_tables(figure, place, run, tables):
    """The tables side by side, names at the left only, and the strip where there are observations."""
    beside = utilisation_beside_observed(run)
    names = shortened(run.names("sector"))
    widths = [10] * len(tables) + ([6] if beside else [])
    grid = place.subgridspec(1, 1 + len(widths), width_ratios=[6 if beside else 4, *widths], wspace=0.06)
    for i, (table, years, colours, limits, title) in enumerate(tables):
        heat(figure.add_subplot(grid[0, 1 + i]), table, years, names if i == 0 else [""] * len(names), colours, limits, title)
    if beside:
        strip(figure.add_subplot(grid[0, len(widths)]), *beside)
