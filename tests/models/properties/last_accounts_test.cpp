// A firm that closes leaves nothing unpaid that it would have paid by living on to the month's end (E15).
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace fabrica;
using bench::Run;

namespace {

std::int64_t paid(const World& w, Transaction what) { return -w.monthly.transactions[cell(what, Holder::firms)]; }

/// Toyland with so many deaths that a tax left out would show.
bench::Scenario short_lives() { return bench::load("toyland", {"exit.hazard_scale=4", "entry.rate=0.4"}); }

/// Events of one firm in one month by kind: the sum of their money, of `left` the cause.
using Events = std::map<EventKind, std::int64_t>;

/// Three years of a run, all firms watched. A firm plans once a month and leaves on the day of its plan.
std::vector<std::map<sim::AgentId, Events>> logged_months(Run& run)
{
    run.world.event_log = std::make_shared<EventLog>(1, 1);
    std::vector<std::map<sim::AgentId, Events>> months;
    run.world.on_month = [&](const Barrier&) {
        months.emplace_back();
        for (const auto& e : run.world.event_log->take())
            months.back()[e.firm][e.kind] += e.kind == EventKind::left ? e.goods : e.money;
    };
    run.years(3);
    return months;
}

} // namespace

TEST_CASE("production tax is its rate on all revenue, that of the last part of a month included")
{
    Run run(short_lives());
    double due = 0, got = 0, payments = 0, deaths = 0;
    run.world.on_month = [&](const Barrier&) {
        got += static_cast<double>(paid(run.world, Transaction::production_tax));
        for (int s = 0; s < run.world.S; ++s) {
            due += run.total(Measure::revenue, s) * run.world.technology[static_cast<std::size_t>(s)].tax;
            payments += run.total(Measure::firms, s);
        }
        for (const auto x : run.world.monthly.exits)
            payments += static_cast<double>(x), deaths += static_cast<double>(x);
    };
    run.years(5);
    REQUIRE(!run.engine.stopped());
    CHECK(deaths > 20);
    CHECK(std::abs(got - due) <= 0.5 * payments); // each payment is rounded to a fen
}

TEST_CASE("a firm that closes has paid both taxes, and what it bought and owed for the month, before it goes")
{
    Run run(short_lives());
    const auto months = logged_months(run);
    int closed = 0;
    std::int64_t tax = 0;
    for (const auto& month : months)
        for (const auto& [firm, events] : month) {
            if (!events.contains(EventKind::left)) continue;
            ++closed;
            for (const auto due : {EventKind::wages, EventKind::interest, EventKind::overhead,
                                   EventKind::bundle_purchase, EventKind::production_tax, EventKind::profit_tax})
                CHECK_MESSAGE(events.contains(due), "firm ", firm, " has no ",
                              event_names[static_cast<std::size_t>(due)]);
            tax += events.at(EventKind::profit_tax);
        }
    CHECK(closed > 20);
    CHECK(tax > 0);
}

TEST_CASE("a group closes plants, not itself: it sells their machines and lives on")
{
    // As below, but every firm has plants of a millionth of its sector: nobody leaves, and each yearly review closes a fifth.
    auto scenario = bench::load("toyland", {"exit.scrap_value=1", "exit.option_rate=1", "guards.unmet_demand_share=1",
                                            "exit.hazard_scale=0", "exit.insolvency_quarters=40", "entry.rate=0",
                                            "exit.largest_closure=1e-6", "population.spin_up_years=0",
                                            "exit.closed_share=0.2", "investment.resale_threshold=1"});
    scenario.config.investment.resale_loss = 0;
    Run run(scenario);
    std::map<sim::AgentId, double> before;
    int reviews = 0;
    std::int64_t sold = 0, exits = 0;
    run.world.event_log = std::make_shared<EventLog>(1, 1);
    run.world.on_month = [&](const Barrier& barrier) {
        std::map<sim::AgentId, bool> has_sold;
        for (const auto& e : run.world.event_log->take())
            if (e.kind == EventKind::machines_sold) has_sold[e.firm] = true, sold += e.money;
        barrier.each_agent([&](const Firm& f) {
            const double now = total_capacity(f.capacity);
            if (has_sold[f.id] && before.contains(f.id)) {
                // Wear of the month beside it: at most a fiftieth.
                CHECK(now / before[f.id] <= 0.8 + 1e-6);
                CHECK(now / before[f.id] >= 0.8 * 0.98);
                ++reviews;
            }
            before[f.id] = now;
        });
        for (const auto x : run.world.monthly.exits) exits += x;
    };
    run.years(3);
    CHECK(exits == 0);
    CHECK(reviews > 5);
    CHECK(sold > 0);
}

TEST_CASE("a firm that has decided to close neither orders nor builds nor pays dividends that day")
{
    // The scrap is worth more than what an impatient owner expects to earn: firms close by option value at their yearly review.
    auto scenario = bench::load("toyland", {"exit.scrap_value=1", "exit.option_rate=1", "guards.unmet_demand_share=1"});
    scenario.config.investment.resale_loss = 0;
    Run run(scenario);
    int closed = 0;
    for (const auto& month : logged_months(run))
        for (const auto& [firm, events] : month) {
            if (!events.contains(EventKind::left) || events.at(EventKind::left) != 2) continue;
            ++closed;
            for (const auto what :
                 {EventKind::order_sent, EventKind::market_purchase, EventKind::capital_goods, EventKind::dividend})
                CHECK_MESSAGE(!events.contains(what), "firm ", firm, ": ", event_names[static_cast<std::size_t>(what)]);
        }
    CHECK(closed > 5);
}
