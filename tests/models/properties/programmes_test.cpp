// Programmes (E24-E26): hand-worked rounds, and what must hold for every one of them.
#include "models/policy/state.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace fabrica;
using bench::at_rest;
using bench::load;
using bench::Run;
using bench::Scenario;

namespace {

Scenario with(std::vector<std::string> lines)
{
    std::vector<std::string> all{"run.end=2016-01-01", "population.spin_up_years=0"};
    all.insert(all.end(), lines.begin(), lines.end());
    return load("toyland", all);
}

std::vector<std::string> subsidy(const std::string& more = "rate=0.02")
{
    std::vector<std::string> lines{"policy.help.kind=\"production_subsidy\"", "policy.help.from=2015-04-01"};
    std::size_t at = 0;
    while (at < more.size()) {
        const auto end = std::min(more.find(';', at), more.size());
        lines.push_back("policy.help." + more.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::int64_t sum_of(const Run& run, PolicyPlan::Count count)
{
    return run.world.policy.programme.front().month[run.world.policy.plan.count(count)];
}

} // namespace

TEST_CASE("a programme at intensity 0 leaves every bit as it was without it")
{
    Run without(with({})), zero(with(subsidy("rate=0.02;intensity=0")));
    without.years(1), zero.years(1);
    for (std::size_t i = 0; i < zero.months.size(); ++i) CHECK(zero.months[i].output == without.months[i].output);
    CHECK(zero.engine.counters().events == without.engine.counters().events);
}

TEST_CASE("nothing changes before the first day in force, and something after it")
{
    Run without(with({})), paid(with(subsidy()));
    without.days(89), paid.days(89); // on the last of March the programme of the next day is known
    CHECK(paid.engine.state_hash() == without.engine.state_hash());
    without.days(60), paid.days(60);
    CHECK(paid.engine.state_hash() != without.engine.state_hash());
}

TEST_CASE("what is disbursed is what recipients get, to the fen")
{
    Run run(with(subsidy("rate=0.02;central_share=0.6")));
    std::int64_t disbursed = 0, by_recipient = 0, by_sector = 0, by_region = 0, by_size = 0, received = 0;
    run.world.on_month = [&](const Barrier&) {
        const auto& p = run.world.policy;
        const auto& month = p.programme.front().month;
        disbursed += month[p.plan.count(PolicyPlan::disbursed)];
        for (int r = 0; r < recipient_count; ++r) by_recipient += month[p.plan.by_recipient(static_cast<Recipient>(r))];
        for (int s = 0; s < run.world.S; ++s) by_sector += month[p.plan.by_sector(s)];
        for (int r = 0; r < run.world.R; ++r) by_region += month[p.plan.by_region(r)];
        for (int z = 0; z < size_class_count; ++z) by_size += month[p.plan.by_size(static_cast<SizeClass>(z))];
        received += run.world.monthly.transactions[cell(Transaction::subsidies, Holder::firms)];
    };
    run.years(1);
    CHECK(disbursed > 0);
    CHECK(by_recipient == disbursed);
    CHECK(by_sector == disbursed);
    CHECK(by_region == disbursed);
    CHECK(by_size == disbursed);
    CHECK(received == disbursed);
}

TEST_CASE("provinces pay their part of money whose recipient has no province")
{
    Run run(with({"policy.help.kind=\"purchase_subsidy\"", "policy.help.from=2015-01-01", "policy.help.amount_cny=10",
                  "policy.help.unit_price_cny=100", "policy.help.central_share=0.6"}));
    std::int64_t disbursed = 0, centre = 0, provinces = 0;
    run.world.on_month = [&](const Barrier&) {
        disbursed += sum_of(run, PolicyPlan::disbursed);
        const auto& paid = run.world.monthly.transactions;
        centre -= paid[cell(Transaction::subsidies, Holder::treasury)];
        provinces -= paid[cell(Transaction::subsidies, Holder::provinces)];
    };
    run.years(1);
    CHECK(disbursed > 0);
    CHECK(centre + provinces == disbursed);
    CHECK(static_cast<double>(centre) == doctest::Approx(0.6 * static_cast<double>(disbursed)).epsilon(1e-6));
}

TEST_CASE("the subsidy of a month is its rate times output at posted prices")
{
    // At rest output of a month is the plan's; 2 % of it is asked, and half of that is implemented.
    Run run(load("toyland", at_rest([] {
                     auto lines = subsidy("rate=0.02;pass_through=0;implementation=0.5");
                     lines.emplace_back("population.spin_up_years=0");
                     return lines;
                 }())));
    double value = 0;
    std::int64_t asked = 0, granted = 0;
    run.world.on_month = [&](const Barrier&) {
        value = 0;
        for (int s = 0; s < run.world.S; ++s)
            for (int o = 0; o < ownership_count; ++o)
                value += static_cast<double>(
                    run.world.month[run.world.statistics.cell(Measure::price_weight, s, static_cast<Ownership>(o))]);
        asked = sum_of(run, PolicyPlan::asked), granted = sum_of(run, PolicyPlan::granted);
    };
    run.days(120);
    CHECK(static_cast<double>(asked) == doctest::Approx(0.02 * value).epsilon(1e-6));
    CHECK(static_cast<double>(granted) == doctest::Approx(0.5 * static_cast<double>(asked)).epsilon(1e-6));
}

TEST_CASE("a budget of one yuan is not exceeded")
{
    Run run(with(subsidy("rate=0.02;budget_cny_per_year=1")));
    std::int64_t granted = 0;
    run.world.on_month = [&](const Barrier&) { granted += sum_of(run, PolicyPlan::granted); };
    run.years(1);
    CHECK(granted * run.world.k <= 100);
}

TEST_CASE("a ranked round pays the highest scores in full and the marginal one the rest")
{
    // Scores by size: with a budget of a third of what is asked, the largest asked sums are served.
    auto lines = subsidy("rate=0.02;budget_cny_per_year=1e7;allocation.rule=\"ranked\";allocation.size=1");
    Run run(with(lines));
    std::int64_t awards = 0, applicants = 0;
    run.world.on_month = [&](const Barrier&) {
        awards += sum_of(run, PolicyPlan::awards), applicants += sum_of(run, PolicyPlan::applicants);
    };
    run.years(1);
    CHECK(awards > 0);
    CHECK(awards < applicants);
}

TEST_CASE("a subsidy to machines raises investment, one to founders entry, one to buyers sales")
{
    const auto total = [](std::vector<std::string> lines, auto&& measure) {
        Run run(with(std::move(lines)));
        double sum = 0;
        run.world.on_month = [&](const Barrier&) { sum += measure(run.world); };
        run.years(1);
        return sum;
    };
    const auto investment = [](const World& w) {
        double sum = 0;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o)
                sum +=
                    static_cast<double>(w.month[w.statistics.cell(Measure::investment, s, static_cast<Ownership>(o))]);
        return sum;
    };
    const auto entries = [](const World& w) {
        double sum = 0;
        for (const auto x : w.monthly.entries) sum += static_cast<double>(x);
        return sum;
    };
    const std::vector<std::string> machines{"policy.m.kind=\"investment_subsidy\"", "policy.m.from=2015-01-01",
                                            "policy.m.rate=0.5"};
    const std::vector<std::string> founders{"policy.e.kind=\"entry_subsidy\"", "policy.e.from=2015-01-01",
                                            "policy.e.rate=0.8"};
    CHECK(total(machines, investment) > total({}, investment));
    CHECK(total(founders, entries) > total({}, entries));
}

TEST_CASE("audits take back what misusers got too much")
{
    // Everyone asks for half too much and everyone is audited: a third of each award comes back, so that what is right is left.
    const std::string right = "rate=0.02;pass_through=0",
                      wrong = right + ";misuse_share=1;misuse_size=0.5;audit_probability=1";
    const auto left = [](const std::string& how) {
        auto lines = subsidy(how);
        lines.emplace_back("population.spin_up_years=0");
        Run run(load("toyland", at_rest(lines)));
        run.days(120);
        return sum_of(run, PolicyPlan::disbursed);
    };
    CHECK(static_cast<double>(left(wrong)) == doctest::Approx(static_cast<double>(left(right))).epsilon(1e-5));
}

TEST_CASE("reviews fall on years that the interval divides and on the year of the target")
{
    Target target;
    target.year = 2049, target.review_years = 5;
    std::vector<std::int64_t> reviewed;
    for (std::int64_t year = 2016; year <= 2060; ++year)
        if (target.is_reviewed(year)) reviewed.push_back(year);
    CHECK(reviewed == std::vector<std::int64_t>{2020, 2025, 2030, 2035, 2040, 2045, 2049});
}

TEST_CASE("the budget answers the gap to the target of its phase at reviews")
{
    // A subsidy too small to move prices, with targets far above the output that firms make: gaps are 1 - made / wanted. The response is 1,
    // so the first review multiplies the budget by exp(gap of 2015) and the second by exp(gap of 2017) of the second phase's target.
    Run run(
        load("toyland",
             {"run.end=2018-01-01", "population.spin_up_years=0", "policy.help.kind=\"production_subsidy\"",
              "policy.help.from=2015-01-01", "policy.help.rate=1e-9", "policy.help.budget_cny_per_year=1",
              "policy.help.target.series=\"output\"",
              "policy.help.target.value=[{from=2015-01-01,value=1e15},{from=2017-01-01,value=-1e15}]",
              "policy.help.target.year=2017", "policy.help.target.review_years=5", "policy.help.target.response=1"}));
    const auto& state = run.world.policy.programme.front();
    run.years(1);
    const double first = state.target_gap;
    CHECK(first > 0.9);
    CHECK(first < 1);
    CHECK(state.budget_factor == doctest::Approx(std::exp(first)).epsilon(1e-12)); // 2015 = 5 x 403
    run.years(1);
    CHECK(state.target_gap != first);                                              // stated each year,
    CHECK(state.budget_factor == doctest::Approx(std::exp(first)).epsilon(1e-12)); // answered at reviews only
    run.years(1);
    CHECK(state.target_gap > 1); // of the target of the second phase
    CHECK(state.budget_factor ==
          doctest::Approx(std::min(4.0, std::exp(first) * std::exp(state.target_gap))).epsilon(1e-12));
}
