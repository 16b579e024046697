#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/cli/progress.hpp"
#include "sim/report/description.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/run_settings.hpp"

namespace sim::cli {

/// A flat list of names and values in the order they are shown; one JSON object with `--json`.
using Value = std::variant<std::string, std::int64_t, double, bool>;
using Summary = std::vector<std::pair<std::string, Value>>;

/// What a run will take, before anything is allocated.
struct Estimate {
    double memory_bytes = 0.0;
    double output_bytes = 0.0;
    double seconds = 0.0; ///< on one core; 0 when unknown
    Summary details{};    ///< numbers behind it, such as agents and events
};

/// What a run is to write for a reader of timelines (Chrome, Perfetto), if anything.
struct TraceRequest {
    std::string file{}; ///< "" for none; can be written
    Date from{};        ///< first day
    int windows = 365;
};

/// How a run is to be done; none of it changes the results, save the panel, which adds data.
struct RunRequest {
    const scenario::Loaded& scenario;
    std::string out;     ///< result file; its folder exists and can be written. "": nothing is recorded
    int threads = 0;     ///< 0: all cores
    int block_size = 0;  ///< agents per block; 0: chosen by the engine
    std::string backend; ///< "tbb", "threads" or "serial"
    std::string panel;   ///< which agents to record, "" for none
    bool profile = false;
    Progress& progress; ///< to be told after each window; says when to stop
    TraceRequest trace{};

    /// Checkpoint to continue from, "" for a run from the first day. The scenario is that of the future; its past is the checkpoint's (the
    /// caller has made sure, see scenario::first_divergence).
    std::string resume{};
    /// Run up to the last barrier that knows nothing of this date, write `checkpoint_out` there, and finish without publishing a
    /// result (`out` is not touched). None: run to the end.
    std::optional<Date> stop_at{};
    std::string
        checkpoint_out{}; ///< where checkpoints go: that of `stop_at`, and those written on the way and when interrupted
    int checkpoint_every = 0; ///< months between those on the way; 0: none, and none when interrupted
};

/// How a run ended.
struct RunResult {
    enum class Status { finished, stopped /* by a guard or a broken identity */, interrupted };
    Status status = Status::finished;
    std::string reason{};        ///< of a stop
    bool has_checkpoint = false; ///< an interrupted run can be resumed
    std::string checkpoint{};    ///< the last one written, "" for none
    Summary summary{};
    Summary profile{}; ///< where the time went, for programs; with it `profile_table`, for people
    std::string profile_table{};
    std::vector<std::string> notes{}; ///< for people: policies that never fired, guards that came close
    std::string file{};               ///< that holds what was recorded, when it is not the one asked for
};

/// A series that a run records, and what its cells are called.
struct SeriesShape {
    struct Axis {
        std::string name;
        std::vector<std::string> labels{};
    };
    std::string name;
    std::string unit;
    std::vector<Axis> axes{}; ///< besides time
    bool is_flow = false;     ///< an amount of the period, so that periods can be summed
    bool is_ratio = false;    ///< without a unit and averaged over cells: percentage points make sense
    std::string module{};     ///< part of the model that owns it, for reports of what moved; "" for none
};

/// How long it took to write a state to the disk, and to go on from it.
struct SnapshotTimes {
    struct Spent {
        double seconds = 0;     ///< on the clock
        double cpu_seconds = 0; ///< of the processor, all threads
    };
    std::int64_t agents = 0;
    std::int64_t bytes = 0; ///< of the file
    Spent save{};           ///< all of it: written, forced to the disk, read again and checked
    Spent restore{};        ///< from the file to a state that can run
    std::uint64_t hash = 0; ///< of the state, before and after
};

/// A scenario made ready to run: the model's own configuration, with its keys bound to it.
class Case {
public:
    virtual ~Case() = default;

    /// Binds every key of the model, those of RunSettings too. Called once, first.
    virtual void bind(scenario::KeyTable& table) = 0;

    /// The run keys that `bind` bound.
    [[nodiscard]] virtual const scenario::RunSettings& settings() const = 0;

    /// Reads the data that the scenario names and checks everything that takes more than one key. Only called when each
    /// key is well-formed. May note what is worth knowing, such as a policy outside the run.
    virtual void check(const scenario::Loaded& loaded, Errors& errors, std::vector<std::string>& notes) = 0;

    [[nodiscard]] virtual Estimate estimate(const RunRequest& request) const = 0;

    /// What a run will record, so that names can be checked before it. Only called when the scenario is valid.
    [[nodiscard]] virtual std::vector<SeriesShape> recorded() const { return {}; }

    /// Whether `run` follows the request's `stop_at` and `resume`.
    [[nodiscard]] virtual bool can_resume() const { return false; }

    /// The result carries the attributes `scenario_sha256` and `model_version`, by which a later command knows it again. Several
    /// cases may run at the same time in threads of their own.
    /// @throws IoError when a file cannot be written; any other exception is a failure of the run
    virtual RunResult run(const RunRequest& request) = 0;

    /// Saves the state after so many windows from the first day to `checkpoint_out` of the request, and restores it in its place; the file
    /// is gone afterwards. Nothing for a model that keeps no states. Throws like `run`, and when the state that comes back is another one.
    virtual std::optional<SnapshotTimes> time_snapshot(const RunRequest& /*request*/, Window /*windows*/)
    {
        return std::nullopt;
    }
};

/// Something that `list` can show: name, unit (or kind), meaning.
struct Entry {
    std::string name;
    std::string unit;
    std::string meaning;
};
struct Catalogue {
    std::string name; ///< word after `list`: "series", "policies"
    std::string help;
    std::function<std::vector<Entry>()> entries;
};

/// What a model gives the command line.
struct Application {
    std::string name;          ///< of the program, and scheme of its shipped scenarios
    std::string summary;       ///< one line
    std::string version;       ///< of the program
    std::string model_version; ///< digest of what determines results; part of the id of a run
    std::string shipped;       ///< folder of the shipped scenarios, see find_shipped(); "" for none
    std::string
        work; ///< unit of work, such as "firm_month": a run's summary has `WORKs_per_second`, for `bench`; "" for none
    std::string
        money; ///< series of the money that policies pay out, which `effect --equal-budget` makes equal; "" for none
    std::vector<std::string>
        headline{};               ///< series shown and gathered first; those of them that a run records. None: all
    std::string starter_base;     ///< scenario that `new` extends unless told otherwise, such as "fabrica:china"
    report::Description report{}; ///< what a report shows first, and how; empty: every series as it is
    std::function<std::unique_ptr<Case>()> make_case;
    std::vector<Catalogue> catalogues{}; ///< besides `scenarios` and `parameters`, which come by themselves
};

/// The command line: parses, runs the verb, returns the exit code (see exit_codes.hpp). Never throws.
int main(int argc, char** argv, const Application& application);

/// Folder of the shipped scenarios: `../share/PROGRAM/scenarios` beside the executable when installed, else the folder
/// known when the program was built, else "".
std::string find_shipped(const std::string& program, const std::string& built_in);

} // namespace sim::cli
