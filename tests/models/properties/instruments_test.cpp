// Every instrument of the catalogue keeps the same promises: documented keys, nothing at intensity 0, budgets kept, more rate and more
// eligible firms mean more money, and incidence that sums to what is disbursed.
#include "models/policy/instrument.hpp"
#include "models/policy/state.hpp"
#include "sim/scenario/key_table.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
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

/// What a kind needs around it to do something.
std::vector<std::string> surroundings(const std::string& kind)
{
    if (kind == "retaliation") // something to answer
        return {"policy.other.kind=\"tariff\"", "policy.other.from=2015-01-01", "policy.other.rate=0"};
    if (kind == "allocation_rule") // awards of which some are refused
        return {"policy.other.kind=\"production_subsidy\"",
                "policy.other.from=2015-01-01",
                "policy.other.rate=0.02",
                "policy.other.budget_cny_per_year=1e7",
                "policy.other.allocation.rule=\"ranked\"",
                "policy.other.allocation.size=1"};
    if (kind == "technical_standards") // tests that begin and end within the two years
        return {"research.half_size=1", "quality.qualification_rate=10", "quality.qualification_least_years=1",
                "quality.qualification_most_years=1.5"};
    return {};
}

/// Toyland for two years from its first day.
Run two_years(const std::vector<std::string>& more)
{
    std::vector<std::string> lines{"population.spin_up_years=0", "run.end=2017-01-01", "switches.technology=true"};
    lines.insert(lines.end(), more.begin(), more.end());
    return Run(load("toyland", lines));
}

/// With a programme of a kind.
Run two_years(const std::string& kind, const std::vector<std::string>& more)
{
    std::vector<std::string> lines{"policy.it.kind=\"" + kind + "\"", "policy.it.from=2015-02-01"};
    for (const auto& line : examples().at(kind)) lines.push_back("policy.it." + line);
    for (const auto& line : more) lines.push_back("policy.it." + line);
    for (const auto& line : surroundings(kind)) lines.push_back(line);
    return two_years(lines);
}

/// What two years with a programme of a kind have left: its own accounts, and everything else that a run shows.
struct Totals {
    std::int64_t asked = 0, granted = 0, disbursed = 0, levied = 0, fired = 0, k = 1;
    std::vector<std::int64_t> granted_in_year{0, 0};
    // All of the model but the programme's own series: statistics, payments and accounts of each month, and all fields of every firm and the number of messages at the end.
    std::vector<std::vector<std::int64_t>> months;
    std::uint64_t firms = 0, events = 0;
};

std::uint64_t hash_of_firms(const Run& run)
{
    sim::Hasher hasher;
    run.each_firm([&](const Firm& f) {
        Firm copy = f;
        visit_fields(copy, [&](const char*, const auto& value) { hasher.add(value); });
    });
    return hasher.value();
}

/// Sum of a block of cells of a programme's month.
template <class Cell>
std::int64_t sum_of(const std::vector<std::int64_t>& month, int count, Cell&& cell)
{
    std::int64_t sum = 0;
    for (int i = 0; i < count; ++i) sum += month[cell(i)];
    return sum;
}

/// Incidence of a month: by recipient it is what was disbursed, to the fen; firms' part of it is that by size class, and has its sector and
/// province each. Payments to other recipients may have neither.
void check_incidence(const PolicyPlan& plan, const std::vector<std::int64_t>& month)
{
    const std::int64_t disbursed = month[plan.count(PolicyPlan::disbursed)];
    const auto recipient = [&](int r) { return plan.by_recipient(static_cast<Recipient>(r)); };
    CHECK(sum_of(month, recipient_count, recipient) == disbursed);
    const std::int64_t firms = sum_of(month, ownership_count, recipient); // the first four are the ownerships
    CHECK(sum_of(month, size_class_count, [&](int z) { return plan.by_size(static_cast<SizeClass>(z)); }) == firms);
    const std::int64_t sectors = sum_of(month, plan.sectors, [&](int x) { return plan.by_sector(x); }),
                       regions = sum_of(month, plan.regions, [&](int x) { return plan.by_region(x); });
    CHECK(sectors >= firms);
    CHECK(sectors <= disbursed);
    CHECK(regions >= firms);
    CHECK(regions <= disbursed);
}

/// Money of governments for programmes is what was disbursed, less what went to provinces, which are governments; levies are what the treasury got.
void check_payers(const World& w)
{
    const auto got = [&](Transaction t, Holder h) { return w.monthly.transactions[cell(t, h)]; };
    const auto& plan = w.policy.plan;
    std::int64_t due = 0, levied = 0;
    for (const auto& programme : w.policy.programme) {
        const auto& month = programme.month;
        due += month[plan.count(PolicyPlan::disbursed)] - month[plan.by_recipient(Recipient::provinces)];
        levied += month[plan.count(PolicyPlan::levied)];
    }
    CHECK(-got(Transaction::subsidies, Holder::treasury) - got(Transaction::subsidies, Holder::provinces) == due);
    CHECK(got(Transaction::levies, Holder::treasury) == levied);
}

