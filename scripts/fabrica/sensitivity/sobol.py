"""Sobol indices from Saltelli's design, by OpenTURNS' Martinez estimator."""

import numpy as np

from ..errors import FabricaError, UsageError
from .chaos import pce
from .report import Indices, Interval

RESAMPLES = 400


def sobol(points, confidence=0.95, seed=1, least_q2=0.8):
    """Indices of first order and total with bootstrap intervals.

    Where points are missing the design is broken; then the indices are those of a polynomial chaos expansion of the points that are there,
    if it foretells points left out well enough.
    @param least_q2  least share of the variance that such an expansion must foretell
    @raise UsageError    the sweep's design is not saltelli
    @raise FabricaError  points are missing and the expansion is too poor: the message lists the runs
    """
    if points.design != "saltelli":
        raise UsageError(f'Sobol indices by sampling need design = "saltelli", this sweep has "{points.design}". Try --method pce')
    if not points.present.all():
        return _from_surrogate(points, confidence, seed, least_q2)
    if np.ptp(points.y) == 0:
        return Indices.of_constant("sobol", points)
    return _sampled(points, confidence, seed)


def _sampled(points, confidence, seed):
    import openturns as ot

    size, rest = divmod(len(points.y), len(points.axes) + 2)
    if rest:
        raise FabricaError(f"{len(points.y)} points are not {len(points.axes) + 2} blocks: the plan is no Saltelli design")
    ot.RandomGenerator.SetSeed(seed)
    estimate = ot.MartinezSensitivityAlgorithm(ot.Sample(points.x), ot.Sample(points.y[:, None]), size)
    estimate.setUseAsymptoticDistribution(False)
    estimate.setBootstrapSize(RESAMPLES)
    estimate.setConfidenceLevel(confidence)
    return Indices("sobol", first=_intervals(estimate.getFirstOrderIndices(), estimate.getFirstOrderIndicesInterval()),
                   total=_intervals(estimate.getTotalOrderIndices(), estimate.getTotalOrderIndicesInterval()))


def _intervals(values, box):
    return [Interval(*one) for one in zip(values, box.getLowerBound(), box.getUpperBound())]


def _from_surrogate(points, confidence, seed, least_q2):
    from .report import missing_text

    try:
        indices = pce(points, confidence, seed)
    except FabricaError as error:
        raise FabricaError(f"{error.message}\n{missing_text(points.missing)}") from None
    if indices.q2 is not None and indices.q2 < least_q2:
        raise FabricaError(f"the surrogate that would stand in for missing points foretells {indices.q2:.2f} of the variance, less than "
                           f"{least_q2}\n{missing_text(points.missing)}")
    return indices.named("sobol by surrogate")
