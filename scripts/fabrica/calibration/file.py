"""The file of a calibration: what is varied, what is matched, and how."""

import datetime
import hashlib
import math
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import FileError, ScenarioError, UsageError
from ..scalar import parse_at, parse_series
from .moments import STATISTICS, Moment
from .source import Source

SAMPLERS = ("tpe", "cmaes")
WEIGHTS = ("covariance", "diagonal", "identity")


@dataclass(frozen=True)
class Parameter:
    """A key of the scenario that is fitted: a whole number where both ends are, else a real one."""

    key: str
    low: float
    high: float
    start: float
    is_log: bool = False
    is_integer: bool = False


@dataclass(frozen=True)
class Calibration:
    """A calibration as its file says it; `text` and `path` are the file's."""

    path: Path
    text: str
    name: str
    base: str  # a path that can be opened from the working folder, or PROGRAM:NAME
    trials: int
    seeds: int
    first_seed: int
    covariance_seeds: int
    sampler: str
    sampler_seed: int
    weights: str
    settings: dict
    parameters: list
    moments: list

    @property
    def digest(self):
        """Of all that decides the trials: not of their number, so that more can be made."""
        kept = [line for line in self.text.splitlines() if line.split("=")[0].strip() != "trials"]
        return hashlib.sha256("\n".join(kept).encode()).hexdigest()


def read(path):
    """Reads the file.

    @raise FileError      it is not there
    @raise ScenarioError  with all faults: file:line:column, what is wrong, what would be right
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path}: {error.strerror if isinstance(error, OSError) else 'is no text in UTF-8'}") from error
    return parse(path, text)


def parse(path, text):
    """The same for a text; a relative `base` is looked for beside `path`."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{path}: error: {error}") from None
    return Reader(Path(path), text, given)()


def with_trials(calibration, trials):
    """The same calibration with another number of trials in all."""
    return replace(calibration, trials=trials)


def flat(tables, prefix=""):
    """{"run": {"scale": 1}} and {"run.scale": 1} alike as {"run.scale": 1}."""
    found = {}
    for key, value in tables.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