Totals totals_of(Run run)
{
    Totals t;
    run.world.on_month = [&](const Barrier&) {
        const World& w = run.world;
        t.months.push_back(w.month);
        t.months.push_back(w.monthly.transactions);
        t.months.push_back(w.books.account);
        if (w.policy.programme.empty()) return;
        const auto& plan = w.policy.plan;
        const auto& month = w.policy.programme.front().month;
        const auto count = [&](PolicyPlan::Count c) { return month[plan.count(c)]; };
        t.asked += count(PolicyPlan::asked), t.granted += count(PolicyPlan::granted);
        t.disbursed += count(PolicyPlan::disbursed), t.levied += count(PolicyPlan::levied);
        t.granted_in_year[t.months.size() / 3 <= 12 ? 0 : 1] += count(PolicyPlan::granted);
        check_incidence(plan, month);
        if (w.config.policies.front().kind != "procurement") check_payers(w); // pays as a final user
    };
    run.years(2);
    CHECK_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    if (!run.world.policy.programme.empty()) t.fired = run.world.policy.programme.front().fired;
    t.k = run.world.k, t.firms = hash_of_firms(run), t.events = run.engine.counters().events;
    return t;
}

Totals totals_of(const std::string& kind, const std::vector<std::string>& more = {})
{
    return totals_of(two_years(kind, more));
}

/// Keys of a kind's example that make its dated rates nothing, and the other keys by which it does something beside them.
std::vector<std::string> rates_at_zero(const std::string& kind)
{
    static const std::map<std::string, std::vector<std::string>> beside{{"city_tournament", {"effort=0"}},
                                                                        {"rd_tax", {"notch_reduction=0"}}};
    std::vector<std::string> zeros;
    if (beside.count(kind) > 0) zeros = beside.at(kind);
    for (const auto& k : instrument_catalogue()) {
        if (k.name != kind) continue;
        sim::scenario::KeyTable table;
        const auto instrument = k.make();
        instrument->bind(table);
        for (const auto& row : table.rows())
            if (row.type == sim::scenario::Row::Type::series) zeros.push_back(row.key + "=0");
    }
    return zeros;
}

void check_nothing(const Totals& off, const Totals& without)
{
    CHECK(off.disbursed == 0);
    CHECK(off.levied == 0);
    CHECK(off.months == without.months);
    CHECK(off.firms == without.firms);
    CHECK(off.events == without.events);
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

TEST_CASE(
    "every instrument does something; at intensity 0, and at a rate of 0, it leaves every bit but of its own series")
{
    const Totals plain = totals_of(two_years(std::vector<std::string>{}));
    REQUIRE(plain.months.size() == 3 * 24);
    for (const auto& [kind, keys] : examples()) {
        CAPTURE(kind);
        const auto around = surroundings(kind);
        const Totals without = around.empty() ? plain : totals_of(two_years(around));
        const Totals on = totals_of(kind);
        CHECK(on.fired > 0);
        CHECK((on.firms != without.firms || on.months != without.months));
        check_nothing(totals_of(kind, {"intensity=0"}), without);
        if (kind != "carbon_cap") // a cap of nothing forbids all
            check_nothing(totals_of(kind, rates_at_zero(kind)), without);
    }
}

TEST_CASE("money: a budget of one yuan holds, and twice the rate costs more")
{
    for (const auto& [kind, keys] : examples()) {
        if (!pays(kind)) continue;
        CAPTURE(kind);
        const Totals on = totals_of(kind), poor = totals_of(kind, {"budget_cny_per_year=1"}),
                     twice = totals_of(kind, {"intensity=2"});
        CHECK(on.disbursed > 0);
        for (const std::int64_t year : poor.granted_in_year) CHECK(year * on.k <= 100); // fen
        CHECK(poor.disbursed <= poor.granted);
        CHECK(twice.asked > on.asked);
        CHECK(twice.disbursed > on.disbursed);
    }
}

TEST_CASE("money: half as many eligible cost less, unless a plan of its own is what is spent")
{
    for (const auto& [kind, keys] : examples()) {
        if (!pays(kind)) continue;
        CAPTURE(kind);
        const Totals on = totals_of(kind);
        for (const std::string fewer : {"sectors=[\"cloth\"]", "regions=[\"S\"]"}) {
            CAPTURE(fewer);
            const Totals part = totals_of(kind, {fewer});
            const bool has_no_place = kind == "purchase_subsidy" && fewer[0] == 'r'; // buyers are in no province
            if (is_for_all(kind) || has_no_place) {
                CHECK(part.disbursed <= on.disbursed);
                continue;
            }
            CHECK(part.asked < on.asked);
            CHECK(part.disbursed < on.disbursed);
        }
    }
}
