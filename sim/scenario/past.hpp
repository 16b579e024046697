#pragma once

#include <optional>
#include <string>

#include "sim/scenario/load.hpp"

namespace sim::scenario {

/// How far two scenarios share their past.
struct Divergence {
    bool is_equal = true; ///< nothing that can change a run differs
    std::optional<Date>
        from{}; ///< first day that can differ; none when a difference has no date and holds from the first day
    bool is_file = false; ///< `key` names a data file whose content differs
    std::string key{};    ///< that differs (the earliest; "shock.oil.size" for an item), or a file that it names

    [[nodiscard]] bool is_undated() const { return !is_equal && !from; }
};

/// Compares two scenarios that were read with the same table of keys. From when on a key counts is said in the table (Row::effect):
/// labels never count, an item with a beginning counts from it, a dated series from its first different step, the end of something
/// from the earlier end. All other keys, and the files that keys name, hold from the first day.
Divergence first_divergence(const Loaded& a, const Loaded& b, const KeyTable& table);

/// Value of a key as TOML, items addressed by their id ("shock.oil.size"); "nothing" when there is none.
std::string value_text(const Loaded& loaded, const std::string& key);

} // namespace sim::scenario
