#include "sim/cli/sweep/make_plan.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "sim/cli/sweep/plan_parts.hpp"
#include "sim/cli/sweep/point_reader.hpp"
#include "sim/scenario/read_once.hpp"
#include "sim/scenario/toml.hpp"
#include "sim/sweep/design.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;
using scenario::Node;
using sweep::Axis;

constexpr std::size_t most_listed = 200; // values of an axis that are tried one by one before the points are

/// Makes the plan of one sweep file.
class SweepPlanner {
public:
    SweepPlanner(const Application& application, sweep::SweepFile& file, const PlanRequest& request, Errors& errors)
        : application_(application), file_(file), request_(request), errors_(errors),
          placed_(errors, file.places.where("sweep.base")), plan_(plan_for(application, request))
    {
    }

    sweep::Plan operator()(const std::string& path)
    {
        describe(path);
        if (!read_base(path)) return plan_;
        for (sweep::SweepFile::AxisGiven& given : file_.axes) check_axis(given.axis);
        if (!errors_.empty()) return plan_;
        check_design(file_, errors_);
        if (!errors_.empty()) return plan_;
        for (const auto& given : file_.axes) plan_.axes.push_back(given.axis);
        add_rows(points());
        return std::move(plan_);
    }

private:
    void describe(const std::string& path)
    {
        plan_.name = file_.name, plan_.design = file_.design;
        plan_.sweep_file = sweep::path_from(request_.folder, path), plan_.sweep_text = file_.text;
        plan_.design_seed = file_.seed, plan_.replicates = file_.replicates, plan_.first_seed = file_.first_seed;
        for (const auto& [key, value] : file_.settings)
            settings_.push_back({key + "=" + scenario::write_value(value), {value.key_where, value.where}});
        for (const std::string& text : request_.overrides) settings_.push_back({text, {}});
        for (const PlacedSetting& setting : settings_)
            if (setting.text.starts_with("run.seed="))
                errors_.add(setting.place.key, "run.seed is given to each replicate")
                    .help("write first_seed = N in [sweep]");
    }

    bool read_base(const std::string& path)
    {
        std::string base = file_.base;
        const Position where = file_.places.where("sweep.base");
        if (!is_shipped(application_, base)) {
            base = (fs::path(path).parent_path() / base).lexically_normal().string();
            std::error_code failed;
            if (!fs::is_regular_file(base, failed)) {
                errors_.add(where, "there is no base scenario {}", base)
                    .help(fmt::format("a path counts from the folder of the sweep file; shipped scenarios are {}:NAME",
                                      application_.name));
                return false;
            }
        }
        plan_.scenarios = {scenario_of(application_, request_, file_.base, base, texts_of(settings_))};
        Errors found;
        Prepared prepared = bind_keys(application_);
        const scenario::Loaded loaded = load(prepared.table, {}, found);
        placed_.add(found, settings_); // the axes are looked at all the same, so that their errors come too
        plan_.scenarios[0].sha256 = loaded.sha256, plan_.scenarios[0].files = data_files(loaded);
        return true;
    }

    /// The base with its settings and one more; only keys and values are looked at, not what the model says.
    scenario::Loaded load(const scenario::KeyTable& table, const std::vector<PlacedSetting>& more, Errors& found) const
    {
        const sweep::PlanScenario& s = plan_.scenarios[0];
        scenario::LoadOptions options;
        options.overrides = s.settings;
        for (const PlacedSetting& setting : more) options.overrides.push_back(setting.text);
        options.shipped = application_.shipped, options.scheme = application_.name;
        if (!s.root.empty()) options.root = sweep::path_in(request_.folder, s.root);
        const std::string path = is_shipped(application_, s.path) ? s.path : sweep::path_in(request_.folder, s.path);
        return scenario::load(path, options, table, found);
    }

