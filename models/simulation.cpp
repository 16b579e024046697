#include "models/simulation.hpp"

#include "models/checkpoint.hpp"
#include "models/first_day/first_day.hpp"
#include "models/policy/instrument.hpp"
#include "models/series/catalogue.hpp"
#include "models/series/observed.hpp"
#include "models/series/recording.hpp"
#include "models/series/report.hpp"
#include "models/snapshot_times.hpp"
#include "models/technology.hpp"
#include "models/version.hpp"
#include "sim/cli/profile.hpp"
#include "sim/record/output_file.hpp"
#include "sim/record/recorder.hpp"
#include "sim/record/run_info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <thread>

namespace fabrica {
namespace {

using sim::cli::RunRequest;
using sim::cli::RunResult;
using sim::cli::Summary;

/// Writes the checkpoints of a run.
class Checkpoints {
public:
    Checkpoints(const World& world, Engine& engine, sim::record::Recorder* rows, const RunRequest& request,
                RunResult& result)
        : world_(world), engine_(engine), rows_(rows), request_(request), result_(result)
    {
        if (!request.checkpoint_out.empty()) sim::record::sweep_drafts(request.checkpoint_out);
    }

    /// Every so many months, counted from the start of the run proper, whose eve is one of the days.
    void day_done()
    {
        const sim::Window today = engine_.window() - 1;
        if (request_.checkpoint_every == 0 || !world_.calendar.is_month_end(today)) return;
        const int months = world_.calendar.month_index(today) + 1 - world_.calendar.month_index(world_.recording_from);
        if (months % request_.checkpoint_every == 0) write();
    }

    void interrupt()
    {
        if (request_.checkpoint_every == 0 || engine_.stopped()) return;
        write();
        result_.has_checkpoint = true;
    }

    void write()
    {
        save_checkpoint(request_.checkpoint_out, head(), engine_, world_, *rows_);
        result_.checkpoint = request_.checkpoint_out;
    }

private:
    [[nodiscard]] sim::record::CheckpointHead head() const
    {
        sim::record::CheckpointHead head;
        head.program = "fabrica", head.model_version = model_version;
        head.scenario_name = request_.scenario.name, head.scenario_text = request_.scenario.text;
        head.scenario_root = request_.scenario.root;
        for (const auto& file : request_.scenario.files) head.files.emplace_back(file.name, file.sha256);
        head.result = request_.out, head.panel = request_.panel, head.every = request_.checkpoint_every;
        return head;
    }

