// E23 worked by hand: lumpy orders, small runs, matching, prices of jobs, trust, joining; and pooling against its closed form.
#include "models/platforms/platforms.hpp"
#include "models/platforms/rules.hpp"
#include "models/platforms/sharing.hpp"
#include "sim/base/random.hpp"
#include "tests/models/rules/near.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace fabrica;

TEST_CASE("a month's orders move demand around its mean")
{
    // Two fifths come as one order in two months: 1 + 0.4 (n / 0.5 - 1).
    CHECK(lumpy_demand(0.4, 0, 0.5) == near(0.6));
    CHECK(lumpy_demand(0.4, 1, 0.5) == near(1.4));
    CHECK(lumpy_demand(0.4, 2, 0.5) == near(2.2));
    CHECK(lumpy_demand(0, 7, 0.5) == 1);
    // Over Poisson counts of mean 0.5 the mean is 1.
    double mean = 0, p = std::exp(-0.5);
    for (int n = 0; n < 30; ++n) mean += p * lumpy_demand(0.4, n, 0.5), p *= 0.5 / (n + 1);
    CHECK(mean == near(1));
}

TEST_CASE("a set-up is paid once: small runs cost more a unit, up to doing it by hand")
{
    // A set-up is 1 % of an efficient lot of 100: at 20 it is 0.01 (100 / 20 - 1) = 4 % more.
    CHECK(small_run_cost(20, 100, 0.01, 0.1) == near(0.04));
    CHECK(small_run_cost(5, 100, 0.01, 0.1) == 0.1); // 0.19 without the limit
    CHECK(small_run_cost(100, 100, 0.01, 0.1) == 0);
    CHECK(small_run_cost(300, 100, 0.01, 0.1) == 0);
}

TEST_CASE("the shorter side is matched, as far as the platform is found and trusted")
{
    // 30 (1 - exp(-2 x 0.5)) = 30 x 0.63212
    CHECK(matched(50, 30, 2, 0.5) == near(30 * (1 - std::exp(-1.0))));
    CHECK(matched(30, 50, 2, 0.5) == matched(50, 30, 2, 0.5));
    CHECK(matched(50, 30, 2, 0) == 0);
    CHECK(matched(0, 30, 2, 1) == 0);
    CHECK(matched(50, 30, 1000, 1) == 30);
}

TEST_CASE("the price of a job divides the surplus, and the provider keeps its cost after the fee")
{
    // A provider that needs 0.95 and pays 5 %: at least 1. The job is worth 1.2, half of the surplus of 0.2 is the client's.
    CHECK(job_price(0.95, 1.2, 0.05, 0.5) == near(1.1));
    CHECK(job_price(0.95, 1.2, 0.05, 1) == near(1));
    CHECK(job_price(0.95, 1.2, 0.05, 0) == near(1.2));
    CHECK(job_price(0.95, 0.99, 0.05, 0.5) < 0);
    CHECK(0.95 * job_price(0.95, 1.2, 0.05, 1) == near(0.95));
}

TEST_CASE("trust grows with completed jobs and falls with failed ones")
{
    const double known = 1 - std::exp(-1.0); // as many jobs as make a month known
    CHECK(trust_after(0.3, 300, 0, 0.1, 1, 300) == near(0.3 + known * 0.1 * 0.7));
    CHECK(trust_after(0.3, 0, 300, 0.1, 1, 300) == near(0.3 - known * 0.3));
    CHECK(trust_after(0.3, 0, 0, 0.1, 1, 300) == 0.3);
    // It rests where 0.1 d (1 - T) = f T: with 8 % failed at 0.092 / (0.092 + 0.08).
    double trust = 0.3;
    for (int month = 0; month < 600; ++month) trust = trust_after(trust, 920, 80, 0.1, 1, 300);
    CHECK(trust == near(0.092 / 0.172));
}

TEST_CASE("firms join for a benefit, larger ones and those with neighbours sooner")
{
    const double plain = joining(0.3, 0.005, 0.005, 100, 0.2, 2, 0);
    CHECK(plain == near(1 - std::exp(-0.3 / 12 * (1 - std::exp(-1.0)))));
    CHECK(joining(0.3, 0, 0.005, 100, 0.2, 2, 0) == 0);
    CHECK(joining(0.3, -1, 0.005, 100, 0.2, 2, 0) == 0);
    CHECK(joining(0.3, 0.005, 0.005, 1000, 0.2, 2, 0) > plain);
    CHECK(joining(0.3, 0.005, 0.005, 100, 0.2, 2, 0.5) > plain);
}

TEST_CASE("a rented design closes a part of the distance")
{
    CHECK(rented_gain(1, std::exp(0.5), 0.1, 0.1) == near(0.05));
    CHECK(rented_gain(1, std::exp(3.0), 0.1, 0.1) == 0.1);
    CHECK(rented_gain(2, 1, 0.1, 0.1) == 0);
}

