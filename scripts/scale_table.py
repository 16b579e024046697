#!/usr/bin/python3
"""National totals of runs that differ in scale only, side by side: scale_table.py RESULT.h5 ... [--year Y].

Prints a CSV: one row per series, one column per run, and how far each run is from the one of the largest scale. Sums over the year for flows,
its mean for stocks and ratios; ratios by sector are means over sectors. Exit code 5 when a file cannot be read or does not hold the year.
"""
import argparse
import sys

import h5py
import numpy as np

SERIES = ("output capacity employment investment revenue profit wages loans assets exports imports firms firms_above_scale entries exits zombies "
          "price_index capacity_utilisation sme_sales_share bank_capital_ratio").split()


class Unreadable(Exception):
    pass


def text(attribute):
    return attribute.decode() if isinstance(attribute, bytes) else attribute


def yearly(path, year):
    """Scale of a run and {series: value in the year}."""
    try:
        with h5py.File(path) as file:
            start = int(text(file["time"].attrs["units"]).split()[2][:4])
            rows = slice(12 * (year - start), 12 * (year - start) + 12)
            values = {}
            for name in SERIES:
                data = file[name][rows]
                if len(data) < 12:
                    raise Unreadable(f"{path}: the year {year} is not in it")
                method = text(file[name].attrs["cell_methods"])
                is_ratio = data.dtype.kind == "f"
                total = np.nanmean(data, axis=tuple(range(1, data.ndim))) if is_ratio else data.astype(float).sum(axis=tuple(range(1, data.ndim)))
                values[name] = float(total.sum() if "sum" in method else total.mean())
            return float(file.attrs["scale"]), values
    except (OSError, KeyError) as error:
        raise Unreadable(f"{path}: {error}") from error


def main():
    parser = argparse.ArgumentParser(description="National totals by scale, as CSV.")
    parser.add_argument("results", nargs="+")
    parser.add_argument("--year", type=int, default=2025)
    options = parser.parse_args()
    try:
        runs = sorted((yearly(path, options.year) for path in options.results), key=lambda run: run[0])
    except Unreadable as failure:
        print(f"scale_table.py: error: {failure}", file=sys.stderr)
        return 5
    largest = runs[-1][1]
    print(f"# title: National totals of {options.year} by scale of the run, and their distance from the largest scale")
    print("series," + ",".join(f"scale_{scale:g}" for scale, _ in runs) + "," + ",".join(f"distance_{scale:g}" for scale, _ in runs[:-1]))
    for name in SERIES:
        print(name + "," + ",".join(f"{values[name]:.6g}" for _, values in runs) + ","
              + ",".join(f"{values[name] / largest[name] - 1:+.4f}" for _, values in runs[:-1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
