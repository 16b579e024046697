// E13, E14: a state firm is a private firm plus wedges.
#include "models/config.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/state_firm.hpp"
#include "sim/base/random.hpp"
#include "tests/models/rules/near.hpp"

#include <bit>

using namespace fabrica;

TEST_CASE("E13: a state owner counts a part of wages and of revenue as gain")
{
    // 1000 - 950 = 50; with 0.3 of a wage bill of 200 and 0.02 of the revenue: 50 + 60 + 20 = 130
    CHECK(perceived_profit(1000, 950, 200, {}) == 50);
    CHECK(perceived_profit(1000, 950, 200, {.jobs = 0.3, .output = 0.02}) == near(130));
}

TEST_CASE("E13: with both weights 0 perceived profit is profit, bit for bit")
{
    for (unsigned i = 0; i < 1000; ++i) {
        const sim::Draw draw(1, i, 1, 0);
        const double revenue = 1e9 * draw.uniform(0), cost = 1e9 * draw.uniform(1), wages = 1e9 * draw.uniform(2);
        CHECK(std::bit_cast<std::uint64_t>(perceived_profit(revenue, cost, wages, {})) ==
              std::bit_cast<std::uint64_t>(revenue - cost));
    }
}

TEST_CASE("E13: only state firms have weights")
{
    Config config{};
    config.state_firms.jobs_weight = 0.3, config.state_firms.output_weight = 0.02;
    Firm firm;
    for (const auto owner : {Ownership::private_owned, Ownership::foreign, Ownership::joint_venture}) {
        firm.ownership = owner;
        CHECK(objective_of(firm, config).jobs == 0);
        CHECK(objective_of(firm, config).output == 0);
    }
    firm.ownership = Ownership::state;
    CHECK(objective_of(firm, config).jobs == 0.3);
    CHECK(objective_of(firm, config).output == 0.02);
}

TEST_CASE("E14: the probability of a bail-out is a logistic function of owner, size and fiscal room")
{
    CHECK(bail_out_probability(0, 3, 0.4, 1, false, 1, 0) == 0.5); // all terms 0
    // -4 + 3 + 1 * 1 = 0 for a state firm of one person
    CHECK(bail_out_probability(-4, 3, 0.4, 1, true, 1, 1) == near(0.5));
    // base ln 3 alone: 3 / 4
    CHECK(bail_out_probability(1.0986122886681098, 3, 0.4, 1, false, 1, 0) == near(0.75));
}

TEST_CASE("E14: state firms, large firms and rich provinces are likelier to get one")
{
    const auto p = [](bool is_state, double employees, double room) {
        return bail_out_probability(-4, 3, 0.4, 1, is_state, employees, room);
    };
    CHECK(p(true, 100, 0.5) > p(false, 100, 0.5));
    CHECK(p(true, 1000, 0.5) > p(true, 100, 0.5));
    CHECK(p(true, 100, 1) > p(true, 100, 0));
    CHECK(p(true, 1e6, 1) < 1);
    CHECK(p(false, 1, 0) > 0);
}