    /// Tries the values of an axis on the base; the table of keys says what they are.
    void check_axis(Axis& axis)
    {
        std::vector<Node*> tried;
        if (axis.is_range()) tried = {&axis.from, &axis.to};
        for (std::size_t i = 0; i < std::min(axis.values.size(), most_listed); ++i) tried.push_back(&axis.values[i]);
        std::optional<sweep::AxisType> type;
        for (const Node* value : tried) {
            Errors found;
            const std::vector<PlacedSetting> more = {
                {axis.key + "=" + scenario::write_value(*value), {axis.where, value->where}}};
            Prepared prepared = bind_keys(application_);
            const scenario::Loaded loaded = load(prepared.table, more, found);
            std::vector<PlacedSetting> all = settings_;
            all.push_back(more[0]);
            placed_.add(found, all);
            if (!found.empty()) continue;
            type = type_of(prepared.table, loaded, axis);
            if (!type) return;
        }
        if (!type) return;
        axis.type = *type;
        const Prepared bound = bind_keys(application_);
        if (const scenario::Row* row = bound.table.find(axis.key)) axis.unit = row->unit;
        for (Node* value : {&axis.from, &axis.to}) become(*value, axis.type);
        for (Node& value : axis.values) become(value, axis.type);
    }

    std::optional<sweep::AxisType> type_of(const scenario::KeyTable& table, const scenario::Loaded& loaded,
                                           const Axis& axis)
    {
        const scenario::Row* row = table.find(axis.key);
        const bool is_file =
            row != nullptr && (row->type == scenario::Row::Type::file || row->type == scenario::Row::Type::folder);
        const Node* stored = value_at(loaded.values, axis.key);
        const auto type = stored == nullptr ? std::nullopt : sweep::axis_type(*stored);
        if (is_file)
            errors_.add(axis.where, "{} names a file, and cannot be an axis", axis.key)
                .help("write a scenario for each file, and run them with batch");
        else if (!type)
            errors_.add(axis.where, "{} is no single value, and cannot be an axis", axis.key);
        return is_file ? std::nullopt : type;
    }

    static void become(Node& value, sweep::AxisType type)
    {
        const auto* whole = value.as<std::int64_t>();
        if (type == sweep::AxisType::number && whole != nullptr) value.value = static_cast<double>(*whole);
    }

    /// The values of all points, by axis.
    [[nodiscard]] std::vector<std::vector<Node>> points() const
    {
        if (!file_.is_sampled()) return listed();
        const auto n = static_cast<std::size_t>(file_.points), d = plan_.axes.size();
        const auto seed = static_cast<std::uint32_t>(file_.seed);
        const sweep::Points cube = file_.design == "lhs"        ? sweep::latin_hypercube(n, d, seed)
                                   : file_.design == "sobol"    ? sweep::sobol(n, d)
                                   : file_.design == "saltelli" ? sweep::saltelli(n, d)
                                                                : sweep::morris(n, d, seed);
        std::vector<std::vector<Node>> all;
        for (const std::vector<double>& u : cube) {
            auto& point = all.emplace_back();
            for (std::size_t k = 0; k < d; ++k)
                point.push_back(file_.design == "morris" ? plan_.axes[k].at_level(u[k]) : plan_.axes[k].at(u[k]));
        }
        return all;
    }

    [[nodiscard]] std::vector<std::vector<Node>> listed() const
    {
        std::vector<std::vector<Node>> all;
        if (file_.design == "list") {
            for (std::size_t i = 0; i < plan_.axes[0].values.size(); ++i) {
                auto& point = all.emplace_back();
                for (const Axis& axis : plan_.axes) point.push_back(axis.values[i]);
            }
            return all;
        }
        std::vector<std::size_t> counts;
        for (const Axis& axis : plan_.axes) counts.push_back(axis.values.size());
        for (const auto& indices : sweep::full_factorial(counts)) {
            auto& point = all.emplace_back();
            for (std::size_t k = 0; k < indices.size(); ++k) point.push_back(plan_.axes[k].values[indices[k]]);
        }
        return all;
    }

