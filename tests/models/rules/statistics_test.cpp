// What is counted: size classes, tails, and how founders' sizes are laid out.
#include "models/first_day/population.hpp"
#include "models/series/distribution.hpp"
#include "models/series/size_class.hpp"
#include "sim/base/math.hpp"
#include "tests/models/rules/near.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace fabrica;

TEST_CASE("a firm is of the highest class whose two thresholds it meets")
{
    Nation nation;
    nation.employees_min = {0, 20, 300, 1000}, nation.revenue_min = {0, 3e6, 20e6, 400e6};
    CHECK(size_class(nation, 1000, 400e6) == SizeClass::large);
    CHECK(size_class(nation, 999, 400e6) == SizeClass::medium);
    CHECK(size_class(nation, 5000, 399e6) == SizeClass::medium);
    CHECK(size_class(nation, 300, 19.9e6) == SizeClass::small);
    CHECK(size_class(nation, 20, 3e6) == SizeClass::small);
    CHECK(size_class(nation, 19, 1e9) == SizeClass::micro);
    CHECK(size_class(nation, 1e5, 2.9e6) == SizeClass::micro);
}

TEST_CASE("Hill's estimator finds the exponent of an exact Pareto tail")
{
    // x_i = (n / i)^(1/a): over the k largest, mean ln(x_i / x_(k+1)) = (ln(k + 1) - ln(k!) / k) / a.
    // n = 100, k = 10: ln 11 - ln(3628800) / 10 = 2.3978953 - 1.5104413 = 0.8874540, so the estimate is a / 0.8874540.
    const double a = 1.25;
    const auto pareto = [&](int n, double weight) {
        std::vector<Weighted> x;
        for (int i = n; i >= 1; --i) x.push_back({std::pow(static_cast<double>(n) / i, 1 / a), weight});
        return x;
    };
    CHECK(hill_exponent(pareto(100, 1)) == doctest::Approx(a / 0.8874540).epsilon(1e-7));
    CHECK(hill_exponent(pareto(100, 3.6)) == doctest::Approx(a / 0.8874540).epsilon(1e-7)); // each stands for 3.6 firms
    CHECK(hill_exponent(pareto(100000, 1)) == doctest::Approx(a).epsilon(1e-3)); // k = 10 000: a (1 + ln(2 pi k) / 2 k)
    CHECK(hill_exponent(pareto(1000, 1), 0.01) ==
          doctest::Approx(hill_exponent(pareto(100, 1)))); // ten largest of either
    CHECK(std::isnan(hill_exponent(std::vector<Weighted>(19, {1.0, 1.0}))));
}

TEST_CASE("a firm that stands for two counts in the tail like two firms")
{
    std::vector<Weighted> one, two;
    for (int i = 1; i <= 60; ++i) {
        const double x = std::pow(60.0 / i, 0.8);
        const int copies = i % 3 == 0 ? 2 : 1; // 80 firms
        one.push_back({x, static_cast<double>(copies)});
        for (int c = 0; c < copies; ++c) two.push_back({x, 1});
    }
    CHECK(hill_exponent(one) == near(hill_exponent(two)));
}

TEST_CASE("sizes of founders are stratum means: they sum to their number and grow")
{
    for (const std::size_t n : {1u, 2u, 40u, 997u})
        for (const double sd : {0.5, 1.5, 2.2}) {
            const auto sizes = stratum_means(n, sd);
            REQUIRE(sizes.size() == n);
            CHECK(std::accumulate(sizes.begin(), sizes.end(), 0.0) == near(static_cast<double>(n)));
            CHECK(std::is_sorted(sizes.begin(), sizes.end()));
            CHECK(sizes.front() > 0);
        }
    // Two strata of sd 1: the upper half holds 1 - Phi(0 - 1) = Phi(1) = 0.8413447, so 1.6826895 of 2.
    CHECK(stratum_means(2, 1)[1] == doctest::Approx(1.6826895).epsilon(1e-6));
    CHECK(stratum_means(1, 2)[0] == near(1));
}

TEST_CASE("what a cap cuts from the largest goes to the others in proportion, and the sum stays")
{
    // 1, 2, 7 to a total of 100 with no more than half: 7 -> 50; 1 and 2 share the other 50 as 1 : 2. Largest first capped,
    // and 33.3 stays below the cap.
    std::vector<double> sizes{1, 2, 7};
    cap_and_scale(sizes, 100, 0.5);
    CHECK(sizes[0] == near(50.0 / 3));
    CHECK(sizes[1] == near(100.0 / 3));
    CHECK(sizes[2] == near(50));
}

TEST_CASE("capping keeps the sum, the cap and the order for skewed sizes")
{
    for (const double cap : {0.02, 0.05, 0.5})
        for (const std::size_t n : {100u, 1000u}) {
            auto sizes = stratum_means(n, 2.2);
            cap_and_scale(sizes, 1e6, cap);
            CHECK(std::accumulate(sizes.begin(), sizes.end(), 0.0) == near(1e6));
            CHECK(sizes.back() <= cap * 1e6 * (1 + 1e-12));
            CHECK(std::is_sorted(sizes.begin(), sizes.end()));
        }
}

TEST_CASE("a cap that so few firms cannot keep is loosened")
{
    std::vector<double> sizes{1, 1, 1, 97}; // a cap of 0.05 cannot hold for four firms: 1.5 / 4 it is
    cap_and_scale(sizes, 100, 0.05);
    CHECK(std::accumulate(sizes.begin(), sizes.end(), 0.0) == near(100));
    CHECK(sizes[3] == near(37.5));
}
