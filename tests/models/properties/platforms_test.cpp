// Shared platforms in a whole economy: the books close, nothing depends on threads or on being saved, and without platforms they are not there.
#include "models/platforms/lumpy_orders.hpp"
#include "models/platforms/sharing.hpp"
#include "models/series/event_log.hpp"
#include "tests/models/support.hpp"
#include "tests/sim/kernel/toys/memory_store.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace fabrica;
using bench::Run;
using sim::Backend;

namespace {

PlatformRule platform(PlatformKind kind, sim::Date founded = {2015, 1, 1})
{
    PlatformRule rule;
    rule.kind = platform_kind_names[static_cast<std::size_t>(kind)], rule.id = rule.kind + "_1";
    rule.founded = founded, rule.fee = 0.04, rule.efficiency = 2;
    rule.cost_cny_per_year = 1e6, rule.capital_cny = 1e7, rule.certification_cost_cny = 20000;
    return rule;
}

/// China at a thousandth, one platform of each kind from 2015 on; firms join them fast.
bench::Scenario china(bool with_platforms = true, std::vector<std::string> more = {})
{
    std::vector<std::string> all{"run.scale=0.001", "population.spin_up_years=1", "switches.lumpy_orders=true",
                                 "platforms.join_rate=3"};
    all.insert(all.end(), more.begin(), more.end());
    bench::Scenario scenario = bench::load("china", all);
    if (with_platforms)
        for (int kind = 0; kind < platform_kind_count; ++kind)
            scenario.config.platform.push_back(platform(static_cast<PlatformKind>(kind)));
    return scenario;
}

void require_going(const Run& run) { REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason()); }

const Platform& of_kind(const World& w, PlatformKind kind)
{
    for (const Platform& p : w.platforms.all)
        if (p.kind == kind) return p;
    throw std::runtime_error("no such platform");
}

std::uint64_t hash_after(bench::Threads how)
{
    Run run(china(), how);
    run.years(2);
    require_going(run);
    return run.engine.state_hash();
}

} // namespace

TEST_CASE("with a platform of each kind the books close every day, and each kind is used")
{
    Run run(china());
    std::int64_t jobs[platform_kind_count] = {}, fees[platform_kind_count] = {};
    const auto count = run.world.on_month;
    run.world.on_month = [&](const Barrier& barrier) {
        count(barrier);
        for (const Platform& p : run.world.platforms.all) {
            jobs[static_cast<int>(p.kind)] += p.month.jobs, fees[static_cast<int>(p.kind)] += p.month.fees;
            CHECK(p.trust >= 0);
            CHECK(p.trust <= 1);
            CHECK(p.month.matches <= p.month.requests);
        }
    };
    run.years(4);
    require_going(run);
    for (int kind = 0; kind < platform_kind_count; ++kind) {
        CAPTURE(platform_kind_names[static_cast<std::size_t>(kind)]);
        CHECK(jobs[kind] > 0);
        CHECK(fees[kind] > 0);
    }
    std::int64_t members = 0;
    for (const std::int64_t n : of_kind(run.world, PlatformKind::capacity).members_in) members += n;
    CHECK(members == of_kind(run.world, PlatformKind::capacity).members);
    CHECK(members > 50);
}

TEST_CASE("shares that ask sum to what firms say, whoever came and went")
{
    Run run(china());
    run.years(3);
    require_going(run);
    std::vector<std::int64_t> lumpy(run.world.lumpy_total.size()), share = lumpy;
    run.each_firm([&](const Firm& f) {
        lumpy[f.sector] += lumpy_share(f, run.world);
        share[f.sector] += static_cast<std::int64_t>(f.share * share_scale);
    });
    CHECK(lumpy == run.world.lumpy_total);
    CHECK(share == run.world.share_total);
}

TEST_CASE("with platforms two years are the same bits for any number of threads, block size and back end")
{
    const auto expected = hash_after({1, 1024, Backend::serial});
    CHECK(hash_after({1, 64, Backend::serial}) == expected);
    CHECK(hash_after({2, 64, Backend::tbb}) == expected);
    CHECK(hash_after({4, 1024, Backend::threads}) == expected);
}

TEST_CASE("a run with platforms goes on from a checkpoint in the middle of a month as if it had not been saved")
{
    toys::MemoryStore store;
    Run straight(china());
    straight.days(620);
    straight.engine.save(store);
    Run second(china(), {2, 64, Backend::threads});
    Engine restored(second.model, [] {
        sim::EngineOptions o;
        o.seed = 1, o.threads = 2, o.block_size = 64, o.backend = Backend::threads;
        return o;
    }());
    restored.restore(store);
    CHECK(restored.state_hash() == straight.engine.state_hash());
    straight.days(120), restored.run(120);
    require_going(straight);
    CHECK(restored.state_hash() == straight.engine.state_hash());
    REQUIRE(straight.world.platforms.offers.size() == second.world.platforms.offers.size());
    CHECK(straight.world.platforms.offers.size() > 0);
    CHECK(straight.world.books.account == second.world.books.account);
}

