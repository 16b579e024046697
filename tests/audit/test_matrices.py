#!/usr/bin/python3
"""Evaluates the two matrices of MODEL.md, section 7, from result files: test_matrices.py PROGRAM.

Every sum is one of whole fen and compared with ==.
"""
import os
import subprocess
import sys
import tempfile
import unittest

import h5py

PROGRAM = ""


class Matrices(unittest.TestCase):
    """A toyland run; subclasses take other nations."""

    scenario = "fabrica:toyland"
    more = ()

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        path = os.path.join(scratch.name, "run.h5")
        subprocess.run([PROGRAM, "run", cls.scenario, "-q", "-o", path, *cls.more], check=True, stdout=subprocess.DEVNULL)
        with h5py.File(path) as file:
            cls.names = {axis: [x.decode() for x in file[axis][:]] for axis in ("holder", "instrument", "transaction", "ownership", "goods_item")}
            cls.goods = file["goods_account"][:].astype(object)
            cls.machines = {name: file[name][:].astype(object).sum(axis=(1, 2))
                            for name in ("machines", "investment", "machines_worn", "machines_sold", "machines_lost")}
            cls.sheet = file["balance_sheet"][:].astype(object)  # Python's whole numbers do not overflow
            cls.paid = file["transactions"][:].astype(object)
            cls.firms = {name: file[name][:].astype(object).sum(axis=(1, 2))
                         for name in ("assets", "liabilities", "tangible_assets", "loans", "cash", "wages", "interest", "bail_out_money", "investment")
                         if file[name].ndim == 3}
            cls.bail_outs = file["bail_out_money"][:].astype(object)

    def column(self, holder):
        return self.names["holder"].index(holder)

    def row(self, transaction):
        return self.names["transaction"].index(transaction)

    def test_every_claim_is_owed_by_somebody(self):
        self.assertTrue((self.sheet.sum(axis=2) == 0).all())

    def test_every_payment_is_received_by_somebody(self):
        self.assertTrue((self.paid.sum(axis=2) == 0).all())

    def test_payments_are_the_change_of_each_holders_money(self):
        money = self.sheet[:, self.names["instrument"].index("money"), :]
        self.assertTrue((money[1:] - money[:-1] == self.paid[1:].sum(axis=1)).all())

    def test_equity_of_firms_is_tangibles_and_net_claims(self):
        # Founders of the month's last day are in the books, but not yet in what firms report.
        founders = self.paid[:, self.row("founding"), self.column("firms")]
        claims = self.sheet[:, :, self.column("firms")].sum(axis=1) - founders
        equity = self.firms["assets"] - self.firms["liabilities"]
        self.assertTrue((equity == self.firms["tangible_assets"] + claims).all())

    def test_goods_made_are_used_sold_scrapped_in_stock_or_under_way(self):
        self.assertTrue((self.goods.sum(axis=1) == 0).all())
        last = dict(zip(self.names["goods_item"], self.goods[-1].sum(axis=1)))
        for used in ("used", "final_use", "machines", "scrapped", "finished_stock", "input_stock", "wholesale_stock"):
            self.assertLess(last[used], 0, used)

    def test_machines_change_by_investment_wear_sales_and_losses(self):
        m = self.machines
        # Entrants' machines are paid for on the last day of a month and first reported at the end of the next.
        founded = -self.paid[:, self.row("machines"), self.column("households")]
        change = m["investment"] - m["machines_worn"] - m["machines_sold"] - m["machines_lost"]
        self.assertTrue((m["machines"][1:] == m["machines"][:-1] + founded[:-1] + change[1:]).all())
        self.assertGreater(m["machines_lost"].sum(), 0)
        # Dealers are households: they pay for what is sold, and get what firms that build pay for used machines.
        used = self.paid[:, self.row("used_machines"), :]
        self.assertTrue((used[:, self.column("households")] >= -m["machines_sold"]).all())
        self.assertTrue((used[:, self.column("estates")] <= m["machines_sold"]).all())

    def test_the_matrix_agrees_with_the_series_of_firms(self):
        for name, sign in (("wages", -1), ("interest", -1)):
            of_firms = self.paid[:, self.row(name), self.column("firms")]
            self.assertTrue((of_firms == sign * self.firms[name]).all(), name)
        self.assertTrue((self.paid[:, self.row("bail_outs"), self.column("provinces")] == -self.bail_outs).all())
        loans = self.sheet[:, self.names["instrument"].index("loans"), self.column("banks")]
        self.assertTrue((loans == self.firms["loans"]).all())

    def test_rows_have_the_signs_of_their_meaning(self):
        # (transaction, who pays, who receives) summed over the run
        for what, payer, receiver in (("wages", "firms", "households"), ("interest", "firms", "banks"), ("production_tax", "firms", "provinces"),
                                      ("final_demand", "partners", "wholesalers"), ("wholesale_inputs", "clearing_house", "wholesalers"),
                                      ("sales_to_wholesalers", "wholesalers", "clearing_house"), ("machines", "firms", "wholesalers"),
                                      ("dividends", "firms", "households"), ("outside_inputs", "clearing_house", "outside")):
            total = self.paid[:, self.row(what), :].sum(axis=0)
            self.assertLess(total[self.column(payer)], 0, (what, payer))
            self.assertGreater(total[self.column(receiver)], 0, (what, receiver))


class China(Matrices):
    scenario = "fabrica:china"
    more = ("--set", "run.scale=0.001", "--set", "run.end=2016-01-01")


class Shared(Matrices):
    scenario = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shared.toml")

    def test_firms_pay_platforms_and_platforms_pay_for_services(self):
        fees, costs = self.paid[:, self.row("platform_fees"), :], self.paid[:, self.row("platform_costs"), :]
        self.assertTrue((fees[:, self.column("firms")] == -fees[:, self.column("platforms")]).all())
        self.assertGreater(fees[:, self.column("platforms")].sum(), 0)
        self.assertLess(costs[:, self.column("platforms")].sum(), 0)
        self.assertGreater(costs[:, self.column("outside")].sum(), 0)
        self.assertLess(self.paid[:, self.row("platform_jobs"), self.column("households")].sum(), 0)

    def test_what_a_month_is_paid_for_jobs_is_under_way_for_a_day(self):
        jobs = self.paid[:, self.row("platform_jobs"), :]
        self.assertTrue((jobs.sum(axis=1) == 0).all())
        self.assertNotEqual(abs(jobs[:, self.column("firms")]).sum(), 0)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
