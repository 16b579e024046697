"""Simulated moments of a point: several runs of the program, each with another seed."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from ..runs import run
from .moments import moments_of


class Simulator:
    """Runs points of a calibration; results are read and removed.

    @param folder  of the study: runs lie in a folder of their own below it while they are made
    @param jobs    runs at a time, each with one thread; with one job a run has all
    """

    def __init__(self, calibration, folder, jobs=1, program=None):
        self.calibration, self.jobs, self.program = calibration, jobs, program
        self.folder = Path(folder) / "runs"
        shutil.rmtree(self.folder, ignore_errors=True)  # what a killed study left
        self.folder.mkdir(parents=True)

    def moments(self, point, seeds):
        """Moments (seeds, moments) of a point {key: value}.

        @raise FabricaError  of the first seed that failed
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as scratch, ThreadPoolExecutor(self.jobs) as pool:
            try:
                return np.array(list(pool.map(lambda seed: self._one(point, seed, Path(scratch)), seeds)))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _one(self, point, seed, scratch):
        out = scratch / f"{seed}.h5"
        run(self.calibration.base, {**self.calibration.settings, **point}, seed, out, threads=1 if self.jobs > 1 else None, program=self.program)
        try:
            return moments_of(out, self.calibration.moments)
        finally:
            out.unlink()
