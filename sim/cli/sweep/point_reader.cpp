#include "sim/cli/sweep/point_reader.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "sim/base/sha256.hpp"
#include "sim/scenario/toml.hpp"
#include "sim/sweep/run_id.hpp"

namespace sim::cli {
namespace {

PointRuns read_point(const Application& application, const std::string& folder, const sweep::PlanScenario& scenario,
                     std::vector<std::string> settings, std::int64_t first_seed, std::int64_t replicates)
{
    PointRuns point;
    Errors errors;
    settings.push_back(fmt::format("run.seed={}", first_seed));
    const Prepared prepared = prepare_planned(application, folder, scenario, std::move(settings), errors);
    if (!errors.empty()) {
        point.errors = std::make_unique<Errors>(std::move(errors));
        return point;
    }
    Progress progress(Progress::Style::none);
    point.estimate = prepared.model->estimate({prepared.loaded, "", 1, 0, "tbb", "", false, progress});
    point.files = data_files(prepared.loaded);
    scenario::Node values = prepared.loaded.values; // replicates differ in the seed alone
    auto& run = *values.as<scenario::Node::Table>()->at("run").as<scenario::Node::Table>();
    for (std::int64_t r = 0; r < replicates; ++r) {
        run.at("seed").value = first_seed + r;
        point.ids.push_back(
            sweep::run_id(sha256(scenario::write_toml(values)), point.files, application.model_version));
    }
    return point;
}

} // namespace

void PlacedErrors::add(const Errors& found, const std::vector<PlacedSetting>& settings, const std::string& note)
{
    for (const Finding& finding : found.sorted()) {
        Position where = finding.where;
        std::string message = finding.message;
        const bool is_setting = where.source && where.source->name == "--set" && where.line > 0 &&
                                static_cast<std::size_t>(where.line) <= settings.size();
        if (is_setting) {
            const PlacedSetting& setting = settings[static_cast<std::size_t>(where.line - 1)];
            const bool is_key = where.column <= static_cast<int>(setting.text.find('='));
            const Position& place = is_key ? setting.place.key : setting.place.value;
            if (place.source) where = place;
        } else {
            message += note;
            if (where.source && where.line == 0 && base_.source) {
                message = fmt::format("{}: {}", where.source->name, message);
                where = base_;
            }
        }
        if (!told_.insert(where.text() + finding.message).second) continue;
        errors_.add_text(where, message).help(finding.help_text);
    }
}

std::vector<std::string> texts_of(const std::vector<PlacedSetting>& settings)
{
    std::vector<std::string> all;
    for (const PlacedSetting& setting : settings) all.push_back(setting.text);
    return all;
}

const scenario::Node* value_at(const scenario::Node& values, const std::string& key)
{
    const scenario::Node* at = &values;
    for (std::size_t begin = 0; at != nullptr && begin <= key.size();) {
        const std::size_t end = std::min(key.find('.', begin), key.size());
        const std::string part = key.substr(begin, end - begin);
        begin = end + 1;
        if (const auto* items = at->as<scenario::Node::Array>()) {
            const auto found = std::find_if(items->begin(), items->end(),
                                            [&](const scenario::Node& n) { return n.text_at("id") == part; });
            at = found == items->end() ? nullptr : &*found;
        } else {
            at = at->find(part);
        }
    }
    return at;
}

std::vector<scenario::FileRead> data_files(const scenario::Loaded& loaded)
{
    std::vector<scenario::FileRead> all;
    for (const scenario::FileRead& file : loaded.files)
        if (!file.name.ends_with(".toml")) all.push_back({file.name, "", file.sha256});
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

std::vector<PointRuns> read_points(const Application& application, const std::string& folder,
                                   const sweep::PlanScenario& scenario,
                                   const std::vector<std::vector<std::string>>& points, std::int64_t first_seed,
                                   std::int64_t replicates)
{
    std::vector<PointRuns> all(points.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < points.size(); i = next++)
            all[i] = read_point(application, folder, scenario, points[i], first_seed, replicates);
    };
    std::vector<std::thread> others;
    const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), points.size());
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    return all;
}

} // namespace sim::cli