TEST_CASE("before its day, and with the switch off, a platform is not there")
{
    auto later = china(false), off = china(true, {"switches.platforms=false"});
    later.config.platform.push_back(platform(PlatformKind::capacity, {2016, 1, 1}));
    Run plain(china(false)), one(std::move(later)), two(std::move(off));
    plain.years(2), one.days(plain.engine.window() - 1), two.years(2);
    require_going(plain);
    CHECK(two.engine.state_hash() == plain.engine.state_hash());
    CHECK_FALSE(one.world.platforms.any());
    one.days(1); // the eve of 2016
    CHECK(one.world.platforms.any());
    std::uint64_t differing = 0;
    plain.each_firm([&](const Firm& f) { differing += one.engine.find(f.id)->cash != f.cash; });
    CHECK(differing == 0);
}

TEST_CASE("lumpy orders change nothing unless they are on, and nobody's when no firm is small")
{
    Run off(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1", "switches.lumpy_orders=false"}));
    Run none(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1", "switches.lumpy_orders=true",
                                   "platform_demand.largest_employees=0.5"}));
    Run on(china(false));
    off.years(2), none.years(2), on.years(2);
    CHECK(off.engine.state_hash() == none.engine.state_hash());
    CHECK(off.engine.state_hash() != on.engine.state_hash());
}

TEST_CASE("a platform whose fees stay below its cost and whose money is used up closes; its members are free")
{
    auto scenario = china(false);
    scenario.config.platform.push_back(platform(PlatformKind::capacity));
    scenario.config.platform[0].cost_cny_per_year = 1e12, scenario.config.platform[0].capital_cny = 0;
    Run run(std::move(scenario));
    run.years(3);
    require_going(run);
    const Platform& p = of_kind(run.world, PlatformKind::capacity);
    CHECK_FALSE(p.is_open);
    CHECK(p.members == 0);
    CHECK(p.months == 12);
    CHECK(p.balance == 0);
    CHECK(run.world.platforms.offers.empty());
}

TEST_CASE("a grant keeps it open, and the books know where it came from")
{
    auto scenario = china(false);
    scenario.config.platform.push_back(platform(PlatformKind::capacity));
    scenario.config.platform[0].cost_cny_per_year = 1e12, scenario.config.platform[0].capital_cny = 0;
    Run run(std::move(scenario));
    run.days(400);
    World& w = run.world;
    const std::int64_t before = w.books.account[w.accounts.treasury()];
    pay_platform(w, Transaction::platform_fees, w.accounts.treasury(), 0, 1'000'000'000'000);
    CHECK(w.books.account[w.accounts.treasury()] == before - 1'000'000'000'000);
    run.years(2);
    require_going(run);
    CHECK(of_kind(w, PlatformKind::capacity).is_open);
}

TEST_CASE("jobs take real goods and money from one firm to another")
{
    auto scenario = china(false);
    scenario.config.platform.push_back(platform(PlatformKind::capacity));
    Run run(std::move(scenario));
    run.world.event_log = std::make_shared<EventLog>(1, 1);
    std::map<EventKind, Money> money;
    std::map<EventKind, Goods> goods;
    std::int64_t fees = 0;
    run.engine.observe([&](const Barrier&) {
        for (const LoggedEvent& e : run.world.event_log->take())
            money[e.kind].fen += e.money, goods[e.kind].milli += e.goods;
    });
    const auto count = run.world.on_month;
    run.world.on_month = [&](const Barrier& barrier) {
        count(barrier);
        for (const Platform& p : run.world.platforms.all) fees += p.month.fees;
    };
    run.years(3);
    require_going(run);
    CHECK(goods[EventKind::job_shipment].milli > 0);
    CHECK(fees == money[EventKind::platform_fee].fen);
    // What has arrived was shipped; the rest is on its way or went to the wholesaler for a dead client.
    CHECK(goods[EventKind::job_delivery].milli <= goods[EventKind::job_shipment].milli);
    CHECK(goods[EventKind::job_delivery].milli > 0.9 * static_cast<double>(goods[EventKind::job_shipment].milli));
    CHECK(goods[EventKind::job].milli >= goods[EventKind::job_shipment].milli);
}

TEST_CASE("the premium of idle hours is on work, not on the levy on CO2 that a unit bears")
{
    // Ore bears 0.005 yuan a unit at 200 yuan a tonne (0.025 kg of CO2). Work in a unit stays what it is without the levy.
    const auto premium = [](const char* price) {
        Run run(bench::load("toyland", bench::at_rest({"population.spin_up_years=0", price,
                                                       "energy.efficiency_growth=0", "energy.co2_decline=0"})));
        run.days(60);
        std::map<sim::Key, double> by_firm;
        run.each_firm([&](const Firm& f) {
            if (f.sector == 0) by_firm[f.key] = reserve_price(f, run.world) - variable_cost(f, run.world);
        });
        return by_firm;
    };
    const auto without = premium("energy.carbon_price=0"), with = premium("energy.carbon_price=200");
    CHECK(without.size() == 20);
    for (const auto& [key, yuan] : without) {
        CHECK(yuan > 0);
        CHECK(with.at(key) == doctest::Approx(yuan).epsilon(1e-3));
    }
}
