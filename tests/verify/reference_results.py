"""Results of the reference scenarios, each run once: set `program` and `scratch` of this module first."""
import csv
import os
import subprocess
from functools import lru_cache

import h5py
import numpy as np

FOLDER = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../scenarios/reference"))
program, scratch = "", ""  # to be set before anything is read


@lru_cache
def result(name, changes=()):
    """The result of a scenario, with other values for some of its keys."""
    out = os.path.join(scratch, f"{name}_{abs(hash(changes))}.h5")
    command = [program, "run", os.path.join(FOLDER, name + ".toml"), "-q", "--threads", "1", "-o", out]
    for change in changes:
        command += ["--set", change]
    subprocess.run(command, check=True, capture_output=True)
    return h5py.File(out)


def raw(name, series, changes=()):
    return np.asarray(result(name, changes)[series], dtype=float)


def names(name, axis):
    return [text.decode() if isinstance(text, bytes) else text for text in result(name, ())[axis][...]]


def table(path):
    """Rows of a table of the data, by column."""
    with open(os.path.join(FOLDER, "../data", path), encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def total(name, series, changes=()):
    """One number a month."""
    values = raw(name, series, changes)
    return values.reshape(len(values), -1).sum(axis=1)


def by_sector(name, series, changes=()):
    """Months x sectors; the first axis of the series is the sector."""
    values = raw(name, series, changes)
    return values.reshape(len(values), values.shape[1], -1).sum(axis=2)


def over_rest(name, series="output"):
    return by_sector(name, series) / by_sector("rest", series)[0]
