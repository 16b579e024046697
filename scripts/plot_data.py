"""What plot_run.py draws: the monthly series of a result, and what was observed of them."""

import re
import sys

import numpy as np
import xarray as xr

MONEY = {"fen": 0.01, "yuan": 1.0, "cny": 1.0, "milliunit": 0.001}  # a unit of goods is what a yuan of the base year bought


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
        self.first_year, self.days_in_year = year + (month - 1) / 12 + (day - 1) / days, days
        self.years = self.year_of(self.data.time)
        if len(self.years) < 2:
            raise SystemExit(fail(path, f"{len(self.years)} months are too few to draw"))
        self.observed = Observed(path, self)

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

    def year_of(self, day):
        """Calendar year, with its fraction, of days of the time axis."""
        return self.first_year + np.asarray(day) / self.days_in_year

    def whole_years(self):
        """(year, slice of its 12 months) for each calendar year that is complete."""
        whole = np.floor(self.years + 1e-6).astype(int)
        return [(y, whole == y) for y in np.unique(whole) if (whole == y).sum() == 12]


class Observed:
    """The yearly values of group /observed, if the result has one, in basic units. Each variable names the series it stands beside."""

    def __init__(self, path, run):
        try:
            self.data = xr.open_dataset(path, group="observed", engine="h5netcdf", decode_times=False, mask_and_scale=False).load()
        except (OSError, KeyError, ValueError):
            self.data = xr.Dataset()
        self.run = run
        bounds = self.data["time_bounds"].values if "time_bounds" in self.data else np.zeros((0, 2))
        self.years = np.floor(run.year_of(bounds.mean(1))).astype(int)

    def find(self, series, dimension=None, measure=None, over=None):
        """The values beside a series, or its ratio to another one.

        @return ({year: number, or array over the dimension}, the firms they cover); ({}, "") where there are none
        """
        for variable in self.data.values():
            a = variable.attrs
            same = a.get("result_series") == series and a.get("over") == over and (measure == "growth") == (a.get("measure") == "growth")
            if same and variable.dims == (("time", dimension) if dimension else ("time",)):
                values = variable.values * MONEY.get(a.get("units", "").lower(), 1.0)
                known = {int(y): v for y, v in zip(self.years, values) if np.isfinite(v).any()}
                inside = {y: v for y, v in known.items() if self.run.years[0] - 1 / 12 <= y and y + 1 <= self.run.years[-1] + 1 / 12}
                return inside, a.get("population", "").replace("_", " ")
        return {}, ""


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
