#include "models/snapshot_times.hpp"

#include "models/checkpoint.hpp"
#include "models/first_day/first_day.hpp"

#include <chrono>
#include <filesystem>

namespace fabrica {
namespace {

/// Seconds that f takes.
template <class F>
double time(F&& f)
{
    const auto begin = std::chrono::steady_clock::now();
    f();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// A nation with its engine.
struct Place {
    Place(const Config& config, const Nation& nation, const sim::EngineOptions& options)
        : world(config, nation, options.thread_count()), model(world), engine(model, options)
    {
    }

    World world;
    Manufacturing model;
    Engine engine;
};

sim::record::Recorder no_rows() { return {"", {}, {}, "proleptic_gregorian", "2015-01-01", {}}; }

std::uint64_t save(Place& place, sim::Window days, const std::string& file, SnapshotTimes& times)
{
    sim::Errors errors;
    build_first_day(place.world, place.engine, errors, {});
    if (!errors.empty()) throw sim::InvalidInput(errors);
    place.engine.run(days);
    times.firms = static_cast<std::int64_t>(place.engine.population());
    auto rows = no_rows();
    times.save_seconds = time([&] { save_checkpoint(file, {}, place.engine, place.world, rows); });
    times.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file));
    return place.engine.state_hash();
}

} // namespace

SnapshotTimes time_snapshot(const Config& config, const Nation& nation, sim::Window days,
                            const sim::EngineOptions& options, const std::string& file)
{
    SnapshotTimes times;
    auto place = std::make_unique<Place>(config, nation, options);
    const std::uint64_t hash = save(*place, days, file, times);
    place.reset(); // its memory is the other's
    place = std::make_unique<Place>(config, nation, options);
    times.restore_seconds = time([&] {
        sim::record::CheckpointReader reader(file, on_threads_of(place->engine));
        restore_state(reader, place->engine);
    });
    times.is_same = place->engine.state_hash() == hash;
    std::filesystem::remove(file);
    std::filesystem::remove(sim::record::previous_path(file));
    return times;
}

} // namespace fabrica
