"""Sobol indices from a polynomial chaos expansion, which needs no design of its own. Basis by OpenTURNS (least angle regression)."""

import math

import numpy as np

from ..errors import FabricaError, UsageError
from .report import Indices, Interval

LARGEST_BASIS = 300  # candidate polynomials: the choice takes time with their square
MOST_TO_CHOOSE = 600  # points the choice looks at; the fit then takes all
RESAMPLES = 400


def pce(points, confidence=0.95, seed=1):
    """Indices of first order and total, from the points that are there, each axis uniform over its range (in ratios, when it is log).

    Intervals are percentiles over resampled points with the polynomials kept: they tell of the scatter, not of a basis too poor; for that
    look at `q2`, the share of the variance that the expansion foretells at points left out.
    @raise UsageError    an axis lists values, so that it has no range
    @raise FabricaError  fewer than 2 (axes + 1) points
    """
    listed = [axis.key for axis in points.axes if axis.values]
    if listed:
        raise UsageError(f"polynomial chaos needs ranges, and {', '.join(listed)} lists values. Write from and to, or use the designs saltelli or morris")
    x, y = points.known()
    need = 2 * (len(points.axes) + 1)
    if len(y) < need:
        raise FabricaError(f"{len(y)} points are too few for polynomial chaos over {len(points.axes)} axes: {need} are the least")
    if np.ptp(y) == 0:
        return Indices.of_constant("pce", points)
    expansion = Expansion(x, y)
    first, total = expansion.indices(expansion.coefficients)
    draws = np.array([expansion.indices(one) for one in expansion.resampled(np.random.default_rng(seed), RESAMPLES)])
    ends = np.quantile(draws, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return Indices("pce", first=Interval.many(first, ends[:, 0]), total=Interval.many(total, ends[:, 1]), q2=expansion.q2,
                   terms=len(expansion.powers) - 1)


class Expansion:
    """Orthonormal Legendre polynomials over the unit cube, those that least angle regression picks, fitted by least squares."""

    def __init__(self, x, y):
        self.y = y
        self.powers = pick(x, y)
        self.matrix = legendre(x, self.powers)
        self.coefficients, self.q2 = self._fit()

    def _fit(self):
        """Coefficients, and 1 - (mean square error at a point left out) / variance, from the leverages."""
        coefficients = np.linalg.lstsq(self.matrix, self.y, rcond=None)[0]
        basis = np.linalg.qr(self.matrix)[0]
        left_out = (self.y - self.matrix @ coefficients) / np.maximum(1 - (basis**2).sum(1), 1e-12)
        return coefficients, float(1 - np.mean(left_out**2) / np.var(self.y))

    def indices(self, coefficients):
        """First order and total, by axis: sums of squares of the polynomials that hold the axis alone, or among others."""
        share = np.where(self.powers.any(axis=1), coefficients**2, 0.0)
        share = share / (share.sum() or 1.0)
        alone = (self.powers > 0).sum(1) == 1
        holds = self.powers > 0
        return share[alone] @ holds[alone], share @ holds

    def resampled(self, generator, times):
        """Coefficients of fits to points drawn with replacement."""
        for _ in range(times):
            drawn = generator.integers(len(self.y), size=len(self.y))
            yield np.linalg.lstsq(self.matrix[drawn], self.y[drawn], rcond=None)[0]


def pick(x, y):
    """Powers (polynomials, axes) of the polynomials that explain y, the constant first."""
    import openturns as ot

    if len(y) > MOST_TO_CHOOSE:
        some = np.sort(np.random.default_rng(1).choice(len(y), MOST_TO_CHOOSE, replace=False))
        x, y = x[some], y[some]
    axes, size = x.shape[1], basis_size(*x.shape)
    order = ot.LinearEnumerateFunction(axes)
    basis = ot.OrthogonalProductPolynomialFactory([ot.LegendreFactory()] * axes, order)
    cube = ot.ComposedDistribution([ot.Uniform(-1, 1)] * axes)
    choice = ot.LeastSquaresMetaModelSelectionFactory(ot.LARS(), ot.CorrectedLeaveOneOut())
    algorithm = ot.FunctionalChaosAlgorithm(ot.Sample(2 * x - 1), ot.Sample(y[:, None]), cube, ot.FixedStrategy(basis, size),
                                            ot.LeastSquaresStrategy(choice))
    algorithm.run()
    picked = sorted({0, *algorithm.getResult().getIndices()})
    return np.array([list(order(i)) for i in picked])


def basis_size(points, axes):
    """Polynomials up to the highest degree that leaves two fifths more points than there are polynomials."""
    degree = 1
    while math.comb(axes + degree + 1, axes) <= min(0.6 * points, LARGEST_BASIS):
        degree += 1
    return math.comb(axes + degree, axes)


def legendre(x, powers):
    """Values (points, polynomials) of the products of Legendre polynomials, orthonormal for the uniform law on the unit cube."""
    values = np.ones((len(x), len(powers)))
    for axis in range(x.shape[1]):
        degrees = powers[:, axis]
        table = np.polynomial.legendre.legvander(2 * x[:, axis] - 1, int(degrees.max()))
        values *= table[:, degrees] * np.sqrt(2 * degrees + 1)
    return values
