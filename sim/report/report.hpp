#pragma once

#include <string>
#include <vector>

#include "sim/report/description.hpp"
#include "sim/report/facts/fact_table.hpp"
#include "sim/scenario/describe.hpp"

namespace sim::report {

/// What a report is made with.
struct Options {
    std::string program; ///< "fabrica 0.1.0"
    std::string command; ///< that makes the page, as it was typed
    std::string title{}; ///< "" for that of the first result
    std::string by{};    ///< how the runs of an ensemble are grouped, see collect()
    Description description{};
    std::vector<scenario::Description> keys{}; ///< of scenarios
    FactTable facts{};                         ///< that runs are held against; none: no such part
};

/// The data of a page.
struct Report {
    std::string title;
    std::string json;       ///< one object
    std::size_t runs = 0;   ///< that it shows
    std::size_t groups = 0; ///< that they fall into
};

/// A report of results, or of one ensemble. Throws like collect().
Report report_of_runs(const std::vector<std::string>& paths, const Options& options);

/// A report of what `effect --out` wrote.
/// @throws IoError when it cannot be read or is no JSON, Mismatch when it is another JSON
Report report_of_effect(const std::string& path, const Options& options);

/// The page with its data: one HTML text that needs nothing else. Its data is where a program finds it, in <script id="data">.
std::string page_with(const Report& report);

} // namespace sim::report
