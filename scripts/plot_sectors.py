"""The tables by sector and year at the foot of the page that plot_run.py draws."""

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