    const World& world_;
    Engine& engine_;
    sim::record::Recorder* rows_; // nullptr: a run that records nothing leaves no checkpoints
    const RunRequest& request_;
    RunResult& result_;
};

/// Number of windows when the run is over.
sim::Window last_window(const World& world, const Engine& engine, const RunRequest& request)
{
    const sim::Window end = world.recording_from + world.config.run.windows();
    if (!request.stop_at) return end;
    const sim::Window last = std::min(end, world.calendar.window(*request.stop_at) - 1); // see open_from
    if (last < engine.window())
        throw std::runtime_error(
            fmt::format("no day lies before {} that a checkpoint could be made of: the state of {} knows of it",
                        sim::to_string(*request.stop_at), sim::to_string(world.calendar.date(engine.window()))));
    return last;
}

sim::EngineOptions engine_options(const Config& config, const RunRequest& request)
{
    sim::EngineOptions options;
    options.seed = static_cast<std::uint32_t>(config.run.seed);
    options.threads = request.threads, options.block_size = request.block_size;
    options.profile = request.profile;
    options.backend = request.backend == "serial"    ? sim::EngineOptions::Backend::serial
                      : request.backend == "threads" ? sim::EngineOptions::Backend::threads
                                                     : sim::EngineOptions::Backend::tbb;
    return options;
}

/// Refuses a nation whose table is not productive once each unit of output also needs its machines.
void check_productive(const Nation& nation, const Config& config, sim::Errors& errors)
{
    const double g = config.switches.growth ? config.investment.growth : 0;
    std::vector<double> investment;
    for (const auto& s : nation.sectors)
        investment.push_back((g + config.production.depreciation) * s.fixed_over_revenue);
    const auto table = std::make_shared<const sim::Source>(sim::Source{nation.folder + "/input_output.csv", ""});
    leontief_output(nation.domestic, nation.capital_shares, investment, std::vector<double>(investment.size(), 1.0),
                    errors, {table, 0, 0});
}

/// The flat summary of a run: its last year, and how fast it went.
Summary summarise(const World& w, Engine& engine, double seconds, double firm_months)
{
    const auto total = [&](Measure m) {
        double sum = 0;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o)
                sum += static_cast<double>(w.month[w.statistics.cell(m, s, static_cast<Ownership>(o))]);
        return sum;
    };
    double real = 0;
    for (int s = 0; s < w.S; ++s)
        for (int o = 0; o < ownership_count; ++o)
            real += static_cast<double>(w.month[w.statistics.cell(Measure::firms, s, static_cast<Ownership>(o))]) *
                    w.real_firms[static_cast<std::size_t>(s)];
    const auto counters = engine.counters();
    Summary s;
    s.emplace_back("state_hash", fmt::format("{:016x}", engine.state_hash()));
    s.emplace_back("agents", nearest(total(Measure::firms)));
    s.emplace_back("firms", nearest(real));
    s.emplace_back("capacity_utilisation", total(Measure::output) / w.days_of_month / total(Measure::capacity));
    s.emplace_back("events", counters.events);
    s.emplace_back("seconds", seconds);
    s.emplace_back("events_per_second", static_cast<double>(counters.events) / seconds);
    s.emplace_back("firm_months_per_second", firm_months / seconds);
    return s;
}

std::int64_t since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin).count();
}

std::optional<sim::Trace> trace_of(const World& world, const RunRequest& request)
{
    if (request.trace.file.empty()) return {};
    return sim::Trace(world.calendar.window(request.trace.from), request.trace.windows);
}

void write_trace(const sim::Trace& trace, const World& world, const RunRequest& request, RunResult& result)
{
    const auto date = [&](sim::Window w) { return sim::to_string(world.calendar.date(w)); };
    sim::record::write_whole(request.trace.file, trace.to_json(date));
    if (trace.is_cut())
        result.notes.push_back(fmt::format("the trace ends before {}, with {} spans; a later part: --trace-from {}",
                                           date(trace.end()), trace.spans(), date(trace.end())));
}

/// The no-op detector: programmes that were in force and changed nothing.
void note_idle_programmes(const World& world, RunResult& result)
{
    if (!world.config.switches.policies) return;
    for (std::size_t i = 0; i < world.config.policies.size(); ++i) {
        const Programme& p = world.config.policies[i];
        const bool was_in_force = p.from < world.policy.today && (!p.until || world.config.run.start < *p.until);
        if (was_in_force && p.intensity > 0 && world.policy.programme[i].fired == 0)
            result.notes.push_back(fmt::format("programme {} was in force and never did anything: nobody was eligible, "
                                               "or nobody had anything to claim",
                                               p.id));
    }
}

class FabricaCase final : public sim::cli::Case {
public:
    void bind(sim::scenario::KeyTable& table) override { describe_keys(table, config_); }
    [[nodiscard]] const sim::scenario::RunSettings& settings() const override { return config_.run; }

    void check(const sim::scenario::Loaded& loaded, sim::Errors& errors, std::vector<std::string>& notes) override
    {
        std::vector<std::string> files;
        nation_ = read_nation(config_.nation.folder, config_.nation.demand_scenario, files, errors);
        if (!errors.empty()) return;
        check_config(config_, loaded, nation_, errors);
        check_places(config_, loaded, nation_.region_codes(), errors);
        check_productive(nation_, config_, errors);
        observed_ = read_observed(nation_, config_.run.calendar(), errors);
        for (const auto& shock : config_.shocks)
            if (!(shock.from < config_.run.end) || !(config_.run.start < shock.to))
                notes.push_back(fmt::format("shock {} lies outside the run", shock.id));
        for (const auto& p : config_.policies)
            if (!(p.from < config_.run.end) || (p.until && !(config_.run.start < *p.until)))
                notes.push_back(fmt::format("programme {} lies outside the run", p.id));
    }