class Reader:
    TOP = ("name", "base", "trials", "seeds", "first_seed", "covariance_seeds", "sampler", "sampler_seed", "weights", "set", "parameter", "moment")
    PARAMETER = ("key", "from", "to", "start", "scale")
    MOMENT = ("name", "series", "at", "from", "to", "statistic", "observed", "error")

    def __init__(self, path, text, given):
        self.path, self.text = path, text
        self.source = Source(path, text)
        self.given = given.get("calibration", {})
        for key in given:
            if key != "calibration":
                self.source.unknown((), key, ["calibration"])

    def __call__(self):
        self._known(("calibration",), self.given, self.TOP)
        where = ("calibration",)
        base = self._text(where, self.given, "base")
        numbers = {key: self._whole(key, default, least) for key, default, least in
                   (("trials", 100, 1), ("seeds", 2, 1), ("first_seed", 1, 0), ("covariance_seeds", 16, 2), ("sampler_seed", 1, 0))}
        choices = {key: self._choice(where, self.given, key, known) for key, known in (("sampler", SAMPLERS), ("weights", WEIGHTS))}
        parameters = [self._parameter((*where, "parameter", i), one) for i, one in enumerate(self._list("parameter"))]
        moments = [self._moment((*where, "moment", i), one) for i, one in enumerate(self._list("moment"))]
        self._distinct("parameter", "key"), self._distinct("moment", "name")
        if choices["sampler"] == "cmaes" and len(parameters) == 1:
            self.source.fault((*where, "sampler"), 'sampler = "cmaes" needs two parameters or more', 'write sampler = "tpe"')
        self.source.check()
        name = self.given.get("name", self.path.stem)
        return Calibration(self.path, self.text, str(name), self._path(base), settings=flat(self.given.get("set", {})), parameters=parameters,
                           moments=moments, **numbers, **choices)

    def _path(self, base):
        beside = self.path.parent / base
        if ":" in base and not beside.is_file():
            return base
        if not beside.is_file():
            self.source.fault(("calibration", "base"), f"there is no file '{beside}'", "write a path from this file, or PROGRAM:NAME for a shipped scenario")
            self.source.check()
        return str(beside)

    def _list(self, key):
        found = self.given.get(key, [])
        if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
            self.source.fault(("calibration", key), f"there is no {key}", f"write [[calibration.{key}]] and its keys, once for each")
            return []
        return found

    def _known(self, where, table, known):
        for key in table:
            if key not in known:
                self.source.unknown(where, key, known)

    def _distinct(self, kind, key):
        seen = set()
        for i, one in enumerate(self.given.get(kind, [])):
            value = one.get(key) if isinstance(one, dict) else None
            if value is not None and value in seen:
                self.source.fault(("calibration", kind, i, key), f"the {kind} '{value}' is there twice")
            seen.add(value)

    def _text(self, where, table, key):
        value = table.get(key)
        if not isinstance(value, str) or not value:
            self.source.fault((*where, key), f"{key} is missing" if value is None else f"{key} = {value} is no text", f'write {key} = "..."')
            return "?"
        return value

    def _whole(self, key, default, least):
        value = self.given.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.source.fault(("calibration", key), f"{key} = {value} is no whole number from {least} on")
            return default
        return value

    def _number(self, where, table, key, default=None):
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            self.source.fault((*where, key), f"{key} is missing" if value is None else f"{key} = {value} is no number")
            return 0
        return value

    def _choice(self, where, table, key, known):
        value = table.get(key, known[0])
        if value not in known:
            self.source.fault((*where, key), f"{key} = '{value}' is not known", f"one of: {', '.join(known)}")
            return known[0]
        return value

    def _parameter(self, where, one):
        self._known(where, one, self.PARAMETER)
        key, low, high = self._text(where, one, "key"), self._number(where, one, "from"), self._number(where, one, "to")
        is_log = self._choice(where, one, "scale", ("linear", "log")) == "log"
        is_integer = isinstance(low, int) and isinstance(high, int)
        if "from" in one and "to" in one and not low < high:
            self.source.fault((*where, "to"), f"to = {high} is not above from = {low}")
        elif is_log and low <= 0:
            self.source.fault((*where, "from"), f'scale = "log" needs from above 0, not {low}')
        else:
            middle = math.sqrt(low * high) if is_log else (low + high) / 2
            start = self._number(where, one, "start", round(middle) if is_integer else middle)
            if not low <= start <= high or (is_integer and not isinstance(start, int)):
                self.source.fault((*where, "start"), f"start = {start} is not among {low} to {high}")
            return Parameter(key, low, high, start, is_log, is_integer)
        return Parameter(key, 0, 1, 0)

    def _moment(self, where, one):
        self._known(where, one, self.MOMENT)
        series = self._text(where, one, "series")
        statistic = self._choice(where, one, "statistic", tuple(STATISTICS))
        observed, error = self._number(where, one, "observed"), self._number(where, one, "error", 0.0)
        if error < 0:
            self.source.fault((*where, "error"), f"error = {error} is negative: it is the standard error of what was observed")
        first, end = self._window(where, one)
        try:
            parse_series(series)
        except UsageError as fault:
            self.source.fault((*where, "series"), fault.message)
        return Moment(str(one.get("name", f"{statistic} of {series} {first} to {end - 1}")), series, first, end, statistic, float(observed), float(error))

    def _window(self, where, one):
        if "at" in one and "from" not in one and "to" not in one:
            try:
                return parse_at(one["at"])
            except UsageError as fault:
                self.source.fault((*where, "at"), fault.message)
            return parse_at(2000)
        ends = [one.get(key) for key in ("from", "to")]
        if not all(isinstance(end, datetime.date) and end.day == 1 for end in ends) or ends[0] >= ends[1]:
            self.source.fault(where, "says not when", "write at = 2019, or from = 2016-01-01 and to = 2020-01-01 (first days of months, `to` exclusive)")
            return parse_at(2000)
        return tuple(parse_at(f"{end.year:04d}-{end.month:02d}")[0] for end in ends)
