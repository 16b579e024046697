"""Fits parameters of a scenario to observed moments (method of simulated moments), by Optuna.

    calibration = read("credit.toml")
    report = fit(calibration, "results/credit")
"""

from .file import Calibration, Parameter, read
from .fit import fit
from .moments import Moment

__all__ = ["Calibration", "Moment", "Parameter", "fit", "read"]
