// The input-output solve, on Toyland's table (scenarios/data/toyland/README.md) and on tables that cannot be.
#include "models/technology.hpp"
#include "tests/models/rules/near.hpp"

#include <string>

using namespace fabrica;

namespace {

using Table = std::vector<std::vector<double>>;

// ore, tools, cloth: rows supply, columns buy
const Table toyland{{0.10, 0.30, 0}, {0.20, 0, 0.10}, {0, 0, 0.25}};

std::vector<double> solve(const Table& a, const std::vector<double>& capital, const std::vector<double>& investment,
                          const std::vector<double>& demand, sim::Errors& errors)
{
    return leontief_output(a, capital, investment, demand, errors, {});
}

} // namespace

TEST_CASE("Toyland makes 1000 of ore, 800 of tools and 400 of cloth")
{
    // cloth = 0.25 cloth + 300 = 400; tools = 0.2 ore + 40 + 560; ore = 0.1 ore + 0.3 tools + 660
    sim::Errors errors;
    const auto x = solve(toyland, {0, 0, 0}, {0, 0, 0}, {660, 560, 300}, errors);
    REQUIRE(errors.empty());
    CHECK(x[0] == near(1000));
    CHECK(x[1] == near(800));
    CHECK(x[2] == near(400));
}

TEST_CASE("investment that follows output gives the same when it is what final demand held before")
{
    // Depreciation 0.02, 0.03, 0.02 of output is invested: 20 + 24 + 8 = 52, three quarters of it tools = 39 less in final demand.
    sim::Errors errors;
    const auto x = solve(toyland, {0, 0.75, 0}, {0.02, 0.03, 0.02}, {660, 521, 300}, errors);
    REQUIRE(errors.empty());
    CHECK(x[0] == near(1000));
    CHECK(x[1] == near(800));
    CHECK(x[2] == near(400));
}

TEST_CASE("a table that needs more than it makes is refused by name (Hawkins-Simon)")
{
    sim::Errors errors;
    // two sectors that need 0.6 and 2 of each other: the spectral radius is sqrt(1.2)
    const std::vector<double> demand{1, 1};
    CHECK(solve({{0, 0.6}, {2, 0}}, {0, 0}, {0, 0}, demand, errors) == demand);
    REQUIRE(errors.count() == 1);
    CHECK(errors.report().find("Hawkins-Simon") != std::string::npos);
    CHECK(errors.report().find("1.0954") != std::string::npos);
}

TEST_CASE("investment can make a productive table unproductive")
{
    sim::Errors errors;
    // 0.5 of itself is fine; with 0.6 of a yuan of its own machines a year for each yuan of output it is not
    solve({{0.5}}, {1}, {0.4}, {1}, errors);
    CHECK(errors.empty());
    solve({{0.5}}, {1}, {0.6}, {1}, errors);
    CHECK(errors.count() == 1);
}

TEST_CASE("output multipliers are column sums of the inverse")
{
    // Only cloth buys cloth: (1 - 0.25)^-1 = 4/3, and its 0.1 of tools feeds back through ore:
    // tools per cloth t = 0.2 o + 0.1 * 4/3, ore o = (0.3 t) / 0.9, so t = 0.1333 / (1 - 0.0667) = 1/7, o = 1/21: 4/3 + 1/7 + 1/21 = 32/21
    CHECK(output_multipliers(toyland, 3)[2] == near(32.0 / 21));
}
