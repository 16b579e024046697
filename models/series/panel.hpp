// The panel: events and states of chosen firms, written beside the series. It watches; nothing it does changes a result.
#pragma once

#include "models/manufacturing.hpp"
#include "sim/record/recorder.hpp"

namespace fabrica {

/// Groups /panel_events and /panel_states of a result.
class PanelWriter {
public:
    /// @param which  a number of firms, spread evenly over the founders by key, or "all"
    PanelWriter(World& world, const std::string& which, sim::record::Recorder& file);

    void day_end(const Barrier& barrier);   // events of the day, in the order of (firm, serial within the day)
    void month_end(const Barrier& barrier); // every registered field of every watched firm

private:
    World& world_;
    sim::record::Panel* events_;
    sim::record::Panel* states_;
    std::size_t columns_ = 0;
};

} // namespace fabrica
