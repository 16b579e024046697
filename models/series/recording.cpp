#include "models/series/recording.hpp"

#include "models/version.hpp"

#include <fmt/format.h>

namespace fabrica {
namespace {

using sim::cli::RunRequest;

/// Attributes of a result file: everything needed to run it again, nothing of the machine.
std::vector<sim::record::Attribute> attributes_of(const Config& config, const RunRequest& request)
{
    std::vector<sim::record::Attribute> all{
        {"Conventions", std::string("CF-1.8")},
        {"title", config.run.title},
        {"source", fmt::format("fabrica {}, model {}", program_version, model_version)},
        {"history", std::string("fabrica run")},
        {"fabrica_schema_version", sim::record::schema_version},
        {"model_version", std::string(model_version)},
        {"scenario_toml", request.scenario.text},
        {"scenario_sha256", request.scenario.sha256},
        {"seed", config.run.seed},
        {"scale", config.run.scale},
    };
    std::string files;
    for (const auto& file : request.scenario.files) files += fmt::format("{} {}\n", file.sha256, file.name);
    all.push_back({"files_sha256", files});
    return all;
}

std::vector<sim::record::Series> series_of(const std::vector<SeriesRow>& rows)
{
    std::vector<sim::record::Series> all;
    for (const auto& row : rows) all.push_back(row.series);
    return all;
}

} // namespace

Recording::Recording(World& world, const RunRequest& request, const sim::record::FixedTable& observed)
    : world_(world), rows_(series_catalogue(!world.config.policies.empty())),
      file_(request.stop_at ? "" : request.out, series_axes(world.nation, world.config.policies), series_of(rows_),
            world.config.run.calendar().name(), sim::to_string(world.config.run.start),
            attributes_of(world.config, request)),
      distributions_(world, file_)
{
    if (!observed.series.empty()) file_.add_fixed("observed", observed);
    if (!request.panel.empty()) panel_ = std::make_unique<PanelWriter>(world, request.panel, file_);
}

void Recording::month_end(const sim::Barrier<Manufacturing>& barrier)
{
    distributions_(barrier);
    if (panel_) panel_->month_end(barrier);
    if (barrier.window() >= world_.recording_from) add_row(barrier);
}

void Recording::add_row(const sim::Barrier<Manufacturing>& barrier)
{
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].exact)
            file_.set(i, rows_[i].exact(world_));
        else
            file_.set(i, rows_[i].ratio(world_));
    }
    file_.advance(barrier.window() + 1 - world_.recording_from);
}

} // namespace fabrica
