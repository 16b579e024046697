// Every instrument of the catalogue keeps the same promises: documented keys, nothing at intensity 0, budgets kept, more rate and more
// eligible firms mean more money, and incidence that sums to what is disbursed.
#include "models/policy/instrument.hpp"
#include "models/policy/state.hpp"
#include "sim/scenario/key_table.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace fabrica;
using bench::load;
using bench::Run;

namespace {

/// Own keys of a programme of each kind that does something in toyland.
const std::map<std::string, std::vector<std::string>>& examples()
{
    static const std::map<std::string, std::vector<std::string>> all{
        {"allocation_rule", {"limited_share=1"}},
        {"announcement", {"expected_growth=0.05", "believers_share=1"}},
        {"bank_clean_up", {"capital_target=0.3", "speed=0.2"}},
        {"capacity_closure", {"rate=0.05"}},
        {"charging_network", {"amount_cny_per_year=1e6", "half_stock_cny=1e6"}},
        {"industrial_park", {"inside_share=0.5"}},
        {"innovation_centre", {"centres=10", "cost_cny_per_year=1e4"}},
        {"mandated_research", {"share_of_revenue=0.05"}},
        {"public_research", {"amount_cny_per_year=1e6", "half_stock_cny=1e6"}},
        {"rd_grant", {"rate=0.3"}},
        {"rd_tax", {"extra_deduction=0.75", "notch_reduction=0.1"}},
        {"technical_standards", {"time_saved_share=0.5"}},
        {"technology_for_market", {"contact_change=1"}},
        {"upgrade_subsidy", {"rate=0.5"}},
        {"carbon_cap", {"cap_tonnes_per_year=20000"}},
        {"carbon_price", {"price_cny_per_tonne=100"}},
        {"energy_rationing", {"without_power_share=0.1"}},
        {"energy_standard", {"saving_share=0.1"}},
        {"export_restriction", {"kept_back_share=0.2"}},
        {"foreign_control", {"cut_share=0.05"}},
        {"local_content", {"least_home_share=0.99"}},
        {"platform_grant", {"platforms=2", "platform_kind=\"capacity\"", "grant_cny=1000"}},
        {"retaliation", {"answers=[\"other\"]", "their_rate=0.2"}},
        {"talent_programme", {"trained_share=0.01", "cost_cny_per_person=100"}},
        {"tariff", {"rate=0.2"}},
        {"city_tournament", {"reward_cny=1e5", "target_growth=-0.9", "effort=0.1", "central_share=0"}},
        {"credit_guarantee", {"covered_share=0.8"}},
        {"credit_mandate", {"credits_share=0.5", "payers=[\"ore\"]"}},
        {"credit_quota", {"loan_to_value_change=0.2", "rate_change=-0.02"}},
        {"entry_licence", {"refused_share=1"}},
        {"entry_subsidy", {"rate=0.5"}},
        {"equity_fund", {"stake=0.1"}},
        {"infrastructure", {"amount_cny_per_year=1e6", "half_stock_cny=1e6"}},
        {"interest_subsidy", {"rate=0.02"}},
        {"investment_subsidy", {"rate=0.2"}},
        {"land_subsidy", {"discount=0.5"}},
        {"mission_project", {"size=0.02"}},
        {"output_limit", {"idle_share=0.1"}},
        {"ownership_cap", {"kept_out_share=1"}},
        {"procurement", {"amount_cny_per_year=1e6"}},
        {"production_subsidy", {"rate=0.02"}},
        {"profit_tax", {"rate_change=-0.1"}},
        {"purchase_subsidy", {"amount_cny=10", "unit_price_cny=100"}},
        {"soe_reform", {"dial=1", "hard_budget=1", "privatised_share=0.5"}},
        {"value_added_tax", {"rate_change=-0.03"}},
    };
    return all;
}

/// Toyland with a programme of a kind, two years from its first day.
Run two_years(const std::string& kind, std::vector<std::string> more = {})
{
    std::vector<std::string> lines{"population.spin_up_years=0", "run.end=2017-01-01", "switches.technology=true",
                                   "policy.it.kind=\"" + kind + "\"", "policy.it.from=2015-02-01"};
    if (kind == "retaliation")
        for (const char* line : {"policy.other.kind=\"tariff\"", "policy.other.from=2015-01-01", "policy.other.rate=0"})
            lines.push_back(line);
    for (const auto& line : examples().at(kind)) lines.push_back("policy.it." + line);
    for (auto& line : more) lines.push_back("policy.it." + line);
    return Run(load("toyland", lines));
}

struct Totals {
    std::int64_t asked = 0, granted = 0, disbursed = 0, levied = 0, by_recipient = 0, fired = 0, k = 1;
    std::vector<std::vector<double>> output;
};

Totals totals_of(const std::string& kind, std::vector<std::string> more = {})
{
    Run run = two_years(kind, std::move(more));
    Totals t;
    const auto keep_months = run.world.on_month;
    run.world.on_month = [&](const Barrier& barrier) {
        keep_months(barrier);
        const auto& policy = run.world.policy;
        const auto& month = policy.programme.front().month;
        const auto count = [&](PolicyPlan::Count c) { return month[policy.plan.count(c)]; };
        t.asked += count(PolicyPlan::asked), t.granted += count(PolicyPlan::granted);
        t.disbursed += count(PolicyPlan::disbursed), t.levied += count(PolicyPlan::levied);
        for (int r = 0; r < recipient_count; ++r)
            t.by_recipient += month[policy.plan.by_recipient(static_cast<Recipient>(r))];
    };
    run.years(2);
    CHECK_MESSAGE(!run.engine.stopped(), kind, ": ", run.engine.stop_reason());
    t.fired = run.world.policy.programme.front().fired, t.k = run.world.k;
    for (const auto& month : run.months) t.output.push_back(month.output);
    return t;
}

/// Spends by a plan of its own, whoever is eligible for what comes of it.
bool is_for_all(const std::string& kind)
{
    static const std::set<std::string> kinds{"bank_clean_up",     "charging_network", "credit_mandate",
                                             "innovation_centre", "infrastructure",   "platform_grant",
                                             "procurement",       "public_research",  "talent_programme"};
    return kinds.count(kind) > 0;
}

bool pays(const std::string& kind)
{
    for (const auto& k : instrument_catalogue())
        if (k.name == kind) return k.make()->pays();
    return false;
}

} // namespace

