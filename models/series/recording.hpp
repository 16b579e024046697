// All that a run writes into its result file.
#pragma once

#include "models/series/catalogue.hpp"
#include "models/series/distribution.hpp"
#include "models/series/panel.hpp"
#include "sim/cli/application.hpp"
#include "sim/record/recorder.hpp"

#include <memory>
#include <vector>

namespace fabrica {

class Recording {
public:
    /// Begins the result `request.out`; a run up to `stop_at` keeps its rows in memory, for the checkpoint.
    Recording(World& world, const sim::cli::RunRequest& request, const sim::record::FixedTable& observed);

    sim::record::Recorder& file() { return file_; }

    /// Events of firms, where a panel was asked for.
    [[nodiscard]] bool has_panel() const { return panel_ != nullptr; }
    void day_end(const sim::Barrier<Manufacturing>& barrier) { panel_->day_end(barrier); }

    void month_end(const sim::Barrier<Manufacturing>& barrier);

private:
    void add_row(const sim::Barrier<Manufacturing>& barrier);

    World& world_;
    std::vector<SeriesRow> rows_;
    sim::record::Recorder file_;
    Distributions distributions_;
    std::unique_ptr<PanelWriter> panel_{};
};

} // namespace fabrica
