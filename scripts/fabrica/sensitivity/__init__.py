"""Which keys matter for a series: Sobol indices, polynomial chaos, elementary effects, from the points of a sweep.

    points = read_points("results/sweep", "output", 2019)
    indices = pce(points)            # or sobol(points), morris(points)
"""

from .chaos import pce
from .morris import morris
from .points import Axis, Points, read_points
from .report import Indices, Interval, as_dict, as_text
from .sobol import sobol

__all__ = ["Axis", "Indices", "Interval", "Points", "as_dict", "as_text", "morris", "pce", "read_points", "sobol"]
