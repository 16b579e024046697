// E13, E14 on whole firms: a state firm is a private firm plus wedges; a hard budget bails nobody out.
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

using namespace fabrica;
using bench::Run;

namespace {

/// A nation whose state firms have no wedge of any kind.
bench::Scenario without_wedges()
{
    auto s = bench::load("china", {"run.scale=0.001", "population.spin_up_years=1", "switches.entry=false"});
    auto& c = s.config;
    c.state_firms.output_weight = c.state_firms.jobs_weight = c.state_firms.capacity_margin =
        c.state_firms.efficiency_gap = 0;
    c.state_firms.hard_budget = true;
    c.credit.state_loan_factor = 1;
    c.labour.state_fire_speed = c.labour.fire_speed;
    c.investment.payback_state_years = c.investment.payback_private_years;
    c.exit.state_factor = 1;
    s.nation.ownerships[static_cast<std::size_t>(Ownership::state)] =
        s.nation.ownerships[static_cast<std::size_t>(Ownership::private_owned)];
    return s;
}

std::map<sim::Key, std::uint64_t> hashes_but_for_ownership(const Run& run)
{
    std::map<sim::Key, std::uint64_t> all;
    run.each_firm([&](const Firm& f) {
        sim::Hasher hasher;
        Firm copy = f;
        visit_fields(copy, [&](const char* name, const auto& value) {
            if (std::strcmp(name, "ownership") != 0) hasher.add(value);
        });
        all[f.key] = hasher.value();
    });
    return all;
}

/// A nation where distress comes soon and a bail-out, if there are any, is certain.
bench::Scenario in_distress(bool hard_budget)
{
    auto s = bench::load("toyland", {"exit.insolvency_quarters=1", "switches.entry=false"});
    s.nation.ownerships[static_cast<std::size_t>(Ownership::state)].bail_out = 1;
    s.config.state_firms.hard_budget = hard_budget;
    s.config.credit.policy_rate = 0.4; // nobody can pay this
    return s;
}

std::int64_t bail_outs(Run& run)
{
    std::int64_t sum = 0;
    for (const auto& m : run.months) sum += m.bail_outs;
    return sum;
}

} // namespace

TEST_CASE("a state firm without wedges does what a private firm with its key does, bit for bit, for two years")
{
    Run state(without_wedges()), relabelled(without_wedges());
    int state_firms = 0;
    relabelled.each_firm([&](const Firm& f) {
        if (f.ownership != Ownership::state) return;
        const_cast<Firm&>(f).ownership = Ownership::private_owned;
        ++state_firms;
    });
    REQUIRE(state_firms > 50);
    state.years(2), relabelled.years(2);
    REQUIRE_MESSAGE(!state.engine.stopped(), state.engine.stop_reason());
    CHECK(hashes_but_for_ownership(state) == hashes_but_for_ownership(relabelled));
}

TEST_CASE("a state firm that weighs jobs and output sells for less than a private one of its cost, and a sector's "
          "price is what it was")
{
    auto s = bench::load("china", {"run.scale=0.001", "population.spin_up_years=0"});
    s.config.state_firms.jobs_weight = 0.3, s.config.state_firms.output_weight = 0.02;
    const Run run(s);
    std::vector<double> paid(run.world.sector.size());
    run.each_firm([&](const Firm& f) {
        const double price = static_cast<double>(f.price), cost = static_cast<double>(f.unit_cost);
        paid[f.sector] += price * f.share; // shares sum to one
        // Both take the markup of the sector's normal price N on what they have to cover: p = P (N / P x cover / cost)^(1 - w), P = 1.
        const bool is_commodity = run.world.is_commodity[f.sector] != 0;
        const double w = 0.4 + (is_commodity ? run.world.config.prices.commodity_weight : 0);
        const double wages = static_cast<double>(f.unit_conversion) - run.world.sector[f.sector].bundle_price;
        const double cover = f.ownership == Ownership::state ? (cost - 0.3 * wages) / 1.02 : cost;
        const double normal = (1 + static_cast<double>(f.markup)) * cost;
        CHECK(price == doctest::Approx(std::pow(normal * cover / cost, 1 - w)).epsilon(1e-6));
        if (f.ownership == Ownership::state) CHECK(price < normal);
        if (f.ownership != Ownership::state) CHECK(price >= 1);
    });
    for (const double price : paid) CHECK(price == doctest::Approx(1).epsilon(1e-6));
}

TEST_CASE("each wedge of state firms moves the economy away from that")
{
    const auto output = [](const bench::Scenario& s) {
        Run run(s);
        run.years(2);
        return bench::sum(run.months.back().output);
    };
    const double none = output(without_wedges());
    auto slack = without_wedges();
    slack.config.labour.state_fire_speed = 0.01;
    CHECK(output(slack) != none);
    auto patient = without_wedges();
    patient.config.state_firms.capacity_margin = 0.2;
    CHECK(output(patient) != none);
}

TEST_CASE("who is bailed out is in ownership.csv")
{
    const auto bailed_out = [](double private_base) {
        auto s = in_distress(false);
        for (auto& o : s.nation.ownerships) o.bail_out = 0;
        s.nation.ownerships[static_cast<std::size_t>(Ownership::private_owned)].bail_out = private_base;
        Run run(s);
        run.days(400);
        return bail_outs(run);
    };
    CHECK(bailed_out(0) == 0);
    CHECK(bailed_out(1) > 0);
}

TEST_CASE("a hard budget bails nobody out, where a soft one does")
{
    Run soft(in_distress(false)), hard(in_distress(true));
    soft.days(400), hard.days(400);
    CHECK(bail_outs(soft) > 0);
    CHECK(bail_outs(hard) == 0);
    const auto least_room = [](const Run& run) {
        double least = 1;
        for (const auto& r : run.world.region) least = std::min(least, r.room);
        return least;
    };
    CHECK(least_room(soft) < 1); // what a province has spent it cannot spend again this year
    CHECK(least_room(hard) == 1);
}
