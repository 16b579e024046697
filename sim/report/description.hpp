#pragma once

#include <string>
#include <utility>
#include <vector>

namespace sim::report {

/// One line of the summary and one chart: a series, a share of two series, or a weighted mean.
struct Indicator {
    std::string title{};   ///< for people: "Output, constant prices"
    std::string series{};  ///< that it is taken from, added up over its axes
    std::string unit{};    ///< shown: "jobs", "%" (100 times what is recorded); "" for what Description::units says
    std::string over{};    ///< series that it is divided by; "" for none
    std::string weight{};  ///< series that weighs the cells of a mean; "" for the plain mean
    std::string meaning{}; ///< "" for the series' own definition
    std::vector<std::string>
        by{}; ///< further series, each of one axis besides time, that break the same quantity down by other axes
};

struct Section {
    std::string title;
    std::vector<Indicator> indicators;
};

/// How a recorded unit is shown: "fen" as "CNY", a hundredth.
struct Unit {
    std::string recorded;
    std::string shown;
    double factor = 1; ///< shown value = factor x recorded value
};

/// Where public money went: series over an axis of programmes.
struct PublicMoney {
    using Titled = std::pair<std::string, std::string>; ///< title and series
    std::string axis{};                                 ///< of programmes; "" for a model without public money
    std::vector<Titled> stages{}; ///< over that axis, in the order that money takes: announced to paid
    std::vector<Titled> splits{}; ///< over that axis and another: who received it
};

/// What a model tells about its series, so that a report can be made for people. Series that a result lacks are left out. Empty: every
/// series of the result, as it is.
struct Description {
    std::vector<Section> sections{};
    PublicMoney money{};
    std::vector<std::pair<std::string, std::string>> axes{}; ///< axis and how it is called: "size_class", "size"
    std::vector<Unit> units{};

    /// How an indicator is shown whose series was recorded in a unit.
    [[nodiscard]] Unit shown(const Indicator& indicator, const std::string& recorded) const;
    /// The indicator of a series as a whole, with a plain one for a series that is not described.
    [[nodiscard]] Indicator of(const std::string& series) const;
};

} // namespace sim::report
