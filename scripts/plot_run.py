#!/usr/bin/python3
"""Draws a result on one page: plot_run.py RESULT.h5 [--out PNG] [--against OTHER.h5].

Shows the panels whose series the file holds; flows are sums over 12 months. --against dashes the totals of another run. What was observed
(group /observed of the result) becomes dots. Exit code 5 when a file cannot be read.
"""

import argparse
import sys
from pathlib import Path

from plot_data import Run, fail
from plot_panel import Panel, plt
from plot_panels import PANELS
from plot_sectors import draw_tables, sector_tables

COLUMNS = 4


def draw(run, other):
    """The page as a figure; raises SystemExit when there is nothing to draw."""
    panels = [function for names, function in PANELS if run.has(*names)]
    tables = sector_tables(run)
    if not panels and not tables:
        raise SystemExit(fail(run.path, "it holds none of the series that are drawn"))
    rows = -(-len(panels) // COLUMNS)
    heights = [2.45] * rows + ([0.6 + 0.17 * run.data.sizes["sector"]] if tables else [])
    figure = plt.figure(figsize=(15.5, sum(heights) + 1.4))
    top = 1 - 1.3 / figure.get_figheight()
    grid = figure.add_gridspec(len(heights), 12, height_ratios=heights, left=0.05, right=0.985, top=top, bottom=0.35 / figure.get_figheight(),
                               hspace=0.46, wspace=2.2)
    for i, function in enumerate(panels):
        column = 3 * (i % COLUMNS)
        panel = Panel(figure.add_subplot(grid[i // COLUMNS, column : column + 3]), run, other)
        function(panel)
        panel.finish()
    if tables:
        draw_tables(figure, grid[rows, :], run, tables)
    heading(figure, run, other)
    return figure


def heading(figure, run, other):
    attributes = run.data.attrs
    height = figure.get_figheight()
    figure.text(0.05, 1 - 0.3 / height, str(attributes.get("title", Path(run.path).stem)), fontsize=15, fontweight="bold", va="center")
    parts = [str(attributes.get("source", "")), f"seed {attributes['seed']}" if "seed" in attributes else "", Path(run.path).name]
    if other is not None:
        parts.append(f"dashed: {other.data.attrs.get('title', '')} ({Path(other.path).name})")
    if len(run.observed.data.data_vars) > 0:
        parts.append("dots: observed (hollow: of firms above scale only)")
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
