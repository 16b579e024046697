"""Moments: numbers that a run and the observed nation both have."""

from dataclasses import dataclass

import numpy as np

from ..errors import RunFailed
from ..results import open_series
from ..scalar import inside, parse_series, select


def growth(months):
    """By year, from the mean of the first twelve months to that of the last twelve: (last / first)^(1 / years between) - 1."""
    if len(months) < 24:
        return np.nan
    ratio = months[-12:].mean() / months[:12].mean()
    return ratio ** (12 / (len(months) - 12)) - 1 if ratio > 0 else np.nan


def autocorrelation(months):
    """Of each month with the one before it; NaN for a series that does not vary."""
    deviation = months - months.mean()
    variance = (deviation**2).sum()
    return (deviation[1:] * deviation[:-1]).sum() / variance if variance > 0 else np.nan


STATISTICS = {"mean": np.mean, "sd": lambda months: np.std(months, ddof=1) if len(months) > 1 else np.nan, "growth": growth,
              "autocorrelation": autocorrelation}  # of a series by month


@dataclass(frozen=True)
class Moment:
    """A statistic of a series over the months [first, end), in the series' unit, what was observed of it, and the standard error of that."""

    name: str
    series: str
    first: np.datetime64
    end: np.datetime64
    statistic: str
    observed: float
    error: float = 0.0

    def of(self, dataset):
        """The moment of a run. @raise UsageError  when the run has no such series, label or months"""
        series = select(dataset, self.series)
        months = series.isel(time=inside(dataset, self.first, self.end)).values
        return float(STATISTICS[self.statistic](months[np.isfinite(months)])) if np.isfinite(months).any() else float("nan")


def moments_of(path, moments):
    """The moments of a result, in their order.

    @raise RunFailed  when one is no number
    """
    with open_series(path, {parse_series(moment.series)[0]: None for moment in moments}) as dataset:
        values = np.array([moment.of(dataset) for moment in moments])
    without = [moment.name for moment, value in zip(moments, values) if not np.isfinite(value)]
    if without:
        raise RunFailed(f"no number for: {', '.join(without)}")
    return values
