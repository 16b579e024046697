"""What a method found, as values, text and JSON."""

from dataclasses import dataclass, field, replace

import numpy as np


@dataclass(frozen=True)
class Interval:
    """An estimate between the ends of its interval."""

    value: float
    low: float
    high: float

    @classmethod
    def many(cls, values, ends):
        return [cls(float(value), float(low), float(high)) for value, low, high in zip(values, *ends)]

    def __str__(self):
        return f"{self.value:8.4g} [{self.low:.4g}, {self.high:.4g}]"

    def as_dict(self):
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Indices:
    """Indices by axis, in the order of the axes; a method fills its own."""

    method: str
    first: list = field(default_factory=list)  # Interval, shares of the variance
    total: list = field(default_factory=list)
    mu: list = field(default_factory=list)  # in the unit of the series, for the whole range
    mu_star: list = field(default_factory=list)
    sigma: list = field(default_factory=list)
    q2: float = None  # of the expansion: share of the variance foretold at points left out
    terms: int = None

    @classmethod
    def of_constant(cls, method, points):
        """Nothing varies, so no axis has a share of it."""
        nothing = [Interval(0.0, 0.0, 0.0) for _ in points.axes]
        return cls(method, first=nothing, total=nothing)

    def named(self, method):
        return replace(self, method=method)


def as_dict(points, indices, series, at, confidence):
    """The report as one object."""
    y = points.known()[1]
    report = {"series": series, "at": str(at), "unit": points.unit, "design": points.design, "method": indices.method, "confidence": confidence,
              "points": len(points.y), "points_used": len(y), "replicates": points.replicates, "mean": float(np.mean(y)),
              "standard_deviation": float(np.std(y, ddof=1)) if len(y) > 1 else 0.0, "seed_share": seed_share(points), "q2": indices.q2,
              "terms": indices.terms, "missing": points.missing}
    report["axes"] = [{"key": axis.key, **_of_axis(indices, i)} for i, axis in enumerate(points.axes)]
    return report


def _of_axis(indices, i):
    found = {name: getattr(indices, name)[i] for name in ("first", "total", "mu", "mu_star", "sigma") if getattr(indices, name)}
    return {name: value.as_dict() if isinstance(value, Interval) else float(value) for name, value in found.items()}


def seed_share(points):
    """Share of the variance over the points that is the luck of the seeds; None with one seed."""
    y = points.known()[1]
    if points.replicates < 2 or len(y) < 2 or np.var(y) == 0:
        return None
    return float(min(points.seed_variance / np.var(y, ddof=1), 1.0))


def as_text(report):
    """The report for a terminal."""
    lines = [f"{report['series']} at {report['at']}: mean {report['mean']:.6g} {report['unit']}, standard deviation "
             f"{report['standard_deviation']:.4g}; {report['method']}, {report['points_used']} of {report['points']} points x "
             f"{report['replicates']} seeds, {report['confidence']:.0%} intervals"]
    lines += _remarks(report)
    is_morris = report["method"] == "morris"
    width = max(len(axis["key"]) for axis in report["axes"])
    lines.append(f"{'':{width}}  {'mu*' if is_morris else 'first order':^26}  {'mu, sigma' if is_morris else 'total':^26}")
    for axis in sorted(report["axes"], key=lambda one: -one["mu_star" if is_morris else "total"]["value"]):
        cells = [Interval(**axis[name]) for name in (("mu_star",) if is_morris else ("first", "total"))]
        more = f"  {axis['mu']:8.4g}, {axis['sigma']:.4g}" if is_morris else ""
        lines.append(f"{axis['key']:{width}}  " + "  ".join(f"{str(cell):26}" for cell in cells) + more)
    if report["missing"]:
        lines.append(missing_text(report["missing"]))
    return "\n".join(line.rstrip() for line in lines)


def _remarks(report):
    if report["q2"] is not None:
        yield f"the expansion of {report['terms']} terms foretells {report['q2']:.3f} of the variance at points left out"
    if report["seed_share"] is not None:
        yield f"{report['seed_share']:.1%} of the variance over the points is the luck of the seeds"


def missing_text(missing, most=20):
    """The runs that are not there, with their reasons."""
    lines = [f"  run {one['index']} (point {one['point']}, {one['id']}): {one['reason']}" for one in missing[:most]]
    more = [f"  and {len(missing) - most} more"] if len(missing) > most else []
    return "\n".join([f"{len(missing)} runs are missing:", *lines, *more])
