#include "models/snapshot_times.hpp"

#include "models/checkpoint.hpp"
#include "models/first_day/first_day.hpp"

#include <chrono>
#include <ctime>
#include <filesystem>

namespace fabrica {
namespace {

/// Time that f takes.
template <class F>
SnapshotTimes::Spent time(F&& f)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    f();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    return {seconds.count(), static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC};
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

void save(Place& place, sim::Window days, const std::string& file, SnapshotTimes& times)
{
    sim::Errors errors;
    build_first_day(place.world, place.engine, errors, {});
    if (!errors.empty()) throw sim::InvalidInput(errors);
    place.engine.run(days);
    times.firms = static_cast<std::int64_t>(place.engine.population());
    auto rows = no_rows();
    times.save = time([&] { save_checkpoint(file, {}, place.engine, place.world, rows); });
    times.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file));
    times.hash = place.engine.state_hash();
}

} // namespace

SnapshotTimes time_snapshot(const Config& config, const Nation& nation, sim::Window days,
                            const sim::EngineOptions& options, const std::string& file)
{
    SnapshotTimes times;
    auto place = std::make_unique<Place>(config, nation, options);
    save(*place, days, file, times);
    place.reset(); // its memory is the other's
    place = std::make_unique<Place>(config, nation, options);
    times.restore = time([&] {
        sim::record::CheckpointReader reader(file, on_threads_of(place->engine));
        restore_state(reader, place->engine);
    });
    times.is_same = place->engine.state_hash() == times.hash;
    std::filesystem::remove(file);
    std::filesystem::remove(sim::record::previous_path(file));
    return times;
}

} // namespace fabrica
