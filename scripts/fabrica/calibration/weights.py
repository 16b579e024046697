"""Weights of moments: what the luck of the seeds moves anyway, counts for little."""

import numpy as np

FLOOR = 1e-3  # least standard error of a moment, as a share of what was observed (or of 1, where that is 0)


def weight_matrix(runs, observed, errors, seeds, kind="covariance"):
    """Weights W of the distance g' W g between simulated (means over `seeds` seeds) and observed moments.

    "covariance": inverse of the covariance of g, which is that over the seeds / `seeds` + diag(errors^2); its correlations are shrunk by
    (moments + 1) / runs, so that few runs do not invent any. "diagonal": without correlations. "identity": squares of relative distances.
    A moment that no seed moves and that has no error of its own gets FLOOR, which keeps the matrix regular.
    @param runs    (runs, moments) at one point, each with another seed
    @return        (moments, moments)
    """
    floor = FLOOR * np.where(observed == 0, 1.0, np.abs(observed))
    if kind == "identity":
        return np.diag((FLOOR / floor) ** 2)
    covariance = np.atleast_2d(np.cov(runs, rowvar=False)) / seeds
    keep = 0.0 if kind == "diagonal" else max(0.0, 1.0 - (len(observed) + 1) / len(runs))
    shrunk = keep * covariance + (1 - keep) * np.diag(np.diag(covariance))
    return np.linalg.inv(shrunk + np.diag(np.maximum(errors**2, np.where(np.diag(shrunk) < floor**2, floor**2, 0.0))))


def distance(simulated, observed, weights):
    """g' W g for g = simulated - observed."""
    gap = simulated - observed
    return float(gap @ weights @ gap)
