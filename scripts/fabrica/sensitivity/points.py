"""What the methods read: the points of a sweep in the unit cube, and one number for each."""

import math
from dataclasses import dataclass, field

import numpy as np

from ..errors import FabricaError, UsageError
from ..scalar import mean_at
from ..sweeps import Plan


@dataclass(frozen=True)
class Axis:
    """A key that varies: over a range (`values` empty), linearly or by ratios, or over listed values."""

    key: str
    low: float = 0.0
    high: float = 1.0
    is_log: bool = False
    values: tuple = ()

    @classmethod
    def of(cls, described):
        """From an axis of plan.json."""
        if described.get("values"):
            return cls(described["key"], values=tuple(map(cell, described["values"])))
        return cls(described["key"], float(described["from"]), float(described["to"]), described.get("scale") == "log")

    def coordinates(self, cells):
        """Places in [0, 1] of the values that a column of the manifest holds."""
        if self.values:
            last = max(len(self.values) - 1, 1)
            return np.array([self.values.index(cell(one)) / last for one in cells])
        x = np.asarray(cells, dtype=float)
        if self.is_log:
            return np.log(x / self.low) / math.log(self.high / self.low)
        return (x - self.low) / (self.high - self.low)


def cell(value):
    """A listed value in one form, whether it comes from JSON or from a column that pandas has read."""
    text = str(value).lower() if isinstance(value, (bool, np.bool_)) else str(value)
    try:
        return float(text)
    except ValueError:
        return text


@dataclass(frozen=True)
class Points:
    """Points of a sweep in plan order: `x` (points, axes) in [0, 1], `y` (points) mean over the seeds, NaN where a run is missing."""

    axes: list
    x: np.ndarray
    y: np.ndarray
    design: str = ""
    replicates: int = 1
    seed_variance: float = 0.0  # of y, by the luck of the seeds; 0 when there is one seed
    unit: str = ""
    missing: list = field(default_factory=list)  # {point, index, id, reason}

    @property
    def present(self):
        return np.isfinite(self.y)

    def known(self):
        """x and y of the points that are there."""
        return self.x[self.present], self.y[self.present]


def read_points(path, series, at, program=None):
    """The points of a plan folder, with the mean of a series over the months of `at`, averaged over the seeds.

    @raise UsageError    no such series or year
    @raise FabricaError  the plan has no axes, or the ensemble is of another plan
    """
    plan = Plan(path, program)
    axes = [Axis.of(one) for one in plan.description.get("axes", []) if one["key"] != "scenario"]
    if not axes:
        raise UsageError(f"{path}: the plan varies no key, so there is nothing to be sensitive to")
    with plan.open(allow_missing=True) as ensemble:
        if ensemble.sizes.get("run") != len(plan.manifest):
            raise FabricaError(f"{plan.ensemble} has {ensemble.sizes.get('run', 0)} runs, the plan {len(plan.manifest)}: gather again")
        numbers = np.array(mean_at(ensemble, series, at).values, dtype=float)
        if "present" in ensemble:
            numbers[ensemble["present"].values == 0] = np.nan
        unit = str(ensemble[series.partition("[")[0].strip()].attrs.get("units", ""))
    return _points(plan, axes, numbers, unit)


def _points(plan, axes, numbers, unit):
    manifest = plan.manifest
    runs = manifest.assign(number=numbers).groupby("point", sort=True)
    first = manifest.drop_duplicates("point").sort_values("point")
    x = np.column_stack([axis.coordinates(first[axis.key]) for axis in axes])
    spread = runs["number"].var(ddof=1)
    replicates = int(runs.size().max())
    return Points(axes, x, runs["number"].apply(lambda one: one.mean(skipna=False)).to_numpy(), plan.description.get("design", ""), replicates,
                  float(spread.mean() / replicates) if replicates > 1 else 0.0, unit, _missing(plan, numbers))


def _missing(plan, numbers):
    reasons = {one.get("id"): one.get("reason", "") for one in plan.failures}
    rows = plan.manifest[~np.isfinite(numbers)]
    return [{"point": int(row.point), "index": int(row["index"]), "id": row.id, "reason": reasons.get(row.id, "not there, or without a number")}
            for _, row in rows.iterrows()]
