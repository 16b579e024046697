#!/usr/bin/python3
"""What each reference scenario says it expects is what it does; those that can be worked by hand are.

usage: test_expectations.py PROGRAM
"""
import os
import sys
import tempfile
import unittest

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import reference_results  # noqa: E402
from reference_results import by_sector, names, over_rest, raw, table, total  # noqa: E402

M_YUAN, M_UNITS = 1e8, 1e9  # fen, thousandths
YEAR = 365 / 360  # of the table's calendar, in years of the test's
ORE, TOOLS, CLOTH = 997.97325, 793.91977, 400.0  # m yuan a year at rest (tests/models/properties/toyland_test.cpp)


class Expectations(unittest.TestCase):
    def same_as_rest_for(self, name, months):
        for series in ("output", "revenue", "price_index", "employment", "cash", "imports"):
            np.testing.assert_array_equal(raw(name, series)[:months], raw("rest", series)[:months], f"{name}: {series}")

    def test_rest_is_what_the_table_says(self):
        for found, hand in zip(by_sector("rest", "output").sum(axis=0) / M_UNITS * YEAR, (ORE, TOOLS, CLOTH)):
            self.assertAlmostEqual(found / hand, 1, delta=1e-6)
        imports = by_sector("rest", "imports").sum(axis=0) / M_YUAN * YEAR
        for found, hand in zip(imports, (0.10 * TOOLS, 0.05 * ORE + 30, 0.05 * CLOTH + 20)):
            self.assertAlmostEqual(found / hand, 1, delta=1e-5)
        self.assertAlmostEqual(total("rest", "investment").sum() / M_YUAN * YEAR / 44.4335, 1, delta=1e-5)
        self.assertLess(np.abs(over_rest("rest") - 1).max(), 2e-7)
        self.assertLess(np.abs(raw("rest", "price_index") - 1).max(), 1e-5)

    def test_firms_are_counted_to_the_firm(self):
        for name in ("living", "entry", "exit"):
            change = total(name, "entries")[:-1] - total(name, "exits")[1:]  # who enters is counted from the next month on
            np.testing.assert_array_equal(np.diff(total(name, "firms")), change, name)
        self.assertEqual(total("entry", "exits").sum(), 0)
        self.assertEqual(total("exit", "entries").sum(), 0)
        self.assertGreater(total("exit", "exits").sum(), 5)
        a_year = total("entry", "entries").sum() / 2 / total("entry", "firms").mean()
        self.assertTrue(0.15 < a_year < 0.45, a_year)  # around 0.30
        self.assertGreater(total("living", "bail_outs").sum(), 0)

    def test_a_dip_of_demand_is_worked_off(self):
        self.same_as_rest_for("demand_dip", 3)
        ore, _, cloth = over_rest("demand_dip").T
        self.assertTrue(0.5 < cloth.min() < 0.67, cloth.min())
        self.assertGreater(cloth[9:13].max(), 1.02)
        self.assertLess(abs(cloth[-1] - 1), 0.02)
        self.assertGreater(ore.min(), 0.99)

    def test_dearer_imports_raise_prices_by_their_weight(self):
        self.same_as_rest_for("input_price", 2)
        ore, tools, cloth = raw("input_price", "price_index")[-1]
        self.assertTrue(1.01 < ore < tools, (ore, tools))
        self.assertTrue(1.02 < tools < 1.05, tools)
        self.assertTrue(1.01 < cloth < ore, cloth)
        imports = over_rest("input_price", "imports")
        self.assertGreater(imports[2:6, 1].min(), 1.05)
        self.assertLess(imports[-1, 2], 1)

    def test_wages_pass_into_prices(self):
        index = raw("wages", "wage_index").ravel()
        self.assertAlmostEqual(index[-1], (1 + 0.12 / 12) ** 12, delta=0.002)
        ore, tools, cloth = raw("wages", "price_index")[-1]
        self.assertTrue(ore > tools > cloth > 1.01)

    def test_growth_builds(self):
        self.assertGreater(total("growth", "investment").sum(), 2 * total("living", "investment").sum())
        self.assertGreater(total("growth", "loans_paid").sum(), total("living", "loans_paid").sum())
        self.assertGreater(total("growth", "capacity")[-1], total("growth", "capacity")[0])

    def test_dear_and_scarce_credit(self):
        def rate(name):
            return total(name, "interest").sum() / total(name, "loans").sum()
        self.assertGreater(rate("credit_crunch"), 1.5 * rate("living"))
        self.assertEqual(total("credit_crunch", "loans_paid").sum(), 0)
        self.assertGreater(total("living", "loans_paid").sum(), 0)
        self.assertGreater(total("credit_crunch", "bad_loans").sum(), 0)

    def test_machines_lost_are_gone(self):
        self.same_as_rest_for("plant_closure", 2)
        ore, tools, cloth = over_rest("plant_closure", "capacity")[2]
        self.assertTrue(0.65 < ore < 0.85, ore)
        self.assertEqual((tools, cloth), (1, 1))
        self.assertLess(over_rest("plant_closure")[3, 0], 0.9)
        self.assertLess(over_rest("plant_closure")[5, 1], 0.99)
        self.assertGreater(over_rest("plant_closure")[-1, 0], 0.98)

    def test_an_order_from_abroad(self):
        self.same_as_rest_for("export_order", 4)
        exports = over_rest("export_order", "exports")
        self.assertAlmostEqual(exports[4, 2], 1.5, delta=1e-6)
        np.testing.assert_allclose(np.delete(exports, 4, axis=0), 1, atol=0.01)
        self.assertGreater(over_rest("export_order")[5, 2], 1.02)

    def test_a_subsidy_is_paid_to_the_fen(self):
        self.same_as_rest_for("subsidy", 2)
        np.testing.assert_array_equal(raw("subsidy", "output"), raw("rest", "output"))
        paid = raw("subsidy", "disbursed").ravel()
        self.assertEqual(paid[:2].sum(), 0)
        np.testing.assert_allclose(paid[2:] / M_YUAN, 0.02 * CLOTH * 30 / 365, rtol=1e-5)
        for part in ("disbursed_by_recipient", "disbursed_by_size", "disbursed_by_sector", "disbursed_by_region"):
            np.testing.assert_array_equal(total("subsidy", part), paid, part)

    def test_a_budget_holds(self):
        factor = raw("budget", "budget_factor").ravel()
        granted = total("budget", "policy_granted")
        self.assertLessEqual(granted[12:].sum(), 2e8 * 0.9 * factor[11])  # of the year 2016, with what evaluation made of it
        self.assertGreater(granted[12:].sum(), 0.95 * 2e8 * 0.9 * factor[11])
        self.assertGreater(total("budget", "policy_asked").sum(), granted.sum())
        self.assertGreater(total("budget", "clawed_back").sum(), 0)

    def test_tariffs(self):
        self.same_as_rest_for("tariff", 1)
        np.testing.assert_allclose(raw("tariff", "import_duty")[2:23], 0.2 / 1.2, rtol=1e-6)
        self.assertLess(over_rest("tariff", "imports")[-1].max(), 1)
        exports = total("tariff", "exports") / total("rest", "exports")[0]
        self.assertGreater(exports[4], 0.99)
        self.assertLess(exports[-1], 0.75)

    def test_platforms_have_members_and_jobs(self):
        self.assertGreater(total("platform", "platform_jobs").sum(), 100)
        for name in ("platform", "china_platforms"):
            matches, requests = (raw(name, s).reshape(24, -1).sum(axis=0) for s in ("platform_matches", "platform_requests"))
            self.assertTrue((matches <= requests).all(), name)
        for series in ("platform_members", "platform_fees", "platform_jobs"):
            self.assertTrue((raw("china_platforms", series).reshape(24, -1).sum(axis=0) > 0).all(), series)

    def test_technology(self):
        self.assertGreater(by_sector("technology", "research")[:, 1:].min(), 0)
        self.assertGreater(total("technology", "discoveries").sum(), 10)
        self.assertGreater(total("technology", "upgrades").sum(), 10)
        level = raw("technology", "capacity_by_level")
        self.assertLess(level[-1].reshape(-1, 4)[:, 0].sum() / level[-1].sum(), level[0].reshape(-1, 4)[:, 0].sum() / level[0].sum())

    def test_a_notch_makes_firms_relabel(self):
        np.testing.assert_array_equal(raw("technology", "research_reported"), raw("technology", "research"))
        surplus = total("notch", "research_reported") - total("notch", "research")
        self.assertEqual(surplus[:6].sum(), 0)
        self.assertGreater(surplus[6:].sum(), 0)

    def test_rationed_power(self):
        self.same_as_rest_for("energy_ration", 2)
        north, south = (raw("energy_ration", "output_by_region") / raw("rest", "output_by_region")[0]).T
        self.assertTrue(0.6 < north[3] < 0.72, north[3])
        self.assertGreater(south[3], 0.97)
        self.assertGreater(north[6:9].min(), 1.02)
        self.assertLess(abs(north[-1] - 1), 0.05)

    def test_a_levy_is_emissions_times_the_price(self):
        self.same_as_rest_for("carbon_price", 2)
        what, who = names("carbon_price", "transaction").index("carbon_levy"), names("carbon_price", "holder").index("treasury")
        levy = raw("carbon_price", "transactions")[:, what, who] / 100
        emitted = total("carbon_price", "emissions")
        self.assertEqual(levy[:2].sum(), 0)
        np.testing.assert_allclose(levy[3:], 100 * emitted[3:], rtol=0.01)  # firms pay at their monthly plans, for what they made since the last
        self.assertTrue((raw("carbon_price", "price_index")[-1] > 1.001).all())

    def test_a_ban_is_worked_by_hand(self):
        self.same_as_rest_for("import_ban", 1)
        reserve = raw("import_ban", "critical_reserve")[:, 1]
        np.testing.assert_allclose(np.diff(reserve[3:7]), -15, rtol=1e-6)
        np.testing.assert_array_equal(raw("import_ban", "critical_supply")[7:11, 1], 0.5)
        np.testing.assert_allclose(raw("import_ban", "import_cap")[7:11, 0], 0.95, rtol=1e-6)
        np.testing.assert_allclose(over_rest("import_ban")[9:, 0], 0.95, atol=0.001)

    def test_the_government_buys_for_what_it_was_given(self):
        self.same_as_rest_for("procurement", 2)
        np.testing.assert_allclose(raw("procurement", "disbursed").ravel()[2:] / M_YUAN, 3, rtol=1e-5)
        self.assertTrue(1.08 < over_rest("procurement")[-1, 2] < 1.2)

    def test_a_tournament_of_two_provinces_is_worked_by_hand(self):
        for series in ("output", "employment", "imports"):
            np.testing.assert_array_equal(raw("tournament", series)[:12], raw("rest", series), series)
        north, south = names("tournament", "region").index("N"), names("tournament", "region").index("S")
        to_provinces = names("tournament", "recipient").index("provinces")
        month = 0.02 * (660 + 0.3 * (724.6666667 / 0.9133333333)) / 0.9 / 12  # m yuan: wear of the machines of the first day's output
        efforts = total("tournament", "disbursed") / M_YUAN
        np.testing.assert_allclose(efforts[:12], 0.1 * month, rtol=1e-4)
        paid = raw("tournament", "disbursed_by_region").reshape(24, 2) / M_YUAN
        np.testing.assert_allclose(paid[13:23, north], paid[0, north] / 2, rtol=1e-4)
        np.testing.assert_allclose(paid[13:23, south], paid[0, south], rtol=1e-4)
        np.testing.assert_allclose(np.diff(efforts[13:]), [0] * 9 + [2], atol=1e-6)
        rewards = raw("tournament", "disbursed_by_recipient").reshape(24, -1)[:, to_provinces]
        np.testing.assert_array_equal(rewards, [0] * 23 + [2e8])
        self.assertAlmostEqual(paid[23, south] - paid[22, south], 2, places=6)
        # The centre pays the reward and nothing else; provinces all of the efforts.
        flow = raw("tournament", "transactions")[:, names("tournament", "transaction").index("subsidies")]
        np.testing.assert_array_equal(flow[:, names("tournament", "holder").index("treasury")], -rewards)
        spent = rewards - total("tournament", "disbursed")  # by all provinces, net of the reward of one
        np.testing.assert_array_equal(flow[:, names("tournament", "holder").index("provinces")], spent + rewards)

    def test_winners_are_those_above_the_target_and_the_best_of_them(self):
        def rewarded(winners, target):
            changes = (f"policy.race.winners={winners}", f"policy.race.target_growth={target}")
            last = [raw("tournament", "disbursed_by_region", changes).reshape(24, 2)[month] for month in (22, 23)]
            return list(((last[1] - last[0]) / 2e8).round(6))  # efforts differ by the rounding of firms
        self.assertEqual(names("tournament", "region"), ["N", "S"])
        self.assertEqual(rewarded(2, -0.9), [1, 1])   # both are above it
        self.assertEqual(rewarded(1, -0.9), [0, 1])   # and the south has grown more
        self.assertEqual(rewarded(2, 0.31), [0, 0])   # beyond what machines can make

    def test_scarcity(self):
        ratio = by_sector("scarcity", "output") / by_sector("living", "output")
        self.assertTrue(0.62 < ratio[6, 0] < 0.75, ratio[6, 0])
        self.assertLess(ratio[10, 1], 0.96)
        prices = raw("scarcity", "price_index") / raw("living", "price_index")
        self.assertTrue(prices[11, 0] > prices[11, 1] > prices[11, 2] > 1)
        self.assertGreater(by_sector("scarcity", "unmet_demand")[:, 0].sum(), 0)

    def test_reform_of_state_firms(self):
        self.assertEqual(total("soe_reform", "bail_outs")[6:].sum(), 0)
        owned = raw("soe_reform", "firms").sum(axis=1)[-1] - raw("living", "firms").sum(axis=1)[-1]
        self.assertLess(owned[1], 0)
        self.assertGreater(owned[0], 0)
        self.assertEqual(total("hard_budget", "bail_out_money").sum(), 0)

    def test_abroad(self):
        factor = raw("abroad", "world_price_factor")
        self.assertGreater(factor[6:17, 1].min(), 1.1)
        np.testing.assert_array_equal(factor[:, [0, 2]], 1)
        self.assertLess((total("abroad", "exports") / total("living", "exports"))[7:18].max(), 0.95)
        self.assertLess(raw("abroad", "foreign_pull")[6:].max(), 0)

    def test_people(self):
        skilled = raw("people", "skilled_share")
        np.testing.assert_allclose(skilled[-1] - skilled[0], 0.05 * 1.5, atol=0.002)
        self.assertGreater(raw("people", "wage_index").ravel()[-1], raw("technology", "wage_index").ravel()[23])
        self.assertGreater(total("people", "disbursed").sum(), 0)


