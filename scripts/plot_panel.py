"""One small plot of the page that plot_run.py draws."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F", "#000000"]  # safe for colour-blind readers


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
            size = 6.8 if len(labels) < 6 else 6.3
            a.legend(handles, labels, loc="lower left", bbox_to_anchor=(-0.02, 0.985), ncol=min(6, len(labels)), fontsize=size, frameon=False,
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

    def dots(self, seen, covers, at_end=False, factor=1.0, colour="black", label="observed"):
        """Observed yearly values as dots, in the middle of their years or at the end; hollow where they cover firms above scale only."""
        if seen:
            x = [year + (1.0 if at_end else 0.5) for year in seen]
            face = "white" if covers == "above scale" else colour
            self.axes.plot(x, [float(v) * factor for v in seen.values()], "o", color=colour, markersize=3.2, markerfacecolor=face,
                           markeredgewidth=0.9, label=label, zorder=5)

    def dots_by(self, seen, covers, dimension, at_end=False, factor=1.0):
        """Dots in the colours of the lines of a dimension."""
        for i in range(self.run.data.sizes[dimension]):
            known = {year: v[i] for year, v in seen.items() if np.isfinite(v[i])}
            self.dots(known, covers, at_end, factor, COLOURS[i % len(COLOURS)], label=None)

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
