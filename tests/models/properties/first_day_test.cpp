// The day everything is built on: totals, balances, scale.
#include "models/first_day/make_firm.hpp"
#include "models/first_day/network.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <fmt/format.h>

using namespace fabrica;
using bench::Run;

namespace {

bench::Scenario china(double scale) { return bench::load("china", {fmt::format("run.scale={}", scale)}); }

/// National totals of the built day by sector.
struct BuiltDay {
    std::vector<double> output, capacity, jobs, wages, assets;
    std::vector<std::int64_t> firms;

    explicit BuiltDay(const Run& run)
    {
        const auto n = static_cast<std::size_t>(run.world.S);
        for (auto* v : {&output, &capacity, &jobs, &wages, &assets}) v->assign(n, 0);
        firms.assign(n, 0);
        const auto k = static_cast<double>(run.world.k);
        run.each_firm([&](const Firm& f) {
            const std::size_t s = f.sector;
            ++firms[s];
            output[s] += k * f.daily_rate, jobs[s] += k * static_cast<double>(f.workers);
            wages[s] += k * static_cast<double>(f.wage) * static_cast<double>(f.workers);
            assets[s] += k * static_cast<double>(assets_of(f).fen);
            for (const float c : f.capacity) capacity[s] += k * static_cast<double>(c);
        });
    }
};

void check_close(const std::vector<double>& one, const std::vector<double>& other, double tolerance,
                 const Nation& nation, const char* what)
{
    for (std::size_t s = 0; s < one.size(); ++s) {
        INFO(what, " of ", nation.sectors[s].code);
        CHECK(one[s] == doctest::Approx(other[s]).epsilon(tolerance));
    }
}

} // namespace

TEST_CASE("sector totals of the built day do not depend on the scale")
{
    const Run small(china(0.001)), large(china(0.01));
    const BuiltDay one(small), other(large);
    check_close(one.output, other.output, 0.005, small.world.nation, "output");
    check_close(one.jobs, other.jobs, 0.005, small.world.nation, "jobs");
    check_close(one.wages, other.wages, 0.005, small.world.nation, "wages");
}

TEST_CASE("wages follow the province's index, and a sector's wage bill stays that of the table")
{
    // North has 0.6 of the jobs: the mean index is 0.6 * 1.5 + 0.4 * 1.0 = 1.3
    auto scenario = bench::load("toyland");
    scenario.nation.regions[0].wage_index = 1.5, scenario.nation.regions[1].wage_index = 1.0;
    const Run dear(scenario), alike(bench::load("toyland"));
    CHECK(dear.world.wage_level[0] == doctest::Approx(1.5 / 1.3).epsilon(1e-12));
    CHECK(dear.world.wage_level[1] == doctest::Approx(1.0 / 1.3).epsilon(1e-12));
    const BuiltDay one(dear), other(alike);
    // Whole thousandths of a worker: a firm of ten has 1e-4 of its wages at stake.
    check_close(one.wages, other.wages, 1e-4, dear.world.nation, "wages");
    const auto wage_in = [](const Run& run, int region) {
        const sim::Key key = sim::make_key(1);
        return static_cast<double>(
            make_firm(run.world, {key, 0, region, Ownership::private_owned, 5000, 20, 0, 0}).wage);
    };
    CHECK(wage_in(dear, 0) / wage_in(dear, 1) == doctest::Approx(1.5).epsilon(1e-6)); // entrants too
    CHECK(wage_in(alike, 0) == wage_in(alike, 1));
}

TEST_CASE("china's wage bill is its table's share of output, sector by sector")
{
    const Run run(china(0.001));
    const BuiltDay day(run);
    const auto& w = run.world;
    std::vector<double> table;
    for (std::size_t s = 0; s < w.sector.size(); ++s)
        table.push_back(w.technology[s].labour * day.output[s] * 0.1 * w.days_per_month() * 1000);
    check_close(day.wages, table, 1e-4, w.nation, "wage bill against its table,");
}

TEST_CASE("no sector has fewer firms than the minimum, or than it really has")
{
    for (const double scale : {0.001, 0.01}) {
        const Run run(china(scale));
        const BuiltDay day(run);
        for (std::size_t s = 0; s < day.firms.size(); ++s) {
            const auto n = static_cast<double>(day.firms[s]), real = n * run.world.real_firms[s];
            const auto least = static_cast<double>(run.world.config.population.minimum_firms);
            INFO(run.world.nation.sectors[s].code, " at ", scale);
            CHECK(n >= std::min(std::floor(real), least));
            CHECK(n >= std::floor(scale * real));
            CHECK(n <= std::max(scale * real, least) + 1);
        }
    }
}

TEST_CASE("simulated firms x real firms each stands for = firms of the sector at the start of the spin-up")
{
    const Run run(china(0.001));
    const BuiltDay day(run);
    const auto& c = run.world.config;
    for (std::size_t s = 0; s < day.firms.size(); ++s) {
        const double then =
            run.world.nation.sectors[s].firms * std::exp(-c.population.firm_growth * c.population.spin_up_years);
        CHECK(static_cast<double>(day.firms[s]) * run.world.real_firms[s] == doctest::Approx(then).epsilon(1e-9));
    }
}