class ByHand(unittest.TestCase):
    """Rules of handlers and institutions, where a scenario isolates them."""

    def test_markups_over_unit_cost_at_rest(self):
        # Of a yuan of output, cost by unit is all but production tax, services of TOWN and surplus: 0.72, 0.72 and 0.82.
        np.testing.assert_allclose(raw("rest", "markup")[-1], [1 / 0.72 - 1, 1 / 0.72 - 1, 1 / 0.82 - 1], rtol=1e-4)

    def test_unemployment_rests_at_its_natural_rate(self):
        np.testing.assert_allclose(raw("rest", "unemployment"), 0.05, atol=1e-4)

    def test_banks_pay_out_what_is_above_their_target(self):
        for name in ("rest", "living"):
            np.testing.assert_allclose(raw(name, "bank_capital_ratio"), 0.08, rtol=1e-3)

    def test_interest_is_a_twelfth_of_the_rate_on_loans(self):
        changes = ("credit.gamma_leverage=0", "credit.spread_size=0")
        interest, loans = (raw("rest", series, changes).sum(axis=1) for series in ("interest", "loans"))
        rates = [0.035 + float(row["loan_spread_pp"]) / 100 for row in table("toyland/ownership.csv")]
        np.testing.assert_allclose(12 * interest[1:] / loans[:-1], np.tile(rates, (11, 1)), rtol=2e-3)

    def test_used_machines_lose_two_fifths_of_their_book_value(self):
        for name in ("living", "exit", "growth", "credit_crunch"):
            sold, lost = total(name, "machines_sold"), total(name, "machines_lost")
            self.assertGreater(sold.sum(), 0, name)
            np.testing.assert_allclose(lost.sum() / (sold.sum() + lost.sum()), 0.4, rtol=1e-4, err_msg=name)

    def test_three_quarters_of_investment_buy_tools_at_their_price(self):
        used = -np.diff(raw("wages", "goods_account")[:, names("wages", "goods_item").index("machines"), 1])
        spent = used * raw("wages", "market_price")[1:, 1] / 10
        np.testing.assert_allclose(spent / total("wages", "investment")[1:], 0.75, rtol=0.005)

    def test_nobody_is_missing_where_people_are_plenty(self):
        self.assertEqual(raw("demand_dip", "vacancies").sum(), 0)

    def test_exports_follow_a_tariff_over_half_a_year(self):
        # (1 + 0.2)^-2.5 of what was bought remains in the end; each day a 180th of the gap closes, from the first of June on. What our own
        # dearer goods cost us is taken out by the elasticities of the sectors.
        price, elasticity = raw("tariff", "market_price"), [float(row["final_demand_price_elasticity"]) for row in table("toyland/sectors.csv")]
        exported = by_sector("tariff", "exports") / by_sector("rest", "exports")[0] / price * price ** -np.array(elasticity)
        for month in (6, 8, 11, 17):
            days = 30 * (month - 5) + 15
            hand = 1 + (1.2**-2.5 - 1) * (1 - (1 - 1 / 180) ** days)
            np.testing.assert_allclose(exported[month], hand, atol=0.002)

    def test_finished_stock_is_held_for_as_many_days_as_is_aimed_at(self):
        def days(*changes):
            return by_sector("rest", "finished_stock", changes)[-1] / (by_sector("rest", "output", changes)[-1] / 30)
        np.testing.assert_allclose(days("production.inventory_months=1.5") - days(), 0.75 * 30, rtol=1e-3)

    def test_a_longer_way_is_bridged_by_stocks(self):
        # Deliveries take 2 to 8 days in place of 2: three more days of use lie in stock or are on their way.
        used, held, coming = (names("rest", "goods_item").index(item) for item in ("used", "input_stock", "under_way"))

        def days(*changes):
            account = raw("rest", "goods_account", changes)
            return (account[-1, held] + account[-1, coming]) / ((account[-1, used] - account[-2, used]) / 30)
        np.testing.assert_allclose(days() - days("production.delivery_spread_days=0"), 3, rtol=1e-3)

    def test_markups_come_back_when_a_shortage_is_over(self):
        short = raw("plant_closure", "markup", ("switches.markup=true", "shock.flood.size=-0.8"))[:, 0]
        change = short - raw("rest", "markup", ("switches.markup=true",))[:, 0]
        self.assertGreater(change[-1], change.min() + 0.002)

    def test_dearer_carriage_keeps_jobs_at_home(self):
        near, far = (total("platform", "platform_matches", (f"platforms.distance_cost={cost}",)).sum() for cost in (0, 0.3))
        self.assertLess(far, 0.9 * near)

    def test_firms_without_cash_or_equity_go_under(self):
        cause = names("credit_crunch", "exit_cause").index("insolvency")
        self.assertGreater(raw("credit_crunch", "exits")[:, :, cause].sum(), 0)

    def test_newcomers_of_half_the_productivity_bring_half_the_capacity(self):
        def added(gap):
            return total("entry", "capacity", (f"entry.productivity_gap={gap}",))[0] - total("rest", "capacity")[0]
        self.assertAlmostEqual(added(0.5) / added(0), 0.5, delta=0.01)

    def test_final_demand_grows_along_its_path(self):
        changes = ("switches.growth=true", "investment.growth=0.06", "population.spin_up_years=2")
        demand = total("rest", "final_demand", changes)
        growth = demand[-1] / demand[0]  # eleven months at 6 % a year, less what rising prices take off
        self.assertTrue(1.04 < growth < 1.06 ** (11 / 12), growth)

    def test_substitutes_qualify_from_the_announcement_on(self):
        part = raw("substitutes", "critical_substitutes")[:, 1]
        self.assertEqual(part[:4].sum(), 0)  # announced on the first of March: the first line of production takes one in June
        self.assertGreater(part[5], 0.02)
        self.assertTrue((np.diff(part[4:11]) > 0).all())
        self.assertGreater(raw("substitutes", "critical_supply")[7:11, 1].min(), 0.6)

    def test_a_misuser_found_out_pays_back_the_surplus(self):
        changes = ("policy.machines.misuse_share=1", "policy.machines.audit_probability=1")
        back = total("budget", "clawed_back", changes)
        gross = total("budget", "disbursed", changes) + back
        np.testing.assert_allclose(back[6:] / gross[6:], 0.5 / 1.5, rtol=1e-4)
        np.testing.assert_array_equal(total("budget", "policy_audits", changes), total("budget", "policy_awards", changes))

    def test_a_ranking_puts_those_first_whom_it_favours(self):
        def part_of_state(*changes):
            paid = raw("budget", "disbursed_by_recipient", changes).sum(axis=(0, 1))
            return paid[names("budget", "recipient").index("state")] / paid.sum()
        flat = [f"policy.machines.allocation.{term}=0" for term in ("merit", "size", "noise", "jobs")]
        ranked = part_of_state(*flat, "policy.machines.allocation.state=1")
        self.assertGreater(ranked, 1.2 * part_of_state('policy.machines.allocation.rule="pro_rata"'))

    def test_upgrades_come_at_their_rate(self):
        changes = tuple(f"upgrading.rate_{level}=0.12" for level in (1, 2, 3)) + ("upgrading.cost_share=0.000001", "upgrading.months=1") + tuple(
            f"upgrading.{weight}_weight=0" for weight in ("size", "neighbour", "skill"))
        hand = total("hard_budget", "agents", changes).sum() * 0.12 / 12
        found = total("hard_budget", "upgrades", changes).sum()
        self.assertLess(abs(found - hand), 4 * np.sqrt(hand), (found, hand))

    def test_firms_close_at_the_hazard_of_their_age(self):
        changes = ("exit.size_exponent=0", "exit.profit_slope=0", "exit.state_factor=1", "exit.hazard_scale=2", "run.end=2017-01-01")
        hazard = [float(row["hazard"]) - float(row["endogenous"]) for row in table("china/hazard_by_age.csv")]
        firms = raw("hard_budget", "firms_by_age", changes)
        by_age = np.array([hazard[min(age, len(hazard) - 1)] for age in range(firms.shape[1])])
        hand = 2 * (firms * by_age).sum() / 12
        closed = (raw("hard_budget", "exits", changes)[:, :, 0] / raw("hard_budget", "real_firms", changes)).sum()
        self.assertLess(abs(closed - hand), 4 * np.sqrt(hand), (closed, hand))


if __name__ == "__main__":
    reference_results.program = os.path.abspath(sys.argv.pop(1))
    with tempfile.TemporaryDirectory() as reference_results.scratch:
        unittest.main()
