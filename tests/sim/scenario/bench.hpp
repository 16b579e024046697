#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "sim/scenario/load.hpp"
#include "sim/scenario/run_settings.hpp"

namespace sim::scenario::test {

/// A folder of scenario files that is removed at the end of a test.
class Folder {
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "scenario_XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string write(const std::string& name, const std::string& text) const
    {
        const std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file.string();
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct Storm {
    std::string id;
    double size = 0.0;
    std::optional<Date> until;
};

struct Tool {
    std::string id;
    std::string kind;
    double length = 0.0;
    double weight = 0.0;
};

/// A small table with a key of every type.
struct Garden {
    RunSettings run;
    double area = 0.0;
    std::optional<double> slope;
    std::int64_t trees = 0;
    bool fence = false;
    std::string soil, note, map, plans;
    Date planted;
    std::optional<Date> sold;
    std::vector<double> beds;
    std::vector<std::string> herbs;
    Dated water;
    std::vector<Storm> storms;
    std::vector<Tool> tools;
    KeyTable table;

    Garden()
    {
        bind_run_settings(table, run);
        table.number(area, "garden.area", 100.0, Range::above(0.0), "m2", "Area.", "land register");
        table.number(slope, "garden.slope", Range::share(), "1", "Slope, when it is not flat.");
        table.integer(trees, "garden.trees", 4, Range::at_least(0.0), "1", "Trees.");
        table.flag(fence, "garden.fence", true, "Has a fence.");
        table.choice(soil, "garden.soil", "loam", {"loam", "clay", "sand"}, "Soil.");
        table.text(note, "garden.note", "", "Anything.");
        table.file(map, "garden.map", "", "A map.");
        table.folder(plans, "garden.plans", "", "Plans.");
        table.date(planted, "garden.planted", {2015, 3, 1}, "First day.");
        table.date(sold, "garden.sold", "Day it was sold.");
        table.numbers(beds, "garden.beds", {1.0, 2.0}, Range::at_least(0.0), "m2", "Beds.");
        table.names(herbs, "garden.herbs", {"mint"}, "Herbs.", {"mint", "sage", "thyme"});
        table.series(water, "garden.water", "litres", 10.0, Range::at_least(0.0), "l/day", "Water.");
        table.list<Storm>(storms, "storm", "A storm.", [](KeyTable& t, Storm& storm) {
            t.number(storm.size, "size", 1.0, Range::any(), "1", "Size.");
            t.date(storm.until, "until", "Last day.");
        });
        table.named<Tool>(tools, "tool", "A tool.",
                          [](KeyTable& t, Tool& tool) {
                              t.number(tool.weight, "weight", 1.0, Range::above(0.0), "kg", "Weight.");
                              if (tool.kind == "spade")
                                  t.number(tool.length, "length", 1.2, Range::above(0.0), "m", "Length.");
                          },
                          {"spade", "can"});
    }

    Loaded load(const std::string& file, std::vector<std::string> overrides = {})
    {
        LoadOptions options;
        options.overrides = std::move(overrides);
        return scenario::load(file, options, table, errors);
    }

    Errors errors;
};

} // namespace sim::scenario::test
