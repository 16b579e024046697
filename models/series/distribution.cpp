#include "models/series/distribution.hpp"

#include "models/firms/plan.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <cmath>

namespace fabrica {

double hill_exponent(std::vector<Weighted> values, double part)
{
    if (values.size() < 20) return std::nan("");
    std::stable_sort(values.begin(), values.end(),
                     [](const Weighted& a, const Weighted& b) { return a.value > b.value; });
    double all = 0, weight = 0, sum = 0;
    for (const auto& v : values) all += v.weight;
    std::size_t top = 0;
    while (top + 1 < values.size() && weight + values[top].weight <= all * part * (1 + 1e-12))
        weight += values[top++].weight;
    for (std::size_t i = 0; i < top; ++i) sum += values[i].weight * sim::math::log(values[i].value / values[top].value);
    return weight / sum;
}

Distributions::Distributions(const World& world, sim::record::Recorder& file)
    : world_(world),
      table_(file.add_table("yearly", {{.name = "sales_tail_exponent",
                                        .unit = "1",
                                        .long_name = "Tail exponent of sales",
                                        .definition = "Hill estimator over the largest tenth of real firms by expected "
                                                      "yearly revenue; complementary distribution function.",
                                        .axes = {},
                                        .kind = sim::record::Kind::f64,
                                        .cell_method = "point",
                                        .total = "mean"},
                                       {.name = "sales_tail_exponent_largest",
                                        .unit = "1",
                                        .long_name = "Tail exponent of sales, largest firms",
                                        .definition = "The same over the largest hundredth.",
                                        .axes = {},
                                        .kind = sim::record::Kind::f64,
                                        .cell_method = "point",
                                        .total = "mean"},
                                       {.name = "concentration",
                                        .unit = "1",
                                        .long_name = "Herfindahl index of sales",
                                        .definition = "Sum of squared sales shares of simulated firms.",
                                        .axes = {"sector"},
                                        .kind = sim::record::Kind::f64,
                                        .cell_method = "point",
                                        .total = "mean"}}))
{
}

void Distributions::operator()(const Barrier& barrier)
{
    const sim::Window next = barrier.window() + 1;
    if (next <= world_.recording_from || world_.calendar.date(next).month != world_.config.run.start.month) return;
    std::vector<std::pair<sim::Key, double>> sales; // summed in the order of keys, so that blocks do not enter
    std::vector<std::pair<std::size_t, std::pair<sim::Key, double>>> by_sector;
    barrier.each_agent([&](const Firm& f) {
        const double x = expected_yearly_revenue(f) * world_.real_size(f.sector);
        if (x > 0) by_sector.push_back({f.sector, {f.key, x}});
    });
    std::sort(by_sector.begin(), by_sector.end());
    std::vector<Weighted> all;
    std::vector<double> total(world_.sector.size()), squares(world_.sector.size());
    for (const auto& [s, firm] : by_sector)
        all.push_back({firm.second, world_.real_firms[s]}), total[s] += firm.second,
            squares[s] += firm.second * firm.second;
    for (std::size_t s = 0; s < total.size(); ++s)
        squares[s] = total[s] > 0 ? squares[s] / (total[s] * total[s]) : std::nan("");
    table_.set_scalar(0, hill_exponent(all, 0.1));
    table_.set_scalar(1, hill_exponent(std::move(all), 0.01));
    table_.set(2, squares);
    table_.advance(next - world_.recording_from);
}

} // namespace fabrica
