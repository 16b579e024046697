#include "tests/sim/kernel/toys/bullwhip.hpp"
#include "tests/sim/kernel/toys/queue.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace {

struct Estimate {
    double mean, error; // standard error from independent shops
};

Estimate over_shops(const std::vector<double>& values)
{
    const double n = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const double x : values) {
        sum += x;
        squares += x * x;
    }
    return {sum / n, std::sqrt((squares / n - sum / n * sum / n) / (n - 1))};
}

struct Service {
    Estimate time, waiting;
};

template <int Servers>
Service serve(double arrivals, sim::AgentId shops, sim::Window windows)
{
    using Model = toys::Queue<Servers>;
    Model model{arrivals, 2000};
    sim::Engine<Model> engine(model, {.seed = 5, .threads = 2});
    for (sim::AgentId i = 0; i < 2 * shops; ++i) {
        typename Model::Agent agent{};
        agent.key = sim::make_key(i);
        agent.is_shop = i % 2 == 1;
        agent.next = Model::ticks_per_window;
        engine.found(agent);
    }
    engine.run(windows);
    std::vector<double> times, waits;
    engine.each_agent([&](const typename Model::Agent& a) {
        if (!a.is_shop) return;
        const auto n = static_cast<double>(a.waited & 0xFFFFFFFF);
        times.push_back(static_cast<double>(a.time_in_system) / static_cast<double>(Model::ticks_per_window) / n);
        waits.push_back(static_cast<double>(a.waited >> 32) / n);
    });
    return {over_shops(times), over_shops(waits)};
}

// Within four standard errors, which are below 1 % themselves.
void check_agrees(Estimate estimate, double theory)
{
    INFO(theory << " in theory, " << estimate.mean << " +- " << estimate.error);
    CHECK(std::fabs(estimate.mean - theory) < 4 * estimate.error);
    CHECK(estimate.error < 0.01 * theory);
}

} // namespace

TEST_CASE("M/M/1 at load 0.9 keeps a customer for 1 / (1 - 0.9) = 10.0")
{
    const Service service = serve<1>(0.9, 1000, 8000);
    check_agrees(service.time, 10.0);
    check_agrees(service.waiting, 0.9);
}

TEST_CASE("two shops at load 0.8 keep a customer for 5.000; pooled, for 2.7778, and 0.7111 of the customers wait")
{
    check_agrees(serve<1>(0.8, 400, 8000).time, 5.0);
    // Erlang C with a = 1.6: (a^2 / 2) / (1 - 0.8) / (1 + a + (a^2 / 2) / (1 - 0.8)) = 6.4 / 9 = 0.7111; time 1 + 0.7111 / (2 - 1.6)
    const Service pooled = serve<2>(1.6, 300, 8000);
    check_agrees(pooled.time, 2.7778);
    check_agrees(pooled.waiting, 0.7111);
}

TEST_CASE("an order-up-to shop with average over 5 and lead 2 amplifies variance 1 + 2L/p + 2L^2/p^2 = 2.12 times")
{
    toys::Bullwhip model(2);
    sim::Engine<toys::Bullwhip> engine(model, {.seed = 5, .threads = 2});
    for (sim::AgentId i = 0; i < 900; ++i)
        engine.found({sim::make_key(i), 0, static_cast<toys::Bullwhip::Role>(i % 3), {}, 0});
    engine.run(2000);
    const auto sums = model.tally.reduce();
    using B = toys::Bullwhip;
    const auto n = static_cast<double>(sums[B::count]);
    const auto variance = [&](int sum, int squares) {
        const double mean = static_cast<double>(sums[static_cast<std::size_t>(sum)]) / n;
        return 1000 * static_cast<double>(sums[static_cast<std::size_t>(squares)]) / n - mean * mean;
    };
    CHECK(n > 590000);
    CHECK(variance(B::demand, B::demand_squared) == doctest::Approx(1e8).epsilon(0.01)); // sd 10 000
    // A variance ratio over 600 000 periods has a relative standard error near 0.2 %
    CHECK(variance(B::order, B::order_squared) / variance(B::demand, B::demand_squared) ==
          doctest::Approx(2.12).epsilon(0.01));
}
