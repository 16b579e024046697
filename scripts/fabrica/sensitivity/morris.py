"""Elementary effects of Morris (1991), Technometrics 33, 161; mu* of Campolongo, Cariboni and Saltelli (2007)."""

import numpy as np

from ..errors import FabricaError, UsageError
from .report import Indices, Interval, missing_text

RESAMPLES = 1000


def morris(points, confidence=0.95, seed=1, allow_missing=False):
    """mu (mean effect), mu* (mean size of the effect) and sigma (its spread) of each axis, in the unit of the series for the whole range.

    mu* ranks axes; sigma beside mu* tells of curvature or interaction. Intervals of mu* are percentiles over resampled trajectories.
    @param allow_missing  use the effects that are there, when points are missing
    @raise UsageError     the sweep's design is not morris
    @raise FabricaError   points are missing, or an axis has fewer than two effects: the message lists the runs
    """
    if points.design != "morris":
        raise UsageError(f'elementary effects need design = "morris", this sweep has "{points.design}". Try --method pce')
    if points.missing and not allow_missing:
        raise FabricaError(f"effects cannot be told over missing points. Mend them (fabrica sweep --retry), or leave their effects out with "
                           f"--allow-missing\n{missing_text(points.missing)}")
    effects = elementary_effects(points.x, points.y)
    if np.isfinite(effects).sum(0).min() < 2:
        raise FabricaError(f"an axis has fewer than two effects\n{missing_text(points.missing)}")
    generator = np.random.default_rng(seed)
    draws = np.array([mean_size(effects[generator.integers(len(effects), size=len(effects))]) for _ in range(RESAMPLES)])
    ends = np.nanquantile(draws, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return Indices("morris", mu=list(np.nanmean(effects, 0)), mu_star=Interval.many(mean_size(effects), ends), sigma=list(np.nanstd(effects, 0, ddof=1)))


def elementary_effects(x, y):
    """(trajectories, axes): change of y over change of x, NaN where a point is missing.

    @param x  (trajectories * (axes + 1), axes), each point one step from the one before in its trajectory
    """
    axes = x.shape[1]
    steps = np.diff(x.reshape(-1, axes + 1, axes), axis=1)
    rises = np.diff(y.reshape(-1, axes + 1), axis=1)
    moved = np.abs(steps) > 1e-9
    if not (moved.sum(2) == 1).all() or not (moved.sum(1) == 1).all():
        raise FabricaError("a trajectory does not move each axis once: the plan is no Morris design")
    effects = np.empty((len(steps), axes))
    trajectory, step, axis = np.nonzero(moved)
    effects[trajectory, axis] = rises[trajectory, step] / steps[trajectory, step, axis]
    return effects


def mean_size(effects):
    with np.errstate(invalid="ignore"):
        counts = np.isfinite(effects).sum(0)
        return np.where(counts > 0, np.nansum(np.abs(effects), 0) / np.maximum(counts, 1), np.nan)