    void add_rows(const std::vector<std::vector<Node>>& points)
    {
        plan_.points = static_cast<std::int64_t>(points.size());
        std::vector<std::vector<std::string>> cells, settings;
        for (const auto& point : points) {
            auto& row = cells.emplace_back();
            auto& setting = settings.emplace_back(texts_of(settings_));
            for (std::size_t k = 0; k < point.size(); ++k) {
                row.push_back(sweep::cell_text(point[k]));
                setting.push_back(sweep::setting(plan_.axes[k].key, plan_.axes[k].type, row.back()));
            }
        }
        const auto runs = read_points(application_, request_.folder, plan_.scenarios[0], settings, plan_.first_seed,
                                      plan_.replicates);
        for (std::size_t p = 0; p < runs.size(); ++p) add_point(static_cast<std::int64_t>(p), runs[p], cells[p]);
        if (!errors_.empty()) return;
        refuse_repeated();
        choose_outputs(settings.front());
    }

    void add_point(std::int64_t number, const PointRuns& runs, const std::vector<std::string>& cells)
    {
        if (runs.errors) {
            std::vector<PlacedSetting> all = settings_;
            for (std::size_t k = 0; k < cells.size(); ++k)
                all.push_back({plan_.axes[k].key + "=" + cells[k], {plan_.axes[k].where, plan_.axes[k].where}});
            std::string values;
            for (std::size_t k = 0; k < cells.size(); ++k)
                values += fmt::format("{}{} = {}", k == 0 ? "" : ", ", plan_.axes[k].key, cells[k]);
            placed_.add(*runs.errors, all, fmt::format(" (point {}: {})", number, values));
            return;
        }
        if (runs.files.size() != plan_.scenarios[0].files.size())
            errors_.add(file_.places.where("sweep.design"), "points read other data files than the base");
        note_estimate(plan_, runs.estimate);
        for (std::int64_t r = 0; r < plan_.replicates; ++r)
            plan_.rows.push_back({static_cast<std::int64_t>(plan_.rows.size()), runs.ids[static_cast<std::size_t>(r)],
                                  number, r, plan_.scenarios[0].name, plan_.first_seed + r, cells});
    }

    /// In a sampled design whole numbers may meet; in a listed one two equal points are a mistake.
    void refuse_repeated()
    {
        if (file_.is_sampled()) return;
        std::map<std::string, std::int64_t> seen;
        for (const sweep::PlanRow& row : plan_.rows) {
            const auto [first, is_new] = seen.emplace(row.id, row.point);
            if (!is_new)
                errors_
                    .add(file_.places.where("sweep.design"), "points {} and {} are the same run ({})", first->second,
                         row.point, row.id)
                    .help("leave one of them out");
        }
    }

    void choose_outputs(const std::vector<std::string>& settings)
    {
        Errors found;
        const Prepared prepared = prepare_planned(application_, request_.folder, plan_.scenarios[0], settings, found);
        const auto recorded = prepared.model->recorded();
        plan_.outputs = file_.outputs.empty() ? default_outputs(application_, recorded) : file_.outputs;
        check_outputs(plan_.outputs, recorded, file_.places.where("sweep.outputs"), errors_);
    }

    const Application& application_;
    sweep::SweepFile& file_;
    const PlanRequest& request_;
    Errors& errors_;
    PlacedErrors placed_;
    sweep::Plan plan_;
    std::vector<PlacedSetting> settings_;
};

} // namespace

sweep::Plan make_plan(const Application& application, sweep::SweepFile& file, const std::string& path,
                      const PlanRequest& request, Errors& errors)
{
    const scenario::ReadOnce all_points_see_the_same_data;
    return SweepPlanner(application, file, request, errors)(path);
}

} // namespace sim::cli
