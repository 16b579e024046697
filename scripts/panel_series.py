"""Sums over the firms of a full panel against the monthly series of the same result, for audit.py."""
import numpy as np

ZOMBIE_YEARS = 3
SALES = "shipment job_shipment market_sale job_sale"


def llround(x):
    """As C rounds: halves away from zero."""
    x = np.asarray(x, float)
    return (np.sign(x) * np.floor(np.abs(x) + 0.5)).astype(np.int64)


class SeriesAudit:
    def __init__(self, dump, checks, entered, assets, liabilities):
        """entered: firms x months; assets and liabilities: of each row of states [fen]"""
        self.dump, self.checks = dump, checks
        self.entered, self.assets, self.liabilities = entered, assets, liabilities

    def __call__(self):
        d, s, k = self.dump, self.dump.state, self.dump.k
        old = ~d.fresh[d.row_firm, d.row_month]
        shape = d.series("output").shape
        cell = (d.row_month, s["sector"], s["ownership"])
        self.cell = tuple(c[old] for c in cell)

        def by_cell(values):
            total = np.zeros(shape, np.int64)
            np.add.at(total, self.cell, np.asarray(values)[old])
            return total

        flow = lambda kinds, what="money": d.flow(kinds, what)[d.row_firm, d.row_month]  # noqa: E731
        real = lambda counts: llround(counts * d.real[:, :, None])  # noqa: E731
        capacity = sum(s[f"capacity{m}"].astype(float) for m in range(1, 5))
        above = s["is_above_scale"] != 0
        totals = {
            "capacity": by_cell(llround(capacity)) * k, "finished_stock": by_cell(s["stock"]) * k,
            "backlog": by_cell(s["backlog"]) * k, "cash": by_cell(s["cash"]) * k, "loans": by_cell(s["debt"]) * k,
            "assets": by_cell(self.assets) * k, "liabilities": by_cell(self.liabilities) * k, "profit": by_cell(flow("month_end")) * k,
            "employment": llround(by_cell(s["workers"]) * k * 1e-3), "firms": real(by_cell(np.ones(len(old), np.int64))),
            "zombies": real(by_cell(s["zombie_years"] >= ZOMBIE_YEARS)), "firms_above_scale": real(by_cell(above)),
            "revenue_above_scale": by_cell(np.where(above, flow(SALES), 0)) * k,
            "profit_above_scale": by_cell(np.where(above, flow("month_end"), 0)) * k, "assets_above_scale": by_cell(np.where(above, self.assets, 0)) * k,
        }
        for name, total in totals.items():
            self.series_equal(name, total)
        self.series_equal("agents", np.bincount(d.row_month[old], minlength=d.months))
        output = self.done_by_all()
        self.by_class(old)
        days, known = np.diff(np.concatenate([[-1], d.ends])), self.whole_months("made")
        with np.errstate(invalid="ignore", divide="ignore"):
            use = output.sum(2) / days[:, None] / (totals["capacity"].sum(2) / k)
            owed = totals["liabilities"].sum(1) / totals["assets"].sum(1)
        self.series_equal("capacity_utilisation", use, 1e-12, known)
        self.series_equal("debt_ratio", owed, 1e-12)

    def series_equal(self, name, values, tolerance=0.0, months=None):
        months = np.arange(self.dump.months) if months is None else months
        given = self.dump.series(name)
        self.checks.equal("series have a row for each month", len(given), self.dump.months, lambda _: name)
        shape = given[months].shape
        where = lambda i: f"month {months[np.unravel_index(i, shape)[0]]}, cell {[int(x) for x in np.unravel_index(i, shape)[1:]]}"  # noqa: E731
        self.checks.equal(f"series {name}", given[months], values[months], where, tolerance)

    def done_by_all(self):
        """What all did in the month, those that left in it too. @return goods made by (month, sector, ownership)"""
        d, k = self.dump, self.dump.k

        def total(kinds, what, *axes):
            flow = d.flow(kinds, what) if what else self.entered
            firm, month = np.nonzero(flow)
            sums = np.zeros((d.months, *(len(d.series(axis)) for axis in axes)), np.int64)
            np.add.at(sums, (month, *(d.of_firm[axis][firm] for axis in axes)), flow[firm, month])
            return sums

        cell = ("sector", "ownership")
        for name, kinds in (("wages", "wages"), ("interest", "interest"), ("revenue", SALES), ("investment", "capital_goods")):
            self.series_equal(name, total(kinds, "money", *cell) * k, months=self.whole_months(kinds))
        output, known = total("made", "goods", *cell), self.whole_months("made")
        self.series_equal("output", output * k, months=known)
        self.series_equal("output_by_region", total("made", "goods", "region") * k, months=known)
        self.series_equal("entries", llround(total("entered", "", *cell) * d.real[:, :, None]), months=self.whole_months("entered"))
        self.exits_and_bail_outs()
        return output

    def exits_and_bail_outs(self):
        d, k = self.dump, self.dump.k
        total = np.zeros(d.series("exits").shape, np.int64)
        left = d.of("left")
        left = left[d.event_firm[left] >= 0]
        np.add.at(total, (d.event_month[left], d.of_firm["sector"][d.event_firm[left]], d.event["goods"][left]), 1)
        self.series_equal("exits", llround(total * d.real[:, :, None]), months=self.whole_months("left"))
        rows = d.of("bail_out")
        self.series_equal("bail_outs", np.bincount(d.event_month[rows], minlength=d.months))
        money = np.zeros(d.months, np.int64)
        np.add.at(money, d.event_month[rows], d.event["money"][rows])
        self.series_equal("bail_out_money", money * k)

    def whole_months(self, kinds):
        """Months in which every firm that noted such an event is known by a row (a firm that dies in the first month has none)."""
        d = self.dump
        rows = np.concatenate([d.of(kind) for kind in kinds.split()])
        unknown = d.event_month[rows[d.event_firm[rows] < 0]]
        return np.setdiff1d(np.arange(d.months), unknown)

    def by_class(self, old):
        """Size classes, provinces, maturity levels."""
        d, s = self.dump, self.dump.state
        month, sector = d.row_month[old], s["sector"][old]
        count = np.zeros((*d.series("firms_by_size").shape, d.real.shape[1]), np.int64)
        np.add.at(count, (month, s["size_class"][old], sector), 1)
        self.series_equal("firms_by_size", llround((count * d.real[:, None, :]).sum(2)))
        jobs = np.zeros(d.series("employment_by_region").shape, np.int64)
        np.add.at(jobs, (month, s["region"][old]), s["workers"][old])
        self.series_equal("employment_by_region", jobs * d.k // 1000)
        levels = np.zeros((d.months, 4), np.int64)
        for m in range(4):
            np.add.at(levels[:, m], month, llround(s[f"capacity{m + 1}"][old]))
        self.series_equal("capacity_by_level", levels * d.k)