    [[nodiscard]] sim::cli::Estimate estimate(const RunRequest&) const override
    {
        double firms = 0;
        for (const auto n : firms_per_sector(nation_, config_)) firms += static_cast<double>(n);
        const double years = config_.population.spin_up_years + config_.run.windows() / 365.0;
        const double most = firms * std::exp(0.055 * years);
        std::vector<sim::record::Series> series;
        for (const auto& row : series_catalogue(!config_.policies.empty())) series.push_back(row.series);
        return {
            most * (1.1 * sizeof(Firm) + 560) + 60e6, // a tenth above what runs of scale 0.01 to 1 took
            static_cast<double>(sim::record::estimate_bytes(series_axes(nation_, config_.policies), series,
                                                            config_.run.windows() / 30)),
            (firms + most) / 2 * years * 12 / 0.5e6,
            {{"firms_at_start", static_cast<std::int64_t>(firms)}, {"firm_months", (firms + most) / 2 * years * 12}}};
    }

    [[nodiscard]] std::vector<sim::cli::SeriesShape> recorded() const override
    {
        const auto axes = series_axes(nation_, config_.policies);
        std::vector<sim::cli::SeriesShape> shapes;
        for (const auto& row : series_catalogue(!config_.policies.empty())) {
            const auto& s = row.series;
            auto& shape = shapes.emplace_back(sim::cli::SeriesShape{
                s.name, s.unit, {}, s.cell_method == "sum", s.total == "mean" && s.unit == "1", row.module});
            for (const auto& axis : axes)
                if (std::count(s.axes.begin(), s.axes.end(), axis.name) > 0)
                    shape.axes.push_back({axis.name, axis.labels});
        }
        return shapes;
    }

    [[nodiscard]] bool can_resume() const override { return true; }

    RunResult run(const RunRequest& request) override
    {
        const auto begin = std::chrono::steady_clock::now();
        const int threads =
            request.threads > 0 ? request.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        World world(config_, nation_, threads);
        Manufacturing model(world);
        std::optional<sim::Trace> trace = trace_of(world, request);
        sim::EngineOptions options = engine_options(config_, request);
        options.trace = trace ? &*trace : nullptr;
        Engine engine(model, options);
        auto past = begin_at(world, engine, request);
        std::unique_ptr<Recording> recording;
        if (!request.out.empty() || request.stop_at) recording = std::make_unique<Recording>(world, request, observed_);
        sim::cli::RunTimes times{.first_day = since(begin), .per_month = "per firm-month"};
        double& firm_months = times.agent_months;
        world.on_month = [&](const sim::Barrier<Manufacturing>& barrier) {
            const sim::SpanTimer timer(options.trace, "recording", times.recording);
            firm_months += static_cast<double>(barrier.population());
            if (recording) recording->month_end(barrier);
        };
        if (recording && recording->has_panel())
            engine.observe([&](const sim::Barrier<Manufacturing>& barrier) { recording->day_end(barrier); });
        if (past && recording) restore_rows(*past, recording->file());
        past.reset();
        RunResult result;
        Checkpoints checkpoints(world, engine, recording ? &recording->file() : nullptr, request, result);
        result.status = advance(engine, world, request, checkpoints);
        result.reason = engine.stop_reason();
        note_idle_programmes(world, result);
        times.whole = since(begin);
        const double seconds = static_cast<double>(times.whole) * 1e-9;
        result.summary = summarise(world, engine, seconds, firm_months);
        if (request.profile) {
            const sim::cli::Profile profile(engine.counters(), times);
            result.profile = profile.summary(), result.profile_table = profile.to_text();
        }
        if (trace) write_trace(*trace, world, request, result);
        if (recording) finish(recording->file(), result, request, seconds, threads);
        return result;
    }

