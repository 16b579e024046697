// A shipped scenario with overrides, run in memory: no files but the nation's tables, no recorder.
#pragma once

#include "models/config.hpp"
#include "models/ledger.hpp"
#include "models/manufacturing.hpp"

#include <functional>
#include <string>
#include <vector>

namespace fabrica::bench {

struct Scenario {
    Config config{};
    Nation nation;
};

/// @param name       of a shipped scenario: "china", "toyland"
/// @param overrides  "key=value" each
/// @throws sim::InvalidInput with everything that is wrong
Scenario load(const std::string& name, std::vector<std::string> overrides = {});

/// Overrides of an economy at rest: no growth, noise, entry, exit, shocks; machines maintained continuously; months of thirty days.
std::vector<std::string> at_rest(std::vector<std::string> more = {});

/// How a run is computed; never what it gives.
struct Threads {
    int count = 1;
    int block_size = 0;
    sim::Backend backend = sim::Backend::serial;
};

/// Sector totals of a month: goods in thousandths, money in fen, jobs in thousandths, price in yuan.
struct Month {
    sim::Window window = 0;
    bool is_recorded = false; // not of the spin-up
    std::int64_t bail_outs = 0;
    std::vector<double> output{}, sales{}, jobs{}, price{}, revenue{}, wages{}, debt{}, assets{}, profit{},
        investment{}, imports{}, exits{};
};

/// A run in the making. Its parts are open: a test may look at everything.
class Run {
public:
    explicit Run(Scenario scenario, Threads how = {});
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    Run& days(sim::Window count);
    Run& years(int count); // of the calendar, the spin-up counts

    void each_firm(const std::function<void(const Firm&)>& see) const;
    [[nodiscard]] std::vector<Month> recorded() const;
    [[nodiscard]] double total(Measure m, int sector) const; // of the last month, over ownerships

    const Scenario scenario;
    World world;
    Manufacturing model;
    Engine engine;
    std::vector<Month> months;

private:
    [[nodiscard]] Month month_of(const Barrier& barrier) const;
};

[[nodiscard]] double sum(const std::vector<double>& x);

/// Largest relative deviation of any sector's month from its first month.
[[nodiscard]] double largest_deviation(const std::vector<Month>& months, std::vector<double> Month::*series);

} // namespace fabrica::bench
