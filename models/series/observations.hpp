// What the statisticians of a nation published, by year.
#pragma once

#include "models/nation.hpp"

#include <map>
#include <string>
#include <vector>

namespace fabrica {

struct Observation {
    double value = 0;
    std::string provenance{};
};
using ObservedYears = std::map<int, Observation>;

/// The series of observed_series.csv; a year without a value of its own is the mean of its quarters where all four are there.
class Observations {
public:
    Observations(const std::string& folder, sim::Errors& errors);
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] const ObservedYears& years(const std::string& series) const { return series_.at(series); }

private:
    std::map<std::string, ObservedYears> series_;
};

/// Capacity utilisation by sector from utilisation_targets.csv [percent]: the rows that are evidence on the sector itself (basis `branch`).
std::map<std::string, ObservedYears> observed_utilisation(const Nation& nation, sim::Errors& errors);

} // namespace fabrica
