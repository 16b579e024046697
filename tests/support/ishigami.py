"""The function of Ishigami and Homma (1990) with a = 7, b = 0.1 over the unit cube, and what is known of it.

f = sin x1 + a sin^2 x2 + b x3^4 sin x1, each x uniform in [-pi, pi]. Var = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2 = 13.8446;
V1 = (1 + b pi^4/5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50).
Elementary effects on four levels (step 2/3 of the range): sin x1 rises by sin(pi/3) = 0.8660, x3^4 falls or rises by pi^4 (1 - 1/81); so
mu*1 = 1.5 * 0.8660 * (1 + b pi^4 (1 + 1/81) / 2) = 7.7041, mu*2 = 1.5 * 7 * 3/4 = 7.8750, mu*3 = 1.5 * 0.8660 / 2 * b pi^4 (1 - 1/81) = 6.2488.
"""

import numpy as np

FIRST = (0.3139, 0.4424, 0.0)
TOTAL = (0.5576, 0.4424, 0.2437)
MU_STAR = (7.7041, 7.8750, 6.2488)
MEAN, VARIANCE = 3.5, 13.8446


def ishigami(u):
    """@param u  (points, 3) in [0, 1]"""
    x = np.pi * (2 * np.asarray(u) - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def saltelli(size, seed=1):
    """Blocks A, B, AB_1, AB_2, AB_3 of independent points."""
    halves = np.random.default_rng(seed).random((2, size, 3))
    return np.vstack([*halves, *(np.where(np.arange(3) == i, halves[1], halves[0]) for i in range(3))])


def morris(trajectories, seed=1):
    """Trajectories on the levels 0, 1/3, 2/3, 1, each axis moved once by 2/3."""
    draw, points = np.random.default_rng(seed), []
    for _ in range(trajectories):
        point = draw.integers(4, size=3) / 3
        points.append(point.copy())
        for axis in draw.permutation(3):
            point[axis] += 2 / 3 if point[axis] < 0.5 else -2 / 3
            points.append(point.copy())
    return np.array(points)
