#!/usr/bin/python3
"""Audits a run from its full panel: audit.py RESULT.h5 (of `fabrica run ... --panel all`).

Recomputes the books of every firm and the monthly series from /panel_states and /panel_events alone, in whole numbers, and shares no code
with the model. Everything is compared with ==, except ratios (1e-12). Prints one line per check: how often it was made, how often it
failed, and the first failure. Exit codes: 0 every identity holds, 4 one is broken, 5 the file cannot be read or is no full panel.
"""
import argparse
import sys

import numpy as np

from panel_checks import Checks
from panel_dump import Dump, Unreadable
from panel_pairing import leads, pair_days, pair_windows
from panel_series import SeriesAudit

# Field of a firm: kinds of events that raise it, kinds that lower it, by their money or their goods.
MONEY = {
    "cash": ("payment market_collection loan_answer bail_out machines_sold job_sale design_income award",
             "bills_paid market_payment wages interest production_tax profit_tax dividend repayment capital_goods research "
             "levy platform_fee job_carriage design_rent"),
    "debt": ("loan_answer", "repayment"),
    "receivables": ("shipment job_shipment", "payment"),
    "payables": ("delivery job_delivery", "bills_paid"),
    "market_receivables": ("market_sale", "market_collection"),
    "market_payables": ("market_purchase bundle_purchase overhead", "market_payment"),
}
GOODS = {
    "stock": ("made job_delivery", "market_sale shipment job_shipment job_sale job_failed"),
    "on_order": ("order_sent", "delivery order_cancelled"),
}


def assets(s):
    return (np.maximum(0, s["cash"]) + s["receivables"] + s["market_receivables"] + s["stock_cost"] + s["slots_cost"].sum(1) + s["fixed_assets"]
            + s["under_construction"] + s["other_assets"])


def liabilities(s):
    return np.maximum(0, -s["cash"]) + s["debt"] + s["payables"] + s["market_payables"] + s["absorbed"]


