"""One run of a scenario."""

from dataclasses import dataclass
from pathlib import Path

from . import results
from .program import call_json, set_options


@dataclass(frozen=True)
class Result:
    """A finished run: the `path` of its file, and the `summary` that the program printed (status, state_hash, headline numbers)."""

    path: Path
    summary: dict

    def open(self, group=None):
        """The series, as fabrica.open gives them."""
        return results.open(self.path, group)


def run(scenario, set=None, seed=None, out=None, *, threads=None, force=False, options=(), progress=False, program=None):  # noqa: A002
    """Runs a scenario and waits for it.

    @param scenario  file, or "fabrica:NAME" for a shipped one
    @param set       {key: value} to override, such as {"run.scale": 0.001}
    @param seed      seed of the draws, 0 or more
    @param out       result file (default results/NAME/ID.h5 in the working folder)
    @param threads   threads, 0 for all cores; changes no result
    @param force     overwrite a result that exists
    @param options   further words of `fabrica run`
    @param progress  pass the program's progress on to standard error
    @param program   the program, when it is not found by itself
    @return          Result
    @raise ScenarioError  the scenario is not valid: the message names file, line and column of every fault
    @raise RunFailed, FileError, Interrupted, UsageError, ProgramNotFound  see fabrica.errors
    """
    words = ["run", scenario, *set_options(set), *(["--force"] if force else []), *([] if progress else ["-q"]), *options]
    for name, value in (("--seed", seed), ("--out", out), ("--threads", threads)):
        if value is not None:
            words += [name, value]
    summary = call_json(words, program=program, progress=progress)
    return Result(Path(summary["result"]).absolute(), summary)