    std::optional<sim::cli::SnapshotTimes> time_snapshot(const RunRequest& request, sim::Window windows) override
    {
        const SnapshotTimes times =
            fabrica::time_snapshot(config_, nation_, windows, engine_options(config_, request), request.checkpoint_out);
        if (!times.is_same) throw std::runtime_error("the state restored has another hash than the one saved");
        return sim::cli::SnapshotTimes{.agents = times.firms,
                                       .bytes = times.bytes,
                                       .save = {times.save.seconds, times.save.cpu_seconds},
                                       .restore = {times.restore.seconds, times.restore.cpu_seconds},
                                       .hash = times.hash};
    }

private:
    /// Sets up the first day, or restores a checkpoint and returns its rows.
    static std::optional<SavedRows> begin_at(World& world, Engine& engine, const RunRequest& request)
    {
        if (!request.resume.empty()) {
            sim::record::CheckpointReader past(request.resume, on_threads_of(engine));
            return restore_state(past, engine);
        }
        sim::Errors errors;
        build_first_day(world, engine, errors, request.scenario.whole);
        if (!errors.empty()) throw sim::InvalidInput(errors);
        return std::nullopt;
    }

    static RunResult::Status advance(Engine& engine, const World& world, const RunRequest& request,
                                     Checkpoints& checkpoints)
    {
        const sim::Window total = last_window(world, engine, request);
        request.progress.start(total, world.calendar);
        while (engine.window() < total && !engine.stopped()) {
            engine.run(1);
            request.progress.at(engine.window());
            if (sim::cli::Progress::signal() != 0) return checkpoints.interrupt(), RunResult::Status::interrupted;
            if (engine.window() < total && !engine.stopped()) checkpoints.day_done();
        }
        if (request.stop_at && !engine.stopped()) checkpoints.write();
        request.progress.finish();
        return engine.stopped() ? RunResult::Status::stopped : RunResult::Status::finished;
    }

    static void finish(sim::record::Recorder& file, RunResult& result, const RunRequest& request, double seconds,
                       int threads)
    {
        using sim::record::Status;
        const Status status = result.status == RunResult::Status::finished      ? Status::complete
                              : result.status == RunResult::Status::interrupted ? Status::interrupted
                                                                                : Status::failed;
        if (request.stop_at) return; // the checkpoint is the result
        result.file = file.finish(status, result.reason);
        auto info = sim::record::machine_facts();
        info.insert(info.begin(), {{"seconds", seconds},
                                   {"threads", std::int64_t{threads}},
                                   {"backend", request.backend},
                                   {"source", std::string(source_version)}});
        for (const auto* facts : {&result.summary, &result.profile})
            for (const auto& [name, value] : *facts) info.emplace_back(name, value);
        sim::record::write_run_info(request.out, info);
    }

    Config config_{};
    Nation nation_;
    sim::record::FixedTable observed_;
};

} // namespace

sim::cli::Application application()
{
    sim::cli::Application app;
    app.name = "fabrica", app.summary = "Simulates a nation's manufacturing, firm by firm, under industrial policy.";
    app.version = program_version, app.model_version = model_version;
    app.shipped = sim::cli::find_shipped("fabrica", shipped_scenarios);
    app.starter_base = "fabrica:china";
    app.work = "firm_month";
    app.money = "disbursed";
    app.headline = {"output",          "capacity_utilisation",
                    "price_index",     "revenue",
                    "profit",          "investment",
                    "employment",      "wage_index",
                    "firms",           "entries",
                    "exits",           "zombies",
                    "loans",           "exports",
                    "imports",         "research",
                    "sme_sales_share", "emissions",
                    "disbursed"};
    app.report = report_description();
    app.make_case = [] { return std::make_unique<FabricaCase>(); };
    app.catalogues.push_back({"policies", "Instruments of industrial policy: kinds of [policy.NAME]", [] {
                                  std::vector<sim::cli::Entry> all;
                                  for (const auto& kind : instrument_catalogue())
                                      all.push_back({kind.name, "", kind.help});
                                  return all;
                              }});
    app.catalogues.push_back({"series", "Series that a run records", [] {
                                  std::vector<sim::cli::Entry> all;
                                  for (const auto& row : series_catalogue(true))
                                      all.push_back({row.series.name, row.series.unit, row.series.definition});
                                  return all;
                              }});
    return app;
}

} // namespace fabrica