class Audit:
    def __init__(self, dump):
        self.dump, self.checks = dump, Checks()
        self.has_platforms = "platform" in dump.scenario
        self.last_day = int(dump.ends[-1])
        self.assets, self.liabilities = assets(dump.state), liabilities(dump.state)

    def __call__(self):
        self.lives()
        self.firms()
        self.messages()
        self.claims()
        SeriesAudit(self.dump, self.checks, self.entered, self.assets, self.liabilities)()
        return self.checks

    def lives(self):
        """Every firm that comes enters, every firm that goes leaves, and each is visited once a month while it lives."""
        d, check = self.dump, self.checks
        pairs = np.unique(np.stack([d.state["key"].astype(np.uint64), d.state["id"].astype(np.uint64)], 1), axis=0)
        check.equal("one id for each key", len(pairs), len(np.unique(pairs[:, 0])), lambda _: "number of firms")
        check.equal("one key for each id", len(pairs), len(d.ids), lambda _: "number of firms")
        check.equal("one row for each firm and month", len(np.unique(d.row_firm * d.months + d.row_month)), len(d.row_firm), lambda _: "rows")
        check.true("rows are written at month ends", np.isin(d.state["day"], d.ends), lambda i: f"row {i}")
        check.equal("codes lie on their axes", d.bad_codes, 0, lambda _: "sector, region, ownership or size class")
        alive = d.row >= 0
        counts = {}
        for kind in ("entered", "left", "monthly_plan", "month_end"):
            rows = d.of(kind)
            rows = rows[d.event_firm[rows] >= 0]
            counts[kind] = np.zeros(d.row.shape, np.int64)
            np.add.at(counts[kind], (d.event_firm[rows], d.event_month[rows]), 1)
        place = lambda i: d.place(i // (d.months - 1), i % (d.months - 1) + 1)  # noqa: E731
        before, now = alive[:, :-1], alive[:, 1:]
        check.equal("firms appear by entering", now & ~before, counts["entered"][:, 1:] > 0, place)
        check.equal("firms vanish by leaving", before & ~now, counts["left"][:, 1:] > 0, place)
        check.equal("alive and old: one month end", counts["month_end"], alive & ~d.fresh, lambda i: d.place(i // d.months, i % d.months))
        visited, self.entered = counts["monthly_plan"], counts["entered"]
        check.equal("alive and old: one plan a month", visited[alive & ~d.fresh], 1, lambda i: f"firm-month {i}")
        last_day = np.full(len(d.ids), np.iinfo(np.int64).max)
        left = d.of("left")
        known = d.event_firm[left] >= 0
        last_day[d.event_firm[left[known]]] = d.event["day"][left[known]]
        events = np.flatnonzero((d.event_firm >= 0) & ~np.isin(d.event["kind"], [d.kinds[k] for k in d.kinds if k.startswith("estate_")]))
        check.true("no events of the dead", d.event["day"][events] <= last_day[d.event_firm[events]], lambda i: f"event {events[i]}")

    def firms(self):
        """Each field of each firm changes by its logged events."""
        d, check = self.dump, self.checks
        firm, month = np.nonzero((d.row[:, 1:] >= 0) & (d.row[:, :-1] >= 0))
        month += 1
        now, before = d.row[firm, month], d.row[firm, month - 1]
        place = lambda i: d.place(firm[i], month[i])  # noqa: E731
        change = lambda values: values[now] - values[before]  # noqa: E731
        for table, what in ((MONEY, "money"), (GOODS, "goods")):
            for field, (up, down) in table.items():
                flow = d.flow(up, what) - d.flow(down, what)
                check.equal(f"change of {field} = its events", change(d.state[field]), flow[firm, month], place)
        equity = self.assets - self.liabilities
        gains = d.flow("month_end bail_out", "money") - d.flow("dividend profit_tax", "money")
        check.equal("change of equity = profit - tax - dividends + bail-out", change(equity), gains[firm, month], place)
        row_place = lambda i: d.place(d.row_firm[i], d.row_month[i])  # noqa: E731
        check.equal("equity the firm remembers = assets - liabilities", d.state["equity_at_month"], equity, row_place)
        for field in ("stock", "stock_cost", "debt", "receivables", "payables", "market_receivables", "market_payables", "backlog", "workers"):
            check.true("nothing is negative that cannot be", d.state[field] >= 0, lambda i, f=field: f"{f} of {row_place(i)}")
        for part in ("stock", "cost"):
            check.true("no input is negative", d.state["slots_" + part].min(1) >= 0, row_place)
        made, reported = d.flow("made", "goods"), d.flow("month_end", "goods")
        check.equal("month's output = goods made", reported[firm, month], made[firm, month], place)
        self.last_debt()
        self.backlogs(firm, month, change(d.state["backlog"]), place)

    def last_debt(self):
        """What a firm owes when it leaves: its debt at the last month's end and its loans since."""
        d = self.dump
        flow = d.flow("loan_answer", "money") - d.flow("repayment", "money")
        left = d.of("left")
        left = left[d.event_firm[left] >= 0]
        firm, month = d.event_firm[left], d.event_month[left]
        known = (month > 0) & (d.row[firm, month - 1] >= 0)
        firm, month, left = firm[known], month[known], left[known]
        self.checks.equal("debt of the leaving = what they owed", d.event["money"][left], d.state["debt"][d.row[firm, month - 1]] + flow[firm, month],
                          lambda i: d.place(firm[i], month[i]))

    def backlogs(self, firm, month, change, place):
        """Orders come in, shipments and cancellations go out; firms with a dead buyer are left out, for nobody hears their cancellations."""
        d = self.dump
        flow = d.flow("order", "goods") - d.flow("shipment", "goods")
        cancelled = d.of("order_cancelled")
        seller = d.firm_of(d.event["other"][cancelled])
        cancelled, seller = cancelled[seller >= 0], seller[seller >= 0]
        sent = np.searchsorted(d.ends, d.event["day"][cancelled] - 1)
        alive = sent <= d.left_month[seller]  # what a dead seller's orders become is no longer its backlog
        np.subtract.at(flow, (seller[alive], sent[alive]), d.event["goods"][cancelled[alive]])
        rows = np.concatenate([d.of("order"), d.of("shipment"), d.of("backlogged_order")])
        seller, buyer = d.event_firm[rows], d.firm_of(d.event["other"][rows])
        gone = np.append(d.left_month, -1)[buyer] < d.months
        has_dead_buyer = np.zeros(len(d.ids), bool)
        has_dead_buyer[seller[gone & (seller >= 0)]] = True
        whole = ~has_dead_buyer[firm] & (d.ends[month] < self.last_day)  # what expires on the last day is told on the day after
        kept = np.flatnonzero(whole)
        self.checks.equal("change of backlog = orders - shipments - cancellations", change[whole], flow[firm, month][whole], lambda i: place(kept[i]))

    def messages(self):
        """What is sent arrives once, whole, and after the agreed time."""
        production, credit = self.dump.scenario["production"], self.dump.scenario["credit"]
        shortest, term = int(production["delivery_days"]), int(credit["receivable_days"])
        longest = shortest + int(production["delivery_spread_days"])
        if self.has_platforms:  # jobs take their time, members of logistics platforms get deliveries sooner
            longest = max(longest, shortest + int(self.dump.scenario["platforms"]["job_days"]))
            shortest = 1
        self.horizon = longest + term + 2  # days after which every claim of today is settled
        all_columns = ("from", "to", "goods", "money")
        ordered = self.sent_by("order_sent")
        missing = self.pair("orders arrive a day later", ordered, self.got_by("order"), 1, 1, ("from", "to", "goods"))
        self.note("orders arrive a day later: sent and never there", ordered, self.to_the_living(ordered, missing))
        shipped = self.sent_by("shipment job_shipment")
        lost = self.pair("shipments = deliveries", shipped, self.got_by("delivery job_delivery estate_delivery"), shortest, longest, all_columns)
        self.note("shipments = deliveries: sent and never there", shipped, lost[shipped["day"][lost] + longest <= self.last_day])
        self.open_invoices = int(shipped["money"][lost].sum())
        self.payments(term)
        self.bills(term)

    def payments(self, term):
        """Sellers have their money the day after an invoice falls due; an estate pays for what finds its firm dead at once."""
        d = self.dump
        due = self.sent_by("delivery job_delivery estate_delivery")
        due["day"][:len(d.of("delivery")) + len(d.of("job_delivery"))] += term
        lost = self.pair("payments arrive a day after they are due", due, self.got_by("payment estate_payment"), 1, 1, ("from", "to", "money"), term)
        self.note("payments arrive a day after they are due: never there", due, lost[due["day"][lost] < self.last_day])
        is_dead = np.append(d.left_month, -1)[d.firm_of(due["from"][lost])] < d.months  # its estate has paid what is not due yet, too
        self.open_payments = int(due["money"][lost[is_dead | (due["day"][lost] <= self.last_day)]].sum())

    def bills(self, term):
        """Buyers pay in a month what falls due in it, and an estate what is still open."""
        d = self.dump
        rows = np.concatenate([d.of("delivery"), d.of("job_delivery")])
        rows = rows[d.event_firm[rows] >= 0]
        firm, money, due = d.event_firm[rows], d.event["money"][rows], d.event["day"][rows].astype(np.int64) + term
        month = np.searchsorted(d.ends, due)
        fallen, is_near = np.zeros(d.row.shape, np.int64), month < d.months
        np.add.at(fallen, (firm[is_near], month[is_near]), money[is_near])
        first_days = np.concatenate([[0], d.ends[:-1] + 1])
        buyer, month = np.nonzero((d.row >= 0) & (first_days >= term))  # what falls due earlier was delivered before the record
        self.checks.equal("bills paid in a month = invoices due in it", d.flow("bills_paid", "money")[buyer, month], fallen[buyer, month],
                          lambda i: d.place(buyer[i], month[i]))
        left = d.of("left")
        left = left[(d.event_firm[left] >= 0) & (d.event["day"][left] >= term)]
        last_day = np.full(len(d.ids), np.iinfo(np.int64).max)
        last_day[d.event_firm[left]] = d.event["day"][left]
        still_open, is_open = np.zeros(len(d.ids), np.int64), due > last_day[firm]
        np.add.at(still_open, firm[is_open], money[is_open])
        dead = d.event_firm[left]
        self.checks.equal("bills that estates pay = invoices not yet due", d.flow("estate_bills_paid", "money").sum(1)[dead], still_open[dead],
                          lambda i: f"firm {d.ids[dead[i]]}")

    def messages_of(self, kinds, sender, receiver):
        event = self.dump.event
        at = np.concatenate([self.dump.of(kind) for kind in kinds.split()])
        return {"from": event[sender][at], "to": event[receiver][at], "goods": event["goods"][at], "money": event["money"][at],
                "day": event["day"][at].astype(np.int64)}

    def sent_by(self, kinds):
        return self.messages_of(kinds, "firm", "other")

    def got_by(self, kinds):
        return self.messages_of(kinds, "other", "firm")

    def pair(self, name, sent, got, shortest, longest, columns, earlier=0):
        """Pairs messages with receipts that agree in `columns`, first with first; notes receipts of what nobody sent. What is told `earlier` days
        before it is sent may come from before the record.
        @return indices of messages that have no receipt within the record"""
        both = np.stack([np.concatenate([sent[c], got[c]]).astype(np.int64) for c in columns], 1)
        _, code = np.unique(both, axis=0, return_inverse=True)
        code, n = code.ravel(), len(sent["day"])
        upgrades = self.dump.scenario["switches"]["technology"]  # makers that upgrade deliver sooner from then on
        if (self.has_platforms or upgrades) and shortest < longest:
            lost, orphans = pair_windows(code[:n], sent["day"], code[n:], got["day"], shortest, longest)
        else:
            lead = leads(sent, code[:n], got, code[n:], shortest, longest)
            lost, orphans = pair_days(code[:n], sent["day"] + lead, code[n:], got["day"])
        self.note(name + ": there and never sent", got, orphans[got["day"][orphans] - longest - earlier >= 0])  # others: sent before the record begins
        return lost

    def to_the_living(self, ordered, missing):
        """Orders that should have arrived: their seller lives and the day after is on record."""
        d = self.dump
        missing = missing[ordered["day"][missing] < self.last_day]
        left = np.append(d.left_month, -1)[d.firm_of(ordered["to"][missing])]  # of an unknown firm: -1
        return missing[left > np.searchsorted(d.ends, ordered["day"][missing] + 1)]

    def note(self, name, messages, wrong):
        def describe(i):
            return " ".join(f"{column} {values[i]}" for column, values in messages.items())
        self.checks.rows[name] = (len(messages["day"]), len(wrong), describe(wrong[0]) if len(wrong) else "")

    def claims(self):
        """Receivables = payables + invoices and payments under way, the estates of the dead included, at each month's end."""
        d = self.dump
        known = np.flatnonzero(d.ends + self.horizon <= self.last_day)  # later claims of the dead are settled after the record ends
        firm, month = np.nonzero(d.row >= 0)
        sums = {field: np.zeros(d.months, np.int64) for field in ("receivables", "payables")}
        for field, total in sums.items():
            np.add.at(total, month, d.state[field][d.row[firm, month]])
        left, right = [], []
        for t in known:
            later = lambda kinds: sum(int(d.event["money"][r][d.event["day"][r] > d.ends[t]].sum()) for r in map(d.of, kinds.split()))  # noqa: B023,E731
            # Under way is what arrives later, less what is sent later, but for what is still open when the record ends.
            invoices = later("delivery job_delivery estate_delivery") - (later("shipment job_shipment") - self.open_invoices)
            payments = later("payment estate_payment") - (later("bills_paid estate_bills_paid estate_delivery") - self.open_payments)
            left.append(int(sums["receivables"][t]) + self.of_the_dead("estate_payment", t))
            right.append(int(sums["payables"][t]) + invoices + payments)
        self.checks.equal("receivables = payables + invoices and payments under way", left, right, lambda i: f"month ending on day {d.ends[known[i]]}")

    def of_the_dead(self, kind, month):
        """Money of later messages to estates of firms that are dead at the month's end."""
        d = self.dump
        rows = d.of(kind)
        rows = rows[d.event["day"][rows] > d.ends[month]]
        firm = d.event_firm[rows]
        is_dead = (firm < 0) | (d.left_month[firm] <= month)
        return int(d.event["money"][rows[is_dead]].sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result")
    options = parser.parse_args()
    try:
        checks = Audit(Dump(options.result))()
    except Unreadable as failure:
        print(f"audit.py: error: {failure}", file=sys.stderr)
        return 5
    print(checks.table())
    print(f"\n{len(checks.rows)} checks, {checks.failed} failed")
    return 4 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
