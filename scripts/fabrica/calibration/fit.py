"""The method of simulated moments: trials until there are as many as asked for."""

import numpy as np

from ..errors import FabricaError, FileError, RunFailed, ScenarioError
from .simulator import Simulator
from .study import Study
from .weights import distance, weight_matrix


def fit(calibration, folder, jobs=1, program=None, tell=lambda text: None):
    """Goes on with a calibration, or begins it.

    Each trial is a point run with `seeds` seeds; its distance is g' W g, where W comes from `covariance_seeds` runs at the starting
    point. A trial with a run that fails is recorded with the reason and drawn no lesson from.
    @param tell  called with a line for each trial
    @return      the report, see `report_of`
    @raise FabricaError  the runs at the starting point fail, or no trial has a distance
    """
    study = Study(calibration, folder)
    try:
        fitting = Fitting(calibration, study, Simulator(calibration, folder, jobs, program))
        while (done := len(study.trials)) < calibration.trials:
            trial = study.one_more(fitting.evaluate)
            found = f"distance {trial.value:.6g}" if trial.value is not None else f"failed: {trial.user_attrs['failed']}"
            tell(f"trial {trial.number} ({done + 1} of {calibration.trials}): {found}")
        return report_of(calibration, study.trials, fitting)
    finally:
        study.close()


class Fitting:
    """Distances of points from what was observed."""

    def __init__(self, calibration, study, simulator):
        self.calibration, self.simulator = calibration, simulator
        self.observed = np.array([one.observed for one in calibration.moments])
        self.runs = self._runs_at_start(study)
        errors = np.array([one.error for one in calibration.moments])
        self.weights = weight_matrix(self.runs, self.observed, errors, calibration.seeds, calibration.weights)

    def _runs_at_start(self, study):
        """From the record, after one of them was made again: it tells whether model, data and scenario are still what they were."""
        c = self.calibration
        start, known = {p.key: p.start for p in c.parameters}, study.covariance_runs
        if known is None:
            known = self.simulator.moments(start, range(c.first_seed, c.first_seed + c.covariance_seeds))
            study.keep_covariance_runs(known)
        elif not np.array_equal(self.simulator.moments(start, [c.first_seed])[0], known[0]):
            raise FileError(f"{study.folder}: its trials were made with another model, scenario or data. Begin a new study with --out, or remove it")
        return known

    def evaluate(self, point):
        c = self.calibration
        try:
            runs = self.simulator.moments(point, range(c.first_seed, c.first_seed + c.seeds))
        except (RunFailed, ScenarioError) as error:
            return None, {"failed": error.message.splitlines()[0]}
        simulated = runs.mean(0)
        return distance(simulated, self.observed, self.weights), {"moments": simulated.tolist()}


def report_of(calibration, trials, fitting):
    """Best point, moments beside what was observed, and what failed, as one object."""
    good = [one for one in trials if one.value is not None]
    failed = [{"trial": one.number, "parameters": one.params, "reason": one.user_attrs.get("failed", "")} for one in trials if one.value is None]
    if not good:
        raise FabricaError("every trial failed:\n" + "\n".join(f"  trial {one['trial']}: {one['reason']}" for one in failed[:20]))
    best = min(good, key=lambda one: (one.value, one.number))
    luck = fitting.runs.std(axis=0, ddof=1) / np.sqrt(calibration.seeds)
    rows = [{"name": m.name, "observed": m.observed, "simulated": value, "standard_error": float(np.hypot(sd, m.error))}
            for m, value, sd in zip(calibration.moments, best.user_attrs["moments"], luck)]
    bounds = [{"key": p.key, "value": best.params[p.key], "from": p.low, "to": p.high, "start": p.start, "at_bound": at_bound(p, best.params[p.key])}
              for p in calibration.parameters]
    return {"name": calibration.name, "base": calibration.base, "trials": len(trials), "failed": failed, "best_trial": best.number,
            "distance": best.value, "parameters": bounds, "moments": rows,
            "all": [{"trial": one.number, "distance": one.value, "parameters": one.params} for one in trials]}


def at_bound(parameter, value):
    """Within a hundredth of the range of an end: the range may be too narrow."""
    near = (parameter.high - parameter.low) / 100
    return not parameter.is_integer and (value - parameter.low < near or parameter.high - value < near)
