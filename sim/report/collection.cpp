#include "sim/report/collection.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/errors.hpp"

namespace sim::report {
namespace {

constexpr std::size_t most_groups = 8; // that a chart can tell apart

/// A resolved scenario without the line of its seed.
std::string without_seed(const std::string& toml)
{
    const std::size_t run = toml.find("[run]\n");
    const std::size_t seed = run == std::string::npos ? run : toml.find("\nseed = ", run);
    if (seed == std::string::npos) return toml;
    return toml.substr(0, seed) + toml.substr(toml.find('\n', seed + 1));
}

std::string stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

class Collector {
public:
    Collection operator()(const std::vector<std::string>& paths, const std::string& by)
    {
        for (const std::string& path : paths) all_.files.emplace_back(path);
        check_files();
        all_.years = years_of(all_.periods());
        if (all_.files[0].is_ensemble())
            group_ensemble(by);
        else
            group_results(by);
        make_names_unique();
        return std::move(all_);
    }

private:
    void check_files() const
    {
        const RunFile& first = all_.files[0];
        for (const RunFile& file : all_.files) {
            if (file.is_ensemble() && all_.files.size() > 1)
                throw Mismatch(fmt::format("{} is an ensemble, and an ensemble has a page of its own", file.path()));
            if (file.periods() != first.periods())
                throw Mismatch(fmt::format("{} has {} periods from {} to {}, and {} has {} from {} to {}: on one page "
                                           "they must be the same; give all runs the same run.start and run.end",
                                           file.path(), file.periods().size(), file.periods()[0].from,
                                           file.periods().back().to, first.path(), first.periods().size(),
                                           first.periods()[0].from, first.periods().back().to));
        }
    }

    void group_results(const std::string& by)
    {
        if (!by.empty()) throw Mismatch("--by groups the runs of an ensemble, and these are results of single runs");
        std::map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < all_.files.size(); ++i) {
            const RunFile& file = all_.files[i];
            Run run = file.runs()[0];
            run.file = i;
            const std::string toml = file.text("/", "scenario_toml");
            const std::string key = toml.empty() ? file.path() : without_seed(toml) + file.text("/", "model_version");
            const auto [at, is_new] = known.try_emplace(key, all_.groups.size());
            if (is_new) {
                const std::string title = file.text("/", "title");
                const std::string name = run.scenario.empty() ? stem(file.path()) : run.scenario;
                all_.groups.push_back({name, title.empty() ? name : title, {}});
            }
            all_.groups[at->second].runs.push_back(std::move(run));
        }
    }

    void group_ensemble(const std::string& by)
    {
        const auto keys = group_keys();
        if (!by.empty() && by != "none" && std::find(keys.begin(), keys.end(), by) == keys.end())
            throw Mismatch(fmt::format("--by {}: the ensemble has no such axis. {}", by, suggestion(by, keys, "Axes")));
        all_.grouped_by = by == "none" ? "" : by;
        for (const std::string& key : keys)
            if (by.empty() && all_.grouped_by.empty() && is_good_for_groups(key)) all_.grouped_by = key;
        const std::string& chosen = all_.grouped_by;
        if (!chosen.empty() && values_of(chosen).size() > most_groups)
            throw Mismatch(fmt::format("--by {} makes {} groups, and a chart shows at most {}", chosen,
                                       values_of(chosen).size(), most_groups));
        for (const Run& run : all_.files[0].runs()) {
            const std::string value = chosen.empty() ? "all runs" : value_of(run, chosen);
            auto at =
                std::find_if(all_.groups.begin(), all_.groups.end(), [&](const Group& g) { return g.title == value; });
            if (at == all_.groups.end()) at = all_.groups.insert(all_.groups.end(), {short_name(value), value, {}});
            at->runs.push_back(run);
        }
    }

    [[nodiscard]] std::string short_name(const std::string& value) const
    {
        if (all_.grouped_by == "scenario") return stem(value.substr(value.rfind(':') + 1));
        return all_.grouped_by.empty() ? value : all_.grouped_by + " = " + value;
    }

    [[nodiscard]] std::vector<std::string> group_keys() const
    {
        std::vector<std::string> keys{"scenario"};
        for (const auto& [key, value] : all_.files[0].runs()[0].params)
            if (key != "scenario") keys.push_back(key);
        return keys;
    }

    static std::string value_of(const Run& run, const std::string& key)
    {
        if (key == "scenario") return run.scenario;
        return std::find_if(run.params.begin(), run.params.end(), [&](const auto& p) { return p.first == key; })
            ->second;
    }

    [[nodiscard]] std::set<std::string> values_of(const std::string& key) const
    {
        std::set<std::string> values;
        for (const Run& run : all_.files[0].runs()) values.insert(value_of(run, key));
        return values;
    }

    [[nodiscard]] bool is_good_for_groups(const std::string& key) const
    {
        const std::size_t values = values_of(key).size();
        return 2 <= values && values <= most_groups;
    }

    void make_names_unique()
    {
        std::map<std::string, int> count;
        for (const Group& group : all_.groups) ++count[group.name];
        for (Group& group : all_.groups)
            if (count[group.name] > 1 && !all_.files[0].is_ensemble()) group.name = stem(all_.file(group).path());
        std::set<std::string> taken;
        for (Group& group : all_.groups) {
            const std::string name = group.name;
            for (int i = 2; !taken.insert(group.name).second; ++i) group.name = fmt::format("{} ({})", name, i);
        }
    }

    Collection all_;
};

} // namespace

std::size_t Collection::runs() const
{
    std::size_t count = 0;
    for (const Group& group : groups) count += group.runs.size();
    return count;
}

Collection collect(const std::vector<std::string>& paths, const std::string& by) { return Collector()(paths, by); }

} // namespace sim::report