namespace {

struct Shops {
    double apart = 0, together = 0, by_rule = 0; // orders that nobody makes
};

/// Orders of two shops over many days, Poisson with the same mean, against what each can make in a day.
Shops two_shops(double mean, double capacity, int days)
{
    Shops lost;
    for (int d = 0; d < days; ++d) {
        double peak[2], idle[2];
        for (unsigned shop = 0; shop < 2; ++shop) {
            const auto orders = static_cast<double>(sim::Draw(1, shop, 1, static_cast<std::uint32_t>(d)).poisson(mean));
            peak[shop] = std::max(0.0, orders - capacity), idle[shop] = std::max(0.0, capacity - orders);
        }
        lost.apart += peak[0] + peak[1];
        lost.by_rule += peak[0] + peak[1] - matched(idle[0] + idle[1], peak[0] + peak[1], 1000, 1);
        lost.together += std::max(0.0, peak[0] + peak[1] - idle[0] - idle[1]);
    }
    lost.apart /= days, lost.together /= days, lost.by_rule /= days;
    return lost;
}

/// E max(0, N - c) of a Poisson count.
double mean_excess(double mean, double capacity)
{
    double sum = 0, p = std::exp(-mean);
    for (int n = 0; n < 400; ++n) sum += p * std::max(0.0, n - capacity), p *= mean / (n + 1);
    return sum;
}

} // namespace

TEST_CASE("without frictions two shops and a platform are one shop of twice the size")
{
    // Orders of mean 8 against a capacity of 10 each. Apart each loses E(N - 10)+; pooled, both together lose E(N' - 20)+ with N' of mean 16.
    const Shops lost = two_shops(8, 10, 60000);
    CHECK(lost.by_rule == lost.together);
    CHECK(lost.apart == doctest::Approx(2 * mean_excess(8, 10)).epsilon(0.03));
    CHECK(lost.by_rule == doctest::Approx(mean_excess(16, 20)).epsilon(0.05));
    CHECK(lost.by_rule < 0.6 * lost.apart);
}

namespace {

Platform of_kind(PlatformKind kind)
{
    Platform p;
    p.kind = kind;
    p.in_sector.assign(2, 1), p.in_region.assign(1, 1), p.members_in.assign(2, 0);
    return p;
}

} // namespace

TEST_CASE("a firm joins one platform of a kind, and leaves all of them")
{
    Platforms all;
    const auto a = all.open(of_kind(PlatformKind::capacity)), b = all.open(of_kind(PlatformKind::capacity)),
               c = all.open(of_kind(PlatformKind::design));
    CHECK(all.of(PlatformKind::capacity, 7) == nullptr);
    CHECK(all.join({70, 7, a, 1, 1}));
    CHECK_FALSE(all.join({70, 7, b, 1, 0}));
    CHECK(all.join({70, 7, c, 1, 0}));
    CHECK(all.of(PlatformKind::capacity, 7) == &all.all[a]);
    CHECK(all.is_certified(PlatformKind::capacity, 7));
    CHECK_FALSE(all.is_certified(PlatformKind::design, 7));
    CHECK(all.of(PlatformKind::capacity, sim::no_agent) == nullptr);
    all.rent(7, 0.05);
    CHECK(all.design(7) == doctest::Approx(1.05));
    all.leave(7, 1);
    CHECK(all.design(7) == 1);
    CHECK(all.all[a].members == 0);
    CHECK(all.all[c].members_in[1] == 0);
    CHECK(all.of(PlatformKind::design, 7) == nullptr);
}

TEST_CASE("a new offer replaces the old one; the cheapest stand first; a closed platform has none")
{
    Platforms all;
    const auto a = all.open(of_kind(PlatformKind::capacity)), d = all.open(of_kind(PlatformKind::design));
    all.stand({{30, 3, 0.9F, 500, a, 0, 0, 0, 1}, {40, 4, 0.8F, 700, a, 0, 0, 0, 1}, {40, 4, -9, 2, d, 0, 0, 0, 1}});
    all.stand({{30, 3, 0.7F, 600, a, 0, 0, 0, 1}, {50, 5, 0.7F, 100, a, 0, 0, 0, 1}});
    REQUIRE(all.offers.size() == 4);
    CHECK(all.offers[0].key == 30); // 0.7, and the lower key
    CHECK(all.offers[0].left == 600);
    CHECK(all.offers[1].key == 50);
    CHECK(all.offers[2].key == 40);
    all.join({30, 3, a, 0, 1});
    all.close(a);
    CHECK(all.offers.size() == 1);
    CHECK(all.of(PlatformKind::capacity, 3) == nullptr);
    CHECK_FALSE(all.join({60, 6, a, 0, 1}));
}

TEST_CASE("idle hours are paid with the premium")
{
    // 400 units with 0.25 yuan of work in each: 100 yuan in usual hours, half as much again beyond them.
    CHECK(pay_of_idle_hours(Goods{400'000}, 0.25, 0.5) == yuan(150));
    CHECK(pay_of_idle_hours(Goods{400'000}, 0.25, 0) == yuan(100));
    CHECK(pay_of_idle_hours(Goods{}, 0.25, 0.5) == Money{});
    CHECK(pay_of_idle_hours(Goods{1}, 0.25, 0.5) == Money{}); // 0.0375 fen
}
