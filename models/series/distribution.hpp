// Yearly facts about the distribution of firms, observed at each year's end; they never change a result.
#pragma once

#include "models/manufacturing.hpp"
#include "sim/record/recorder.hpp"

namespace fabrica {

/// A value and how many real firms have it.
struct Weighted {
    double value, weight;
};

/// Exponent of the upper tail by Hill's estimator over the largest `part` of the weight: 1 / mean(ln x - ln x_min).
/// @param values positive; NaN for fewer than 20 of them
double hill_exponent(std::vector<Weighted> values, double part = 0.1);

/// Adds the group /yearly to a result: tail of sales, concentration by sector.
class Distributions {
public:
    Distributions(const World& world, sim::record::Recorder& file);
    void operator()(const Barrier& barrier);

private:
    const World& world_;
    sim::record::SeriesTable& table_;
};

} // namespace fabrica
