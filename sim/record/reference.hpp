#pragma once

#include <string>
#include <vector>

#include "sim/record/series_digest.hpp"

namespace sim::record {

/// What is kept of a run to tell later whether its results are still the same.
struct Reference {
    struct Entry {
        SeriesDigest digest;
        std::string module; ///< part of the model that owns the series; "" where the model does not say
    };

    std::string title;       ///< of the scenario
    std::string inputs;      ///< digest of the scenario and data files that were read
    std::string state_hash;  ///< of the state at the end; "" where the model has none
    std::string first, last; ///< last day of the first and last period
    std::size_t periods = 0;
    std::vector<Entry> series{};
};

/// A JSON object with a line for each series, so that version control shows which moved.
std::string to_json(const Reference& reference);

/// Reads what to_json() wrote.
/// @throws IoError  the file cannot be read, is no JSON, or lacks something
Reference read_reference(const std::string& path);

/// How far numbers may lie apart, relative to the largest of their series; with 0 every bit has to agree.
struct Tolerance {
    double amounts = 0, shares = 0; ///< of series of whole numbers, and of reals [1]
    [[nodiscard]] bool is_exact() const { return amounts == 0 && shares == 0; }
    [[nodiscard]] double of(const SeriesDigest& digest) const { return digest.is_amount() ? amounts : shares; }
};

/// A series that is not what it was.
struct Movement {
    enum class What { moved, added, gone, reshaped /* other unit, kind, cells or periods */ };
    What what = What::moved;
    std::string name, module;
    SeriesDigest before{}, after{}; ///< empty where there was, or is, none
    std::size_t period = 0;         ///< the first that differs

    /// Relative changes of the sum over all numbers and of the last period; NaN where there is nothing to divide by.
    [[nodiscard]] double change_of_sum() const;
    [[nodiscard]] double change_of_last() const;
};

/// The series that moved, earliest first; in one period those whose sum changed by the largest part before the others.
std::vector<Movement> movements(const Reference& before, const Reference& after, const Tolerance& tolerance);

} // namespace sim::record
