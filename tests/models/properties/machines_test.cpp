// Machines of the first day: where firms stand between two investments.
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/first_day/machines.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace fabrica;
using namespace fabrica::bench;

namespace {

/// A firm of 100 units of capacity whose yearly review is `month` months after the start.
Firm founder(std::uint64_t key, int month)
{
    Firm f;
    f.key = key;
    f.capacity[0] = 100;
    f.year_month = static_cast<std::uint8_t>(month);
    f.workers = 20 * 1000;
    return f;
}

} // namespace

TEST_CASE("a project decided m months ago has been paid m of its instalments and ends when it is due")
{
    const Run run(load("china", {"run.scale=0.001", "population.capacity_log_sd=0"}));
    const World& w = run.world;
    int building = 0, firms = 0;
    double capacity = 0, finished = 0;
    for (int month = 0; month < 12; ++month)
        for (std::uint64_t key = 1; key <= 400; ++key) {
            Firm f = founder(key * 7919, month);
            give_machines(f, w);
            ++firms, capacity += static_cast<double>(f.capacity[0]);
            if (f.months_left == 0) {
                CHECK(f.under_construction.fen == 0);
                continue;
            }
            ++building;
            const int since = 12 - month;
            CHECK(f.project > 0);
            CHECK(f.months_left + since <= std::lround(w.config.investment.gestation_small_months * 1.3));
            CHECK(std::abs(static_cast<double>(f.under_construction.fen) - since * static_cast<double>(f.instalment)) <=
                  0.5);
            const double whole = static_cast<double>(f.project) * price_of_capacity(w, f.sector);
            CHECK(since * static_cast<double>(f.instalment) + f.months_left * static_cast<double>(f.instalment) ==
                  doctest::Approx(whole).epsilon(1e-5));
            finished += static_cast<double>(f.capacity[0] + f.project);
        }
    CHECK(building > firms / 50);
    CHECK(building < firms / 4);
    // Over the cycle capacity is what the firm was given, over what it aims at.
    CHECK(capacity / firms == doctest::Approx(100 / w.config.investment.utilisation_correction).epsilon(0.01));
    // Who finishes now is at the top of its cycle.
    CHECK(finished / building > capacity / firms);
}

TEST_CASE("capacities spread around the aim by the given s.d.")
{
    const Run wide(load("china", {"run.scale=0.001", "population.capacity_log_sd=0.3"}));
    const Run narrow(load("china", {"run.scale=0.001", "population.capacity_log_sd=0"}));
    double sum = 0, squares = 0;
    const int firms = 4000;
    for (std::uint64_t key = 1; key <= firms; ++key) {
        Firm a = founder(key * 104729, 0), b = a;
        give_machines(a, wide.world), give_machines(b, narrow.world);
        const double x = std::log(static_cast<double>(a.capacity[0] / b.capacity[0]));
        sum += x, squares += x * x;
    }
    const double mean = sum / firms;
    CHECK(mean == doctest::Approx(0.3 * 0.3 / 2).epsilon(0.3)); // E exp(x) = exp(sd^2): those who shrank keep machines
    CHECK(std::sqrt(squares / firms - mean * mean) == doctest::Approx(0.3).epsilon(0.05));
}
