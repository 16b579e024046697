// E24: one programme of industrial policy, as a scenario states it.
#pragma once

#include "sim/base/calendar.hpp"
#include "sim/scenario/key_table.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fabrica {

class Instrument;

/// Whom a programme is for; empty lists mean all.
struct Eligibility {
    std::vector<std::string> sectors, ownerships, size_classes, regions;
    double min_age = 0, max_age = 1000;        // years
    std::int64_t min_level = 1, max_level = 4; // highest maturity level installed
};

/// E25: how a limited budget is shared among those who ask.
struct Allocation {
    std::string rule;                                                           // pro_rata or ranked
    double merit = 0, size = 0, state = 0, jobs = 0, connection = 0, noise = 0; // weights of the score
};

/// E26: what the programme is to reach, and how its budget answers.
struct Target {
    std::string series, sector; // of the result file; the sector's cell when it has sectors
    sim::scenario::Dated value; // that of the phase in force
    double response = 0;
    std::int64_t year = 2025, review_years = 1;

    /// Whether the budget is reviewed at the end of a year: in years that `review_years` divides, as plans of five years end in 2020 and
    /// 2025, and for the last time in the year of the target.
    [[nodiscard]] bool is_reviewed(std::int64_t in) const
    {
        return in <= year && (in % review_years == 0 || in == year);
    }
};

/// E24. `instrument` holds the keys of its kind.
struct Programme {
    std::string id, kind;
    std::shared_ptr<Instrument> instrument;
    Eligibility who;
    std::optional<sim::Date> announced, until; // until is exclusive
    sim::Date from{};
    double intensity = 1;
    sim::scenario::Dated budget; // yuan per year, of the nation; negative: no limit
    double implementation = 1, central_share = 1, anticipation = 0;
    double countercyclical = 0;
    double misuse_share = 0, misuse_size = 0, audit_probability = 0, clawback = 1;
    Allocation allocation;
    Target target;

    /// First day on which it can change anything.
    [[nodiscard]] sim::Date known_from() const
    {
        return announced && anticipation > 0 && *announced < from ? *announced : from;
    }
    [[nodiscard]] bool has_budget() const { return budget.before() >= 0 || !budget.steps().empty(); }
};

} // namespace fabrica
