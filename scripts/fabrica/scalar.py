"""One number out of a series: the cells chosen, added up, averaged over the months of a year. The same rules as `fabrica effect`."""

import re

import numpy as np

from .errors import UsageError


def parse_series(text):
    """"output[sector=steel,ownership=soe]" as ("output", {"sector": "steel", "ownership": "soe"}).

    @raise UsageError  for text that is neither NAME nor NAME[AXIS=LABEL,...]
    """
    match = re.fullmatch(r"\s*(\w+)\s*(?:\[(.+)\])?\s*", text)
    parts = [part.partition("=") for part in match[2].split(",")] if match and match[2] else []
    if not match or any(not name.strip() or not equals or not label.strip() for name, equals, label in parts):
        raise UsageError(f"'{text}' is no series. Write NAME or NAME[AXIS=LABEL,...]")
    return match[1], {name.strip(): label.strip() for name, _, label in parts}


def parse_at(text):
    """A year or a month as the months it covers: 2019 or "2019-06" as (first, end) of numpy.datetime64[M], the end exclusive."""
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", str(text)):
        raise UsageError(f"'{text}' is no year or month. Write 2019 or 2019-06")
    first = np.datetime64(str(text) if "-" in str(text) else f"{text}-01", "M")
    return first, first + (1 if "-" in str(text) else 12)


def select(dataset, text):
    """The series with the chosen cells, added up (or averaged, where its attribute `total` says "mean") over its other axes.

    @return  DataArray of float64 over time, and run in an ensemble; cells that are NaN do not count, NaN where none counts
    @raise UsageError  for a series, axis or label that the file does not have; with those it has
    """
    name, labels = parse_series(text)
    if name not in dataset.data_vars or "time" not in dataset[name].dims:
        raise UsageError(f"there is no series '{name}'. There are: {', '.join(_series(dataset))}")
    series = dataset[name]
    is_mean = series.attrs.get("total") == "mean"
    for axis, label in labels.items():
        series = series.isel({axis: _index(dataset, series, axis, label)})
    others = [axis for axis in series.dims if axis not in ("run", "time")]
    series = series.astype(float)
    return series.mean(others, skipna=True) if is_mean else series.sum(others, skipna=True, min_count=1)


def _series(dataset):
    return [name for name, one in dataset.data_vars.items() if "time" in one.dims and name != "time_bounds"]


def _index(dataset, series, axis, label):
    if axis not in series.dims or axis in ("time", "run"):
        raise UsageError(f"{series.name} has no axis '{axis}'. It has: {', '.join(d for d in series.dims if d not in ('time', 'run')) or 'none'}")
    known = [str(one) for one in dataset[axis].values]
    if label not in known:
        raise UsageError(f"there is no {axis} '{label}'. There are: {', '.join(known)}")
    return known.index(label)


def months(dataset):
    """The month that each period covers, as numpy.datetime64[M]: the one of its last day."""
    times = dataset["time"].values  # the last day of each
    if np.issubdtype(times.dtype, np.datetime64):
        return times.astype("datetime64[M]")
    return np.array([np.datetime64(f"{time.year:04d}-{time.month:02d}", "M") for time in times])  # another calendar


def inside(dataset, first, end):
    """Which periods lie in [first, end), of numpy.datetime64[M]. @raise UsageError when the record does not hold them all"""
    covered = months(dataset)
    if len(covered) == 0 or first < covered[0] or covered[-1] + 1 < end:
        there = f"it goes from {covered[0]} to {covered[-1]}" if len(covered) else "it is empty"
        raise UsageError(f"{first} to {end - 1} is not inside the record: {there}")
    return (covered >= first) & (covered < end)


def mean_at(dataset, text, at):
    """Mean over the months of `at` of a series: a number, or one for each run of an ensemble. NaN where no month has a number."""
    total = select(dataset, text)
    return total.isel(time=inside(dataset, *parse_at(at))).mean("time", skipna=True)
