"""Fabrica from Python: runs, effects, sweeps and results, over the command line of the program.

    import fabrica
    result = fabrica.run("fabrica:china", set={"run.scale": 0.001}, seed=2)
    with result.open() as series:
        print(series.output.sum(["sector", "ownership"]), series.output.attrs["units"])

`python3 -m fabrica sensitivity` and `python3 -m fabrica calibrate` analyse sweeps and fit parameters. Every error is a FabricaError that
carries the program's message and exit code.
"""

from .effects import effect
from .errors import Differs, FabricaError, FileError, Interrupted, ProgramNotFound, RunFailed, ScenarioError, UsageError
from .program import find_program
from .results import open  # noqa: A004
from .runs import Result, run
from .sweeps import Plan, sweep

__all__ = ["Differs", "FabricaError", "FileError", "Interrupted", "Plan", "ProgramNotFound", "Result", "RunFailed", "ScenarioError", "UsageError",
           "effect", "find_program", "open", "run", "sweep"]
