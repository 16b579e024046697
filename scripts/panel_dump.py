"""A result with a full panel in memory, for audit.py: rows of states by firm and month, events with their firm and month, series as they are."""
import tomllib

import h5py
import numpy as np

FIELDS = ("day key id born settled sector region ownership size_class stock stock_cost backlog cash debt receivables payables "
          "market_receivables market_payables absorbed capacity1 capacity2 capacity3 capacity4 workers fixed_assets "
          "under_construction other_assets equity_at_month zombie_years is_above_scale")
SLOTS = range(6)


class Unreadable(Exception):
    """The file cannot be audited."""


class Dump:
    """A result in memory: rows of states by (firm, month), events with their firm and month, series as they are."""

    def __init__(self, path):
        try:
            self.file = h5py.File(path, "r")
            states, events = self.file["panel_states"], self.file["panel_events"]
            self.ends = self.file["time_bounds"][:, 1].astype(np.int64) - 1  # last day of each month
            self.scale = float(np.ravel(self.file.attrs["scale"])[0])
            self.real = self.file["real_firms"][:]
            self.scenario = tomllib.loads(text(self.file.attrs["scenario_toml"]))
            self.state = {name: states[name][:] for name in FIELDS.split()}
            for part in ("stock", "cost", "on_order"):
                self.state["slots_" + part] = np.stack([states[f"slot{j}_{part}"][:] for j in SLOTS], 1)
            self.event = {name: events[name][:] for name in ("day", "firm", "kind", "other", "goods", "money")}
            self.kinds = {name: i for i, name in enumerate(text(events["kind"].attrs["flag_meanings"]).split())}
        except (OSError, KeyError, tomllib.TOMLDecodeError) as failure:
            raise Unreadable(f"{path}: no result of `fabrica run --panel all` ({failure})") from None
        self.k = round(1 / self.scale)
        self.check_codes()
        self.state["on_order"] = self.state["slots_on_order"].sum(1)
        self.months = len(self.ends)
        self.index()
        if (self.row[:, 0] >= 0).sum() < 0.9 * self.series("agents")[0]:
            raise Unreadable(f"{path}: the panel holds a sample of the firms; run with --panel all")

    def check_codes(self):
        """Codes index axes; one beyond its axis becomes the last, and is counted."""
        self.bad_codes = 0
        for name in ("sector", "region", "ownership", "size_class"):
            code, length = self.state[name], len(self.series(name))
            self.bad_codes += int(((code < 0) | (code >= length)).sum())
            self.state[name] = np.clip(code, 0, length - 1).astype(int)

    def index(self):
        s, e = self.state, self.event
        self.ids, self.row_firm = np.unique(s["id"], return_inverse=True)
        self.row_month = np.minimum(np.searchsorted(self.ends, s["day"]), self.months - 1)
        self.event_firm = self.firm_of(e["firm"])
        self.of_firm = {}
        for name in ("sector", "ownership", "region"):
            self.of_firm[name] = np.zeros(len(self.ids), int)
            self.of_firm[name][self.row_firm] = s[name]
        self.event_month = np.minimum(np.searchsorted(self.ends, e["day"]), self.months - 1)
        self.row = np.full((len(self.ids), self.months), -1)
        self.row[self.row_firm, self.row_month] = np.arange(len(self.row_firm))
        entered = self.of("entered")
        self.fresh = np.zeros(self.row.shape, bool)  # created at the end of the month, after the firms reported
        known = entered[self.event_firm[entered] >= 0]
        self.fresh[self.event_firm[known], self.event_month[known]] = True
        self.left_month = np.full(len(self.ids), self.months)
        left = self.of("left")
        left = left[self.event_firm[left] >= 0]
        self.left_month[self.event_firm[left]] = self.event_month[left]

    def firm_of(self, agents):
        """Index of firms by id; -1 for those that no row knows: dead before the first month's end."""
        at = np.minimum(np.searchsorted(self.ids, agents), len(self.ids) - 1)
        return np.where(self.ids[at] == agents, at, -1)

    def of(self, kind):
        """Indices of the events of a kind, in the order of time."""
        if kind not in self.kinds:
            raise Unreadable(f"the panel has no events called {kind}")
        return np.flatnonzero(self.event["kind"] == self.kinds[kind])

    def flow(self, kinds, what):
        """Sum of the money or goods of events by (firm, month)."""
        total = np.zeros(self.row.shape, np.int64)
        for kind in kinds.split():
            rows = self.of(kind)
            rows = rows[self.event_firm[rows] >= 0]
            np.add.at(total, (self.event_firm[rows], self.event_month[rows]), self.event[what][rows])
        return total

    def series(self, name):
        if name not in self.file:
            raise Unreadable(f"the result has no series {name}")
        return self.file[name][:]

    def place(self, firm, month):
        return f"firm {self.ids[firm]}, month ending on day {self.ends[month]}"


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)
