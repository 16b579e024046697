"""Sweeps: many runs planned in a file, and the folder that tells what became of them."""

import json
from functools import cached_property
from pathlib import Path

from . import results
from .errors import FileError
from .program import call, call_json


class Plan:
    """A plan folder, written by `fabrica sweep` or `fabrica batch`.

    @param path     the folder
    @param program  the program, when it is not found by itself
    @raise FileError  when the folder holds no plan
    """

    def __init__(self, path, program=None):
        self.path, self.program = Path(path), program
        if not (self.path / "plan.json").is_file() or not (self.path / "manifest.csv").is_file():
            raise FileError(f"{path}: there is no plan (plan.json and manifest.csv). Make one with `fabrica sweep FILE --plan-only`")

    def __repr__(self):
        return f"Plan({str(self.path)!r})"

    @cached_property
    def description(self):
        """What plan.json says: design, axes, replicates, outputs, model version, store."""
        return json.loads((self.path / "plan.json").read_text(encoding="utf-8"))

    @cached_property
    def manifest(self):
        """One row for each run, as a pandas.DataFrame: index, id, point, replicate, scenario, seed, and a column for each axis."""
        import pandas

        return pandas.read_csv(self.path / "manifest.csv", dtype={"id": str, "scenario": str}, float_precision="round_trip")

    @property
    def failures(self):
        """What went wrong so far, oldest first: a list of dicts with index, id and a reason. A run that failed may have succeeded since."""
        file = self.path / "failures.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        return [json.loads(line) for line in lines if line.strip()]

    def status(self):
        """What `fabrica status --json` says, from the files alone: how many runs are done, failed, under way, missing."""
        return call_json(["status", self.path], program=self.program)

    def gather(self, out=None, allow_missing=False, force=False):
        """Copies all results into one ensemble file. @return its path (default ensemble.h5 in the folder, written anew)

        @raise FabricaError  when runs are missing, unless `allow_missing`: then `present(run)` says which are there
        """
        options = [*(["--allow-missing"] if allow_missing else []), *(["--force"] if force else []), *(["--out", out] if out is not None else [])]
        call(["gather", self.path, "-q", *options], program=self.program)
        return self.ensemble if out is None else Path(out)

    @property
    def ensemble(self):
        """Where the gathered file is, or will be."""
        return self.path / "ensemble.h5"

    def open(self, allow_missing=False):
        """The ensemble as an xarray.Dataset with dimension `run`; gathered first, when that was not done since the last result."""
        return results.open(self.ensemble if self._is_gathered() else self.gather(allow_missing=allow_missing))

    def _is_gathered(self):
        """An ensemble is there, is no older than the plan, and no run that it lacks has a result by now."""
        planned = max((self.path / name).stat().st_mtime for name in ("plan.json", "manifest.csv"))
        if not self.ensemble.is_file() or self.ensemble.stat().st_mtime < planned:
            return False
        store = self.path / self.description.get("store", ".")
        with results.open(self.ensemble) as ensemble:
            lacking = self.manifest["id"][ensemble["present"].values == 0] if "present" in ensemble else []
        return not any((store / f"{one}.h5").is_file() for one in lacking)


def sweep(file, out=None, *, jobs=None, launch=None, plan_only=False, retry=False, options=(), progress=False, program=None):
    """Plans and makes the runs of a sweep file; runs that are there already are not repeated.

    @param file       sweep file (TOML)
    @param out        plan folder (default results/NAME)
    @param jobs       runs at a time (default: by cores and memory)
    @param launch     "local" (default) or "slurm"
    @param plan_only  write the plan, run nothing
    @param retry      run again what failed before
    @return           Plan
    @raise RunFailed  when runs failed: `Plan(out).failures` tells which and why, the others are kept
    @raise            further as fabrica.run
    """
    words = ["sweep", file, *([] if progress else ["-q"]), *options]
    for name, value in (("--out", out), ("--jobs", jobs), ("--launch", launch)):
        if value is not None:
            words += [name, value]
    for name, wanted in (("--plan-only", plan_only), ("--retry", retry)):
        words += [name] if wanted else []
    report = call_json(words, program=program, progress=progress)
    return Plan(report.get("plan", out), program)