TEST_CASE("every instrument has an example, a help text, and keys with units and texts")
{
    for (const auto& kind : instrument_catalogue()) {
        CAPTURE(kind.name);
        CHECK(examples().count(kind.name) == 1);
        CHECK(std::string(kind.help).size() > 10);
        sim::scenario::KeyTable table;
        const auto instrument = kind.make();
        instrument->bind(table);
        CHECK(!table.rows().empty());
        for (const auto& row : table.rows()) {
            CAPTURE(row.key);
            CHECK(row.help.size() > 5);
            using Type = sim::scenario::Row::Type;
            const bool is_amount = row.type == Type::number || row.type == Type::integer || row.type == Type::numbers ||
                                   row.type == Type::series;
            CHECK((!is_amount || !row.unit.empty()));
        }
    }
    CHECK(examples().size() == instrument_catalogue().size());
}

TEST_CASE("every instrument does something, and nothing at intensity 0")
{
    Run without(load("toyland", {"population.spin_up_years=0", "run.end=2017-01-01", "switches.technology=true"}));
    without.years(2);
    for (const auto& [kind, keys] : examples()) {
        CAPTURE(kind);
        const Totals on = totals_of(kind), zero = totals_of(kind, {"intensity=0"});
        CHECK(on.fired > 0);
        CHECK(zero.disbursed == 0);
        CHECK(zero.levied == 0);
        REQUIRE(zero.output.size() == without.months.size());
        for (std::size_t m = 0; m < zero.output.size(); ++m) CHECK(zero.output[m] == without.months[m].output);
    }
}

TEST_CASE("money: a budget of one yuan holds, twice the rate costs more, fewer eligible less, and incidence sums up")
{
    for (const auto& [kind, keys] : examples()) {
        if (!pays(kind)) continue;
        CAPTURE(kind);
        const Totals on = totals_of(kind);
        CHECK(on.disbursed > 0);
        CHECK(on.by_recipient == on.disbursed);
        CHECK(totals_of(kind, {"budget_cny_per_year=1"}).granted * on.k <= 200); // two years, a yuan each
        CHECK(totals_of(kind, {"intensity=2"}).asked > on.asked);
        const Totals one_sector = totals_of(kind, {"sectors=[\"cloth\"]"});
        if (!is_for_all(kind)) CHECK(one_sector.asked < on.asked);
    }
}