TEST_CASE("founders make all of the output that the tables ask of their sector")
{
    // x = A x + K x + y is solved for the first day; what one ownership or a rounded-away firm does not make is missing for ever.
    const Run run(china(0.001));
    const BuiltDay day(run);
    const auto& w = run.world;
    std::vector<double> needed(w.sector.size());
    for (std::size_t s = 0; s < needed.size(); ++s) {
        needed[s] = w.final_asked[s];
        for (std::size_t buyer = 0; buyer < needed.size(); ++buyer) {
            const double made = day.output[buyer] / static_cast<double>(w.k);
            const double growth = w.config.switches.growth ? w.config.investment.growth : 0;
            const double invested = (growth + w.config.production.depreciation) * w.technology[buyer].capital_price;
            needed[s] += (w.nation.domestic[s][buyer] + w.nation.capital_shares[s] * invested) * made;
        }
        needed[s] *= static_cast<double>(w.k);
    }
    check_close(day.output, needed, 1e-6, w.nation, "output against its uses,");
}

TEST_CASE("market share x market + direct orders = planned sales, for every firm")
{
    for (const char* name : {"toyland", "china"}) {
        const Run run(name == std::string("china") ? china(0.001) : bench::load("toyland"));
        const auto& w = run.world;
        std::vector<double> direct(run.engine.population()), rounding(direct.size());
        run.each_firm([&](const Firm& f) {
            for (int j = 0; j < f.slots; ++j) {
                const double need = w.sector[f.sector].alpha[static_cast<std::size_t>(j)] * f.expected_demand();
                double linked = 0;
                for (std::size_t i = 0; i < f.links[j].suppliers; ++i) {
                    const double part = f.links[j].share[i] / 65535.0;
                    linked += part;
                    direct[f.links[j].supplier[i]] += part * need;
                    rounding[f.links[j].supplier[i]] += need / 65535; // shares are kept in 1/65535, cut off
                }
                CHECK(std::abs(linked + static_cast<double>(f.links[j].market_share) - 1) < 5.0 / 65535);
            }
        });
        run.each_firm([&](const Firm& f) {
            const double sales = f.share * w.wholesaler[f.sector].market_demand + direct[f.id];
            CHECK(std::abs(sales - f.expected_demand()) <= rounding[f.id] + 1e-6 * f.expected_demand());
        });
    }
}

TEST_CASE("shares of a market sum to one, and so the board says")
{
    for (const char* name : {"toyland", "china"}) {
        const Run run(name == std::string("china") ? china(0.001) : bench::load("toyland"));
        std::vector<double> total(run.world.sector.size()), attraction(total.size());
        run.each_firm([&](const Firm& f) { total[f.sector] += f.share, attraction[f.sector] += f.attraction; });
        for (std::size_t s = 0; s < total.size(); ++s) {
            CHECK(total[s] == doctest::Approx(1).epsilon(1e-9));
            CHECK(run.world.sector[s].share_sum == doctest::Approx(total[s]).epsilon(1e-12));
            CHECK(run.world.sector[s].attraction_sum == doctest::Approx(attraction[s]).epsilon(1e-9));
        }
    }
}

TEST_CASE("the balance sheets of the first day balance")
{
    const Run run(china(0.001));
    const auto& w = run.world;
    std::int64_t cash = 0, debt = 0, receivables = 0, payables = 0;
    run.each_firm([&](const Firm& f) {
        CHECK(equity_of(f).fen == assets_of(f).fen - liabilities_of(f).fen);
        CHECK(f.equity_at_month == equity_of(f));
        CHECK(f.debt.fen >= 0);
        CHECK(f.fixed_assets.fen > 0);
        cash += f.cash.fen, debt += f.debt.fen, receivables += f.market_receivables.fen,
            payables += f.market_payables.fen;
    });
    CHECK(cash == w.books.firms[0]);
    for (const auto x : w.books.account) cash += x;
    CHECK(cash == 0);
    for (const auto x : w.books.loans) debt -= x;
    CHECK(debt == 0);
    CHECK(receivables == w.books.clearing_payable);
    CHECK(payables == w.books.clearing_receivable);
    CHECK(close_books(w, 0).empty());
}

TEST_CASE("the leverage of the first day is that of the owner type, where debt is needed to reach it")
{
    const Run run(china(0.001));
    run.each_firm([&](const Firm& f) {
        const double target = run.world.nation.ownerships[static_cast<std::size_t>(f.ownership)].leverage;
        const double leverage = static_cast<double>(liabilities_of(f).fen) / static_cast<double>(assets_of(f).fen);
        CHECK(leverage >= doctest::Approx(target).epsilon(1e-4));
        if (f.debt.fen > 0) CHECK(leverage == doctest::Approx(target).epsilon(1e-4));
    });
}

TEST_CASE("founders keep their keys when the scale does not change their number")
{
    // In toyland all firms are simulated at scale 1; the same cell gives the same key and size whatever the seed.
    const Run one(bench::load("toyland", {"run.seed=1"})), other(bench::load("toyland", {"run.seed=2"}));
    REQUIRE(one.engine.population() == other.engine.population());
    one.each_firm([&](const Firm& f) {
        const Firm* same = other.engine.find(f.id);
        CHECK(same->key == f.key);
        CHECK(same->daily_rate == f.daily_rate);
    });
}
