#include <algorithm>
#include <map>

#include "sim/cli/sweep/plan_parts.hpp"
#include "sim/cli/sweep/point_reader.hpp"
#include "sim/scenario/read_once.hpp"

namespace sim::cli {
namespace {

/// Series that all scenarios of a batch record over the same cells, so that they fit into one file.
class CommonOutputs {
public:
    explicit CommonOutputs(const std::vector<std::string>& asked) : asked_(asked) {}

    void add(const Application& application, const std::vector<SeriesShape>& recorded, const Position& where,
             Errors& errors)
    {
        const auto names = asked_.empty() ? default_outputs(application, recorded) : asked_;
        const std::size_t before = errors.count();
        check_outputs(names, recorded, where, errors);
        if (errors.count() != before) return;
        std::map<std::string, std::string> cells;
        for (const SeriesShape& shape : recorded)
            if (std::count(names.begin(), names.end(), shape.name) > 0) cells[shape.name] = cells_of(shape);
        if (!is_first_) keep_common(cells, where, errors);
        if (is_first_) common_ = cells, order_ = names;
        is_first_ = false;
    }

    [[nodiscard]] std::vector<std::string> names() const
    {
        std::vector<std::string> all;
        for (const std::string& name : order_)
            if (common_.count(name) > 0) all.push_back(name);
        return all;
    }

private:
    static std::string cells_of(const SeriesShape& shape)
    {
        std::string text;
        for (const auto& axis : shape.axes) {
            text += axis.name + ":";
            for (const std::string& label : axis.labels) text += label + ",";
        }
        return text;
    }

    void keep_common(const std::map<std::string, std::string>& cells, const Position& where, Errors& errors)
    {
        for (auto at = common_.begin(); at != common_.end();) {
            const auto mine = cells.find(at->first);
            const bool is_same = mine != cells.end() && mine->second == at->second;
            if (!is_same && !asked_.empty())
                errors.add(where, "the series {} has other cells here than in the first scenario", at->first)
                    .help("gather such scenarios apart, or leave the series out of --outputs");
            at = is_same ? std::next(at) : common_.erase(at);
        }
    }

    const std::vector<std::string>& asked_;
    std::map<std::string, std::string> common_; // name -> its cells
    std::vector<std::string> order_;
    bool is_first_ = true;
};

} // namespace

sweep::Plan make_batch(const Application& application, const BatchRequest& batch, const PlanRequest& request,
                       Errors& errors)
{
    const scenario::ReadOnce all_runs_see_the_same_data;
    sweep::Plan plan = plan_for(application, request);
    plan.name = batch.name, plan.design = "batch";
    plan.replicates = batch.replicates, plan.first_seed = batch.first_seed;
    plan.points = static_cast<std::int64_t>(batch.scenarios.size());
    CommonOutputs outputs(batch.outputs);
    for (std::size_t p = 0; p < batch.scenarios.size(); ++p) {
        sweep::PlanScenario s =
            scenario_of(application, request, batch.scenarios[p], batch.scenarios[p], request.overrides);
        Errors found;
        const Prepared prepared = prepare_planned(application, request.folder, s, s.settings, found);
        PlacedErrors(errors).add(found, {});
        if (!found.empty()) continue;
        s.sha256 = prepared.loaded.sha256, s.files = data_files(prepared.loaded);
        const auto recorded = prepared.model->recorded();
        outputs.add(application, recorded, prepared.loaded.whole, errors);
        const auto runs = read_points(application, request.folder, s, {s.settings}, batch.first_seed, batch.replicates);
        note_estimate(plan, runs[0].estimate);
        for (std::int64_t r = 0; r < batch.replicates; ++r)
            plan.rows.push_back({static_cast<std::int64_t>(plan.rows.size()),
                                 runs[0].ids[static_cast<std::size_t>(r)],
                                 static_cast<std::int64_t>(p),
                                 r,
                                 s.name,
                                 batch.first_seed + r,
                                 {}});
        plan.scenarios.push_back(std::move(s));
    }
    plan.outputs = outputs.names();
    return plan;
}

} // namespace sim::cli
