// What happens to one firm reaches others by messages only: those it deals with first.
#include "models/firms/suppliers.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <set>

using namespace fabrica;
using bench::Run;

namespace {

bench::Scenario quiet_china()
{
    // Nobody leaves but by the clock that the test sets.
    return bench::load("china", {"run.scale=0.001", "population.spin_up_years=0", "switches.entry=false",
                                 "exit.hazard_scale=0", "exit.insolvency_quarters=40"});
}

std::set<sim::AgentId> buyers_of(const Run& run, sim::AgentId seller)
{
    std::set<sim::AgentId> buyers;
    run.each_firm([&](const Firm& f) {
        for (int j = 0; j < f.slots; ++j)
            for (std::size_t i = 0; i < f.links[j].suppliers; ++i)
                if (f.links[j].supplier[i] == seller) buyers.insert(f.id);
    });
    return buyers;
}

/// A firm whose plan is on the sixth day and that many buy from.
sim::AgentId find_victim(const Run& run)
{
    sim::AgentId victim = sim::no_agent;
    std::size_t most = 0;
    run.each_firm([&](const Firm& f) {
        if (f.cohort != 5) return;
        const auto buyers = buyers_of(run, f.id).size();
        if (buyers > most) most = buyers, victim = f.id;
    });
    return victim;
}

bool has_same_links(const Firm& a, const Firm& b)
{
    for (std::size_t j = 0; j < max_slots; ++j)
        if (a.links[j].suppliers != b.links[j].suppliers || a.links[j].supplier != b.links[j].supplier ||
            a.links[j].share != b.links[j].share)
            return false;
    return true;
}

/// Who orders from whom, of the orders under way.
std::multiset<std::pair<sim::AgentId, sim::AgentId>> orders_under_way(Run& run)
{
    std::multiset<std::pair<sim::AgentId, sim::AgentId>> all;
    run.engine.each_pending<Order>([&](const sim::Header& h, const Order&) { all.insert({h.source, h.target}); });
    return all;
}

} // namespace

TEST_CASE("ten days after a supplier is gone only its buyers, and those it would have won, have other suppliers")
{
    Run with(quiet_china()), without(quiet_china());
    const sim::AgentId victim = find_victim(without);
    REQUIRE(victim != sim::no_agent);
    const auto buyers = buyers_of(without, victim);
    REQUIRE(buyers.size() >= 5);
    const_cast<Firm*>(without.engine.find(victim))->exit_clock = 1e6F; // closes at its next plan, on day 5
    std::set<sim::AgentId> other_orders;
    for (sim::Window day = 0; day < 16; ++day) {
        with.days(1), without.days(1);
        const auto a = orders_under_way(with), b = orders_under_way(without);
        std::vector<std::pair<sim::AgentId, sim::AgentId>> differ;
        std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(differ));
        for (const auto& [buyer, seller] : differ) other_orders.insert(buyer);
        if (day == 5) REQUIRE(without.engine.find(victim) == nullptr);
        if (day <= 5) CHECK(differ.empty());
    }
    REQUIRE(with.engine.find(victim) != nullptr);
    const auto won = buyers_of(with, victim);
    // A buyer looks when it is the victim's turn to get the month's order.
    std::set<sim::AgentId> would_order;
    without.each_firm([&](const Firm& f) {
        for (int j = 0; j < f.slots; ++j) {
            InputLinks links = f.links[j];
            if (links.suppliers == 0) continue;
            links.reviews = static_cast<std::uint16_t>(links.reviews - 1); // as it was at the plan
            if (links.supplier[static_cast<std::size_t>(rotated_link(links, f.key, j))] == victim)
                would_order.insert(f.id);
        }
    });
    int changed = 0;
    with.each_firm([&](const Firm& f) {
        if (f.id == victim) return;
        const Firm* twin = without.engine.find(f.id);
        REQUIRE(twin != nullptr);
        const bool has_planned_since = f.cohort > 5 && f.cohort < 16;
        INFO("firm ", f.id, ", plans on day ", static_cast<int>(f.cohort));
        if (!has_planned_since)
            CHECK(has_same_links(f, *twin));
        else if (would_order.contains(f.id))
            FAIL_CHECK("ordered from the dead");
        else if (!buyers.contains(f.id))
            CHECK(has_same_links(f, *twin));
        changed += !has_same_links(f, *twin);
    });
    CHECK(changed >= 1);
    for (const auto buyer : other_orders) CHECK((buyers.contains(buyer) || won.contains(buyer)));
}

TEST_CASE("on the days before anything happens two futures are one")
{
    auto scenario = bench::load("china", {"run.scale=0.001", "population.spin_up_years=1"});
    scenario.config.shocks = {{"later", "final_demand", "", {}, {2015, 9, 1}, {2015, 12, 1}, -0.3}};
    auto calm = scenario;
    calm.config.shocks.clear();
    Run one(scenario), other(calm);
    const sim::Window before = one.world.calendar.window({2015, 9, 1});
    one.days(before), other.days(before);
    CHECK(one.engine.state_hash() == other.engine.state_hash());
    one.days(40), other.days(40);
    CHECK(one.engine.state_hash() != other.engine.state_hash());
}
