"""The record of a calibration: finished trials in SQLite. It can be killed at any moment; what follows is what would have followed.

Trials are drawn by a study in memory, which holds the finished ones, and a sampler that is made anew for each of them with a seed of
its number. So trial n is a function of the trials before it and the file alone. The record on the disk gets a trial whole, when it is
finished: one that was under way when the process died leaves nothing behind, and is drawn again as it was.
"""

import fcntl
import json
import logging
import os
import warnings
from pathlib import Path

import numpy as np

from ..errors import FileError, Interrupted

NAME = "calibration"


def quiet_optuna():
    import optuna

    optuna.logging.set_verbosity(logging.WARNING)
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    return optuna


class Study:
    """The trials of a calibration in FOLDER/study.db, held by one process at a time.

    @raise Interrupted  another process holds it
    @raise FileError    it cannot be written, or is of another file than this one
    """

    def __init__(self, calibration, folder):
        self.calibration, self.folder = calibration, Path(folder)
        self._lock = hold(self.folder)
        self.optuna = quiet_optuna()
        try:
            self.record = self.optuna.create_study(study_name=NAME, storage=f"sqlite:///{self.folder / 'study.db'}", load_if_exists=True)
        except Exception as error:  # whatever the database library calls it
            raise FileError(f"{self.folder / 'study.db'}: {str(error).splitlines()[0]}") from error
        self._claim()
        self.notebook = self.optuna.create_study(sampler=self._sampler(0))
        self.notebook.add_trials(self.trials)

    def _claim(self):
        digest = self.record.user_attrs.get("digest", self.calibration.digest)
        if digest != self.calibration.digest:
            raise FileError(f"{self.folder} holds a study of another calibration (its file was edited?). Write to another folder with --out, or remove it")
        for key, value in (("digest", digest), ("text", self.calibration.text), ("path", str(self.calibration.path.absolute()))):
            self.record.set_user_attr(key, value)

    @property
    def trials(self):
        """Finished trials, failed ones too, in order."""
        return self.record.get_trials(deepcopy=False)

    @property
    def covariance_runs(self):
        """Moments (seeds, moments) at the starting point, or None before they are known."""
        text = self.record.user_attrs.get("covariance_runs")
        return None if text is None else np.array(json.loads(text))

    def keep_covariance_runs(self, runs):
        self.record.set_user_attr("covariance_runs", json.dumps(runs.tolist()))

    def one_more(self, evaluate):
        """Draws a trial, evaluates it and records it.

        @param evaluate  {key: value} -> (distance, facts to keep with it, or the reason why there is none)
        @return          the trial
        """
        number = len(self.notebook.get_trials(deepcopy=False))
        self.notebook.sampler = self._sampler(number)
        if number == 0:
            self.notebook.enqueue_trial({p.key: p.start for p in self.calibration.parameters})
        trial = self.notebook.ask({p.key: self._distribution(p) for p in self.calibration.parameters})
        value, facts = evaluate(trial.params)
        for key, fact in facts.items():
            trial.set_user_attr(key, fact)
        states = self.optuna.trial.TrialState
        self.notebook.tell(trial, value, state=states.FAIL if value is None else states.COMPLETE)
        frozen = self.notebook.get_trials(deepcopy=False)[number]
        self.record.add_trial(frozen)
        return frozen

    def _distribution(self, p):
        kinds = self.optuna.distributions
        return (kinds.IntDistribution if p.is_integer else kinds.FloatDistribution)(p.low, p.high, log=p.is_log)

    def _sampler(self, number):
        seed = (1000003 * self.calibration.sampler_seed + number) % 2**31
        if self.calibration.sampler == "cmaes":
            return self.optuna.samplers.CmaEsSampler(x0={p.key: p.start for p in self.calibration.parameters}, seed=seed,
                                                     independent_sampler=self.optuna.samplers.RandomSampler(seed), warn_independent_sampling=False)
        return self.optuna.samplers.TPESampler(multivariate=True, seed=seed)

    def close(self):
        os.close(self._lock)


def hold(folder):
    """Takes the folder's lock, which the kernel frees when this process ends. @return its file descriptor"""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o644)
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror}") from error
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise Interrupted(f"{folder} is held by another process that calibrates") from error
    return descriptor


def stored_text(folder):
    """Path and text of the calibration file that a study was begun with. @raise FileError  when there is no study"""
    database = Path(folder) / "study.db"
    if not database.is_file():
        raise FileError(f"{folder}: there is no study to resume (no study.db)")
    try:
        attributes = quiet_optuna().load_study(study_name=NAME, storage=f"sqlite:///{database}").user_attrs
        return Path(attributes["path"]), attributes["text"]
    except Exception as error:  # whatever the database library calls it
        raise FileError(f"{database}: cannot be read as a study: {str(error).splitlines()[0]}") from error
